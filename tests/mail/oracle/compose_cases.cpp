// Compositions as JSON, one a line, on the standard input -> the mails, each behind a line with its length.
#include <boost/json.hpp>

#include <iostream>
#include <stdexcept>

#include "mail/compose.hpp"

namespace tertius::mail {
namespace {

namespace json = boost::json;

std::string text(const json::object& composition, const char* name) {
  return std::string(composition.at(name).as_string());
}

Mailbox mailbox(const json::value& pair) {
  return {std::string(pair.at(0).as_string()), std::string(pair.at(1).as_string())};
}

std::vector<Mailbox> mailboxes(const json::object& composition, const char* name) {
  std::vector<Mailbox> out;
  for (const auto& pair : composition.at(name).as_array()) out.push_back(mailbox(pair));
  return out;
}

AutoSubmitted auto_submitted(const std::string& name) {
  if (name == "none") return AutoSubmitted::none;
  if (name == "auto-generated") return AutoSubmitted::generated;
  if (name == "auto-replied") return AutoSubmitted::replied;
  throw std::invalid_argument(name);
}

Composition composition(const json::object& from) {
  Composition out;
  out.from = mailbox(from.at("from"));
  out.to = mailboxes(from, "to");
  out.cc = mailboxes(from, "cc");
  out.reply_to = mailboxes(from, "reply_to");
  out.subject = text(from, "subject");
  out.message_id = text(from, "message_id");
  for (const auto& reference : from.at("references").as_array())
    out.references.emplace_back(reference.as_string());
  out.date = from_unix_seconds(from.at("date").as_int64());
  out.text = text(from, "text");
  out.html = text(from, "html");
  out.auto_submitted = auto_submitted(text(from, "auto_submitted"));
  out.suppress_auto_replies = from.at("suppress_auto_replies").as_bool();
  out.unsubscribe_url = text(from, "unsubscribe_url");
  out.unsubscribe_mail = text(from, "unsubscribe_mail");
  out.loop_domain = text(from, "loop_domain");
  out.language = text(from, "language");
  return out;
}

}  // namespace
}  // namespace tertius::mail

int main() {
  boost::json::parse_options options;
  options.allow_invalid_utf8 = true;  // names come from strangers
  for (std::string line; std::getline(std::cin, line);) {
    const auto value = boost::json::parse(line, {}, options);
    const auto mail = tertius::mail::compose(tertius::mail::composition(value.as_object()));
    std::cout << mail.size() << '\n' << mail;
  }
}
