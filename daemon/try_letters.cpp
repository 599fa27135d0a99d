#include "daemon/try_letters.hpp"

#include <sodium.h>

#include <sstream>

#include "mail/compose.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

std::string fresh_message_id(const std::string& domain) {
  return std::to_string(randombytes_random()) + std::to_string(randombytes_random()) + "@" + domain;
}

std::string quoted(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out += (line.empty() ? ">" : "> " + line) + "\n";
  return out;
}

std::vector<Mailbox> mailboxes(const std::string& list) {
  std::vector<Mailbox> out;
  std::istringstream parts(list);
  for (std::string part; std::getline(parts, part, ',');) {
    part.erase(0, part.find_first_not_of(' '));
    if (!part.empty()) out.push_back({"", part});
  }
  return out;
}

}  // namespace

SampleRequest sample_request(storage::Database& db, const SampleCommunity& community, const Person& writer) {
  const Person target = storage::find_person_by_address(db, community.target).value();
  const Person connector = storage::find_person_by_address(db, community.connector).value();
  if (writer.address != community.requester) return {};
  return {text(community.connector), target.name + ", " + target.organisation,
          "Hi " + first_name(connector) +
              ",\n\n"
              "we spoke about bookkeeping for small shops at your office in spring. I would like to ask " +
              first_name(target) +
              " about partnerships, and you two have worked together. No hard feelings at all if the moment "
              "is wrong.\n\n"
              "Thank you, " +
              first_name(writer) +
              "\n\n---\n\n"
              "Hello " +
              first_name(target) +
              ",\n\n"
              "I am " +
              writer.name + ", founder of " + writer.organisation +
              "; we do the books for 400 small shops. You run partnerships at " + target.organisation +
              ", and your programme for shop software is the one our customers ask us about, because most of "
              "them send their offers with you. "
              "I could show you what those shops struggle with, with numbers, which may be of use to you.\n\n"
              "Could we talk for 20 minutes on the phone in the next two weeks about what makes a good "
              "partner for you?\n\n"
              "Thank you, " +
              first_name(writer) + "\n"};
}

std::string new_letter(const web::Form& form, const Person& writer, const Links& links, Time now) {
  mail::Composition letter;
  letter.from = {writer.name, text(*writer.address)};
  letter.to = {{"", ask_address(links)}};
  letter.cc = mailboxes(web::field(form, "cc"));
  letter.subject = web::field(form, "subject");
  letter.message_id = fresh_message_id(writer.address->domain);
  letter.date = now;
  letter.text = web::field(form, "text");
  return mail::compose(letter);
}

std::string reply_letter(const SandboxMail& mail, const std::string& words, Time now) {
  const Mailbox from = mail.letter.from.empty() ? Mailbox{} : mail.letter.from.front();
  mail::Composition letter;
  const auto address = parse_address(mail.recipient);
  letter.from = {mail.letter.to.size() == 1 ? mail.letter.to.front().name : "", mail.recipient};
  letter.to = mail.letter.reply_to;
  letter.subject = "Re: " + mail.letter.subject;
  letter.message_id = fresh_message_id(address ? address.value().domain : "try.example");
  letter.references = mail.letter.references;
  letter.references.push_back(mail.letter.message_id);
  letter.date = now;
  letter.text = words + "\n\nOn " + date_text(mail.at) + ", " + from.name + " <" + from.address +
                "> wrote:\n" + quoted(mail.letter.text);
  return mail::compose(letter);
}

}  // namespace tertius::daemon
