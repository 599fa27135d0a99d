#pragma once
// The first configuration, from a few answers, and the lines that others need: the DNS zone and the mail
// server that hands letters in, or the provider of a mailbox. Pure.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertius::daemon {

struct FirstAnswers {
  std::string community, domain, public_url, operator_address;
  std::string relay_host{"127.0.0.1"}, relay_security{"none"};  // as smtp.security
  int relay_port = 25;
  std::string relay_user, relay_password_file;
  std::string storage_url, link_key_file;  // empty: the standard
};

// A TOML file that read_config() takes, or not: what it says then is told in its words.
std::string first_config(const FirstAnswers& answers);

// Lines of a zone file, where the relay is this machine or another's.
std::vector<std::string> dns_lines(const FirstAnswers& answers);

struct MailServer {
  std::string_view name;   // "postfix"
  std::string_view lines;  // {DOMAIN}, {MAILBOX}, {HOST} and {PORT} stand for what they say
};
std::span<const MailServer> mail_servers();
std::string mail_server_lines(const MailServer& server, const FirstAnswers& answers);

}  // namespace tertius::daemon
