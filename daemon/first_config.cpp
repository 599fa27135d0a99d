#include "daemon/first_config.hpp"

#include <array>

namespace tertius::daemon {

namespace {

constexpr std::string_view lmtp_host = "127.0.0.1", lmtp_port = "8024";

// All keep what stands behind the "+": our addresses are intro+<token>@ and b+<token>@.
constexpr auto servers = std::to_array<MailServer>({
    {"postfix", R"(# /etc/postfix/main.cf
relay_domains = {DOMAIN}
transport_maps = hash:/etc/postfix/transport
# /etc/postfix/transport, then: postmap /etc/postfix/transport && postfix reload
{DOMAIN}    lmtp:inet:{HOST}:{PORT}
)"},
    {"exim", R"(# the main section: add {DOMAIN} to relay_to_domains
# before the other routers
tertius:
  driver = manualroute
  domains = {DOMAIN}
  route_list = * {HOST} byname
  self = send
  transport = tertius_lmtp
# among the transports
tertius_lmtp:
  driver = smtp
  protocol = lmtp
  port = {PORT}
  allow_localhost
)"},
    {"opensmtpd",
     R"(# /etc/smtpd.conf, before the other matches, then: smtpd -n && systemctl restart opensmtpd
action "tertius" relay host "lmtp://{HOST}:{PORT}"
match from any for domain "{DOMAIN}" action "tertius"
)"},
    // For whom a mailbox is all there is: the other part of tertius.toml.
    {"gmail",
     R"(# Google Workspace: the mailbox {MAILBOX}@{DOMAIN} with the alias b@{DOMAIN}, IMAP switched on. In the admin console,
# Gmail, Routing, SMTP relay service: allow it for this mailbox (smtp.gmail.com would replace the sender that bounces go to).
[smtp]
host = "smtp-relay.gmail.com"
port = 587
security = "starttls"
user = "{MAILBOX}@{DOMAIN}"
password_file = "smtp-password"      # an app password, in /etc/credstore/tertius.smtp-password
[imap]
url = "imaps://imap.gmail.com/INBOX"
user = "{MAILBOX}@{DOMAIN}"
password_file = "imap-password"      # the same, in /etc/credstore/tertius.imap-password
# Or without passwords, for both: leave the two password_file out, and
# [oauth]
# token_url = "https://oauth2.googleapis.com/token"
# client_id = "<yours>.apps.googleusercontent.com"
# client_secret_file = "oauth-client-secret"
# refresh_token_file = "/var/lib/tertius/refresh-token"   # of the scope https://mail.google.com/
)"},
    {"microsoft365",
     R"(# The mailbox {MAILBOX}@{DOMAIN} with the alias b@{DOMAIN}; in PowerShell, once:
#   Set-OrganizationConfig -SendFromAliasEnabled $true
#   Set-CASMailbox {MAILBOX}@{DOMAIN} -ImapEnabled $true -SmtpClientAuthenticationDisabled $false
# An application of yours in Entra ID with IMAP.AccessAsApp and SMTP.SendAsApp, and the right to this mailbox.
[smtp]
host = "smtp.office365.com"
port = 587
security = "starttls"
user = "{MAILBOX}@{DOMAIN}"
[imap]
url = "imaps://outlook.office365.com/INBOX"
user = "{MAILBOX}@{DOMAIN}"
[oauth]
token_url = "https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token"
client_id = "<the application's>"
client_secret_file = "oauth-client-secret"   # in /etc/credstore/tertius.oauth-client-secret
scope = "https://outlook.office365.com/.default"
)"},
});

// TOML's basic strings: https://toml.io/en/v1.0.0#string
std::string quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    if (byte < 0x20 || byte == 0x7F)
      out += {'\\', 'u', '0', '0', digits[byte >> 4U], digits[byte & 15U]};
    else
      out += c;
  }
  return out + "\"";
}

void add(std::string& out, std::string_view key, const std::string& value) {
  if (!value.empty()) out += std::string(key) + " = " + quoted(value) + "\n";
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

bool is_own(const std::string& relay) {
  return relay == "127.0.0.1" || relay == "localhost" || relay == "::1";
}

std::string host_of(const std::string& url) {
  const auto start = url.find("://");
  if (start == std::string::npos) return {};
  const auto from = start + 3;
  return url.substr(from, url.find_first_of(":/", from) - from);
}

}  // namespace

std::string first_config(const FirstAnswers& answers) {
  std::string out =
      "# `tertius config-reference` prints every key, `tertius check` says what is wrong here.\n\n[broker]\n";
  add(out, "community", answers.community);
  add(out, "domain", answers.domain);
  add(out, "operator", answers.operator_address);
  add(out, "link_key_file", answers.link_key_file);
  out +=
      "# The name your mail server writes first in Authentication-Results: then members' requests by mail "
      "need no\n"
      "# confirmation by link.\n# trusted_authserv_id = \"mx.example.org\"\n";
  if (!answers.storage_url.empty()) out += "\n[storage]\n";
  add(out, "url", answers.storage_url);
  out += "\n[web]\nlisten = \"127.0.0.1:8025\"   # put a TLS proxy before it\n";
  add(out, "public_url", answers.public_url);
  out += "\n[lmtp]\nlisten = " + quoted(std::string(lmtp_host) + ":" + std::string(lmtp_port)) +
         "   # where your mail server hands letters in\n\n[smtp]\n";
  add(out, "host", answers.relay_host);
  out += "port = " + std::to_string(answers.relay_port) + "\n";
  add(out, "security", answers.relay_security);
  add(out, "user", answers.relay_user);
  add(out, "password_file", answers.relay_password_file);
  return out;
}

std::vector<std::string> dns_lines(const FirstAnswers& answers) {
  const std::string& domain = answers.domain;
  const std::string web = host_of(answers.public_url);
  std::vector<std::string> out{domain + ".  MX   10 <your mail server>."};
  if (!web.empty() && web != domain)
    out.push_back(web + ".  A    <the address of the proxy before the pages>");
  if (web == domain) out.push_back(domain + ".  A    <the address of the proxy before the pages>");
  out.push_back(
      domain + ".  TXT  \"v=spf1 mx -all\"" +
      (is_own(answers.relay_host) ? "" : "   (or what the provider of " + answers.relay_host + " says)"));
  out.push_back("<selector>._domainkey." + domain +
                ".  TXT  \"v=DKIM1; k=rsa; p=<the key that the relay signs with>\"");
  out.push_back("_dmarc." + domain + ".  TXT  \"v=DMARC1; p=quarantine\"");
  return out;
}

std::span<const MailServer> mail_servers() { return servers; }

std::string mail_server_lines(const MailServer& server, const FirstAnswers& answers) {
  std::string out = replaced(std::string(server.lines), "{DOMAIN}", answers.domain);
  out = replaced(std::move(out), "{MAILBOX}", "intro");
  out = replaced(std::move(out), "{HOST}", lmtp_host);
  return replaced(std::move(out), "{PORT}", lmtp_port);
}

}  // namespace tertius::daemon
