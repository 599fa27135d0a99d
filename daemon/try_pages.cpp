#include "daemon/try_pages.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "daemon/desk.hpp"
#include "daemon/try_letters.hpp"
#include "storage/introductions.hpp"
#include "storage/people.hpp"
#include "web/parts.hpp"

namespace tertius::daemon {

namespace {

using web::row;

std::optional<int> number_in(const std::vector<std::string>& parts, std::size_t at) {
  if (parts.size() <= at) return std::nullopt;
  int out = 0;
  const auto [end, error] = std::from_chars(parts[at].data(), parts[at].data() + parts[at].size(), out);
  if (error != std::errc{} || end != parts[at].data() + parts[at].size()) return std::nullopt;
  return out;
}

std::string mailbox_path(const std::string& address) { return "/try/mailbox/" + address; }

// The sandbox shows the mails' own inline styles, and only there.
web::HttpResponse with_inline_styles(web::HttpResponse response) {
  for (auto& [name, value] : response.headers) {
    if (name == "Content-Security-Policy")
      value =
          "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; "
          "frame-ancestors 'self'; base-uri 'none'";
  }
  return response;
}

// Everybody who has mail, then those who may write first.
std::vector<Person> shown_people(storage::Database& db, const Sandbox& sandbox) {
  std::vector<Person> out;
  for (const auto& mail : sandbox.mails()) {
    const auto address = parse_address(mail.recipient);
    if (!address) continue;
    const auto person = storage::find_person_by_address(db, address.value());
    const auto same = [&](const Person& p) { return person && p.id == person->id; };
    if (person && std::none_of(out.begin(), out.end(), same)) out.push_back(*person);
  }
  for (const Person& member : storage::list_members(db)) {
    if (std::none_of(out.begin(), out.end(), [&](const Person& p) { return p.id == member.id; }))
      out.push_back(member);
  }
  return out;
}

web::HttpResponse home(const web::Call& call, TryRoom& room) {
  const auto& [requester, connector, target] = room.community;
  const auto name_of = [&](const Address& address) {
    return storage::find_person_by_address(call.desk.db, address).value_or(Person{}).name;
  };
  Fields fields = row({{"ASK_URL", call.desk.links.public_url + "/ask"},
                       {"REQUESTER", name_of(requester)},
                       {"REQUESTER_URL", mailbox_path(text(requester))},
                       {"CONNECTOR", name_of(connector)},
                       {"CONNECTOR_URL", mailbox_path(text(connector))},
                       {"TARGET", name_of(target)},
                       {"TARGET_URL", mailbox_path(text(target))},
                       {"NOW", web::when(call.desk.now)},
                       {"CLOCK_URL", "/try/clock"}});
  for (const Person& person : shown_people(call.desk.db, room.sandbox)) {
    const auto mails = room.sandbox.mails_to(text(*person.address));
    const auto unread =
        std::count_if(mails.begin(), mails.end(), [](const SandboxMail& m) { return m.unread; });
    Fields entry = row(
        {{"NAME", person.name},
         {"LABEL", person.title.empty() ? person.organisation : person.title + ", " + person.organisation},
         {"URL", mailbox_path(text(*person.address))},
         {"UNREAD", unread ? std::to_string(unread) : ""}});
    fields.sections["PERSONS"].push_back(std::move(entry));
  }
  for (const auto& introduction : storage::recent_introductions(call.desk.db, 50)) {
    const Cast cast = call.desk.cast(introduction);
    const auto state = web::state_words(introduction.state);
    const std::string held = introduction.held ? ", answer held" : "";
    fields.sections["INTRODUCTIONS"].push_back(
        row({{"LABEL", cast.requester.name + " to " + cast.target.name},
             {"STATE", state.text + held},
             {"STATE_KIND", state.kind},
             {"URL", token_url(call.desk.links, "show",
                               {number(introduction.id), Role::requester, TokenUse::show, 0})}}));
  }
  return web::page(call, "try_home", "Try Tertius", std::move(fields));
}

std::string first_line(const std::string& text) {
  constexpr std::size_t enough = 90;
  const std::string line = text.substr(0, text.find('\n'));
  return line.size() <= enough ? line : line.substr(0, line.rfind(' ', enough)) + " ...";
}

std::string listed(const std::vector<Mailbox>& mailboxes) {
  std::string out;
  for (const auto& mailbox : mailboxes) {
    out += (out.empty() ? "" : ", ") +
           (mailbox.name.empty() ? mailbox.address : mailbox.name + " <" + mailbox.address + ">");
  }
  return out;
}

web::HttpResponse mailbox(const web::Call& call, TryRoom& room, const Person& person) {
  const std::string address = text(*person.address);
  Fields fields = row({{"NAME", person.name}, {"ADDRESS", address}, {"HOME_URL", "/try"}});
  auto mails = room.sandbox.mails_to(address);
  std::reverse(mails.begin(), mails.end());
  for (const auto& mail : mails) {
    Fields entry = row({{"FROM", mail.letter.from.empty() ? "" : mail.letter.from.front().name},
                        {"SUBJECT", mail.letter.subject},
                        {"WHEN", web::when(mail.at)},
                        {"SNIPPET", first_line(mail.letter.text)},
                        {"URL", "/try/mail/" + std::to_string(mail.number)}});
    if (mail.unread) entry.sections["UNREAD"] = {Fields{}};
    fields.sections["MAILS"].push_back(std::move(entry));
  }
  if (person.member) {
    const SampleRequest sample = sample_request(call.desk.db, room.community, person);
    fields.sections["WRITE"] = {row({{"ACTION_URL", mailbox_path(address)},
                                     {"MAIL_TO", ask_address(call.desk.links)},
                                     {"MAIL_CC", sample.cc},
                                     {"MAIL_SUBJECT", sample.subject},
                                     {"MAIL_TEXT", sample.text}})};
  }
  return web::page(call, "try_mailbox", person.name + "'s mailbox", std::move(fields));
}

web::HttpResponse mail_page(const web::Call& call, TryRoom& room, const SandboxMail& mail) {
  const auto address = parse_address(mail.recipient);
  const auto person = address ? storage::find_person_by_address(call.desk.db, address.value()) : std::nullopt;
  Fields fields = row({{"NAME", person ? person->name : mail.recipient},
                       {"MAILBOX_URL", mailbox_path(mail.recipient)},
                       {"FROM", listed(mail.letter.from)},
                       {"TO", listed(mail.letter.to)},
                       {"CC", listed(mail.letter.cc)},
                       {"SUBJECT", mail.letter.subject},
                       {"WHEN", web::when(mail.at)},
                       {"TEXT", mail.letter.text},
                       {"HTML", mail.letter.html},
                       {"SOURCE", mail.raw}});
  fields.sections["REPLY"] = {row({{"ACTION_URL", "/try/mail/" + std::to_string(mail.number)},
                                   {"REPLY_TO", listed(mail.letter.reply_to)}})};
  room.sandbox.mark_read(mail.number);
  return with_inline_styles(web::page(call, "try_mail", mail.letter.subject, std::move(fields)));
}

web::HttpResponse move_clock(const web::Call& call, TryRoom& room) {
  constexpr auto steps = std::to_array<std::pair<std::string_view, std::chrono::seconds>>(
      {{"hour", std::chrono::hours{1}}, {"day", days{1}}, {"week", days{7}}});
  for (const auto& [name, length] : steps) {
    if (web::field(call.form, "advance") == name) room.sandbox.advance(length);
  }
  return web::see_other("/try");
}

TryAnswer answer_mailbox(const web::Call& call, TryRoom& room) {
  const auto address = parse_address(call.parts.size() > 2 ? call.parts[2] : "");
  const auto person = address ? storage::find_person_by_address(call.desk.db, address.value()) : std::nullopt;
  if (!person || !person->address)
    return web::message(call, 404, "Nobody here", "There is no such mailbox.", "");
  if (call.request.method != "POST") return mailbox(call, room, *person);
  return TryLetter{text(*person->address), ask_address(call.desk.links),
                   new_letter(call.form, *person, call.desk.links, call.desk.now),
                   mailbox_path(text(*person->address))};
}

TryAnswer answer_mail(const web::Call& call, TryRoom& room) {
  const auto number = number_in(call.parts, 2);
  const auto mail = number ? room.sandbox.find_mail(*number) : std::nullopt;
  if (!mail) return web::message(call, 404, "No such mail", "There is no mail of that number.", "");
  if (call.request.method != "POST") return mail_page(call, room, *mail);
  if (mail->letter.reply_to.empty())
    return web::message(call, 409, "Nobody to answer", "This mail names nobody to answer.", "");
  return TryLetter{mail->recipient, mail->letter.reply_to.front().address,
                   reply_letter(*mail, web::field(call.form, "text"), call.desk.now),
                   mailbox_path(mail->recipient)};
}

}  // namespace

TryAnswer answer_try(Engine& engine, TryRoom& room, const web::HttpRequest& request) {
  web::Desk desk = make_desk(engine, true);
  const bool post = request.method == "POST";
  const web::Call call{request, web::path_parts(request.path),
                       web::read_form(post ? request.body : request.query), desk};
  if (post && !web::is_same_origin(request, desk.links.public_url))
    return web::unfit(call, web::Unfit::foreign);
  const std::string what = call.parts.size() > 1 ? call.parts[1] : "";
  if (what.empty()) return home(call, room);
  if (what == "mailbox") return answer_mailbox(call, room);
  if (what == "mail") return answer_mail(call, room);
  if (what == "clock" && post) return move_clock(call, room);
  return web::message(call, 404, "There is no such page", "Perhaps the address was cut off.", "");
}

}  // namespace tertius::daemon
