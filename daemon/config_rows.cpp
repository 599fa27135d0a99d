#include "daemon/config_rows.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "daemon/client_network.hpp"

namespace tertius::daemon {

namespace {

template <auto Member>
const char* take_text(Config& config, const toml::node& node) {
  const auto value = node.value<std::string>();
  if (!value || !node.is_string()) return "wants a text in quotes";
  config.*Member = *value;
  return nullptr;
}

template <auto Member, int Least, int Most>
const char* take_number(Config& config, const toml::node& node) {
  const auto value = node.value<std::int64_t>();
  if (!value || !node.is_integer()) return "wants a whole number";
  if (*value < Least || *value > Most) return "is out of range";
  config.*Member = static_cast<int>(*value);
  return nullptr;
}

template <auto Member, int Least, int Most>
const char* take_limit(Config& config, const toml::node& node) {
  const auto value = node.value<std::int64_t>();
  if (!value || !node.is_integer()) return "wants a whole number";
  if (*value < Least || *value > Most) return "is out of range";
  config.policy.*Member = static_cast<int>(*value);
  return nullptr;
}

template <auto Member, int Most>
const char* take_duration(Config& config, const toml::node& node) {
  using Duration = std::remove_reference_t<decltype(config.policy.*Member)>;
  const auto value = node.value<std::int64_t>();
  if (!value || !node.is_integer()) return "wants a whole number";
  if (*value < 0 || *value > Most) return "is out of range";
  config.policy.*Member = Duration{static_cast<typename Duration::rep>(*value)};
  return nullptr;
}

constexpr auto securities = std::to_array<std::pair<std::string_view, mail::Security>>(
    {{"none", mail::Security::none}, {"starttls", mail::Security::starttls}, {"tls", mail::Security::tls}});

const char* take_security(Config& config, const toml::node& node) {
  const auto value = node.value<std::string>().value_or("");
  const auto found =
      std::find_if(securities.begin(), securities.end(), [&](const auto& s) { return s.first == value; });
  if (found == securities.end()) return "wants \"none\", \"starttls\" or \"tls\"";
  config.smtp_security = found->second;
  return nullptr;
}

const char* take_proxy(Config& config, const toml::node& node) {
  const auto value = node.value<std::string>();
  if (!value || !node.is_string()) return "wants a text in quotes";
  if (!value->empty() && !is_numeric_address(*value)) return "wants a numeric address, such as \"10.0.0.5\"";
  config.web_proxy = *value;
  return nullptr;
}

const char* take_click_policy(Config& config, const toml::node& node) {
  const auto found = find_click_policy(node.value<std::string>().value_or(""));
  if (!found) return "wants \"one_click\", \"bound\", \"strict\" or \"reply_only\"";
  config.policy.click = *found;
  return nullptr;
}

const char* take_reminders(Config& config, const toml::node& node) {
  const auto* list = node.as_array();
  auto& reminders = config.policy.connector_reminders;
  if (!list || list->size() != reminders.size()) return "wants two numbers of days, such as [3, 7]";
  for (std::size_t i = 0; i < reminders.size(); ++i) {
    const auto value = (*list)[i].value<std::int64_t>();
    if (!value || *value < 1 || *value > 365) return "wants two numbers of days, such as [3, 7]";
    reminders[i] = days{static_cast<int>(*value)};
  }
  return reminders[0] < reminders[1] ? nullptr : "wants the earlier day first";
}

template <auto Member>
const char* take_hour(Config& config, const toml::node& node) {
  const auto value = node.value<std::int64_t>();
  if (!value || *value < 0 || *value > 23) return "wants an hour from 0 to 23";
  config.policy.quiet.*Member = static_cast<int>(*value);
  return nullptr;
}

const char* take_zone(Config& config, const toml::node& node) {
  const auto value = node.value<std::int64_t>();
  constexpr std::int64_t widest = 840;  // UTC+14, Kiribati
  if (!value || *value < -widest || *value > widest) return "wants minutes from UTC, from -840 to 840";
  config.policy.quiet.utc_offset = std::chrono::minutes{*value};
  return nullptr;
}

const char* take_weekends(Config& config, const toml::node& node) {
  const auto value = node.value<bool>();
  if (!value || !node.is_boolean()) return "wants true or false";
  config.policy.quiet.weekends = *value;
  return nullptr;
}

template <auto Member>
const char* take_truth(Config& config, const toml::node& node) {
  const auto value = node.value<bool>();
  if (!value || !node.is_boolean()) return "wants true or false";
  config.*Member = *value;
  return nullptr;
}

template <auto Member>
const char* take_retention(Config& config, const toml::node& node) {
  constexpr std::int64_t most = 36'500;
  const auto value = node.value<std::int64_t>();
  if (!value || !node.is_integer()) return "wants a whole number";
  if (*value < 0 || *value > most) return "is out of range";
  config.retention.*Member = days{static_cast<int>(*value)};
  return nullptr;
}

constexpr int year = 365;
constexpr int day_seconds = 86'400;

using enum TakesEffect;
using storage::RetentionTimes;

constexpr auto rows = std::to_array<ConfigRow>({
    {{"broker", "community", "text", "\"Tertius\"", "The name that mails and pages speak in", at_reload},
     take_text<&Config::community>},
    {{"broker", "domain", "text", "", "The mail domain: requests come to intro@domain", at_restart},
     take_text<&Config::domain>},
    {{"broker", "mailbox", "text", "\"intro\"", "The local part of that address", at_reload},
     take_text<&Config::mailbox>},
    {{"broker", "trusted_authserv_id", "text", "\"\"",
      "The name your mail server writes first in Authentication-Results; empty: each request by mail is "
      "confirmed by link",
      at_reload},
     take_text<&Config::trusted_authserv_id>},
    {{"broker", "operator", "text", "\"\"",
      "Whose address gets the alerts; empty: they stand in the log alone", at_reload},
     take_text<&Config::operator_address>},
    {{"broker", "link_key_file", "text", "\"/var/lib/tertius/link.key\"",
      "The key that signs links; made if absent", at_reload},
     take_text<&Config::link_key_file>},
    {{"broker", "template_overrides", "text", "\"\"",
      "A folder with your own notices/<language>/*.txt, *.html and pages/*.html", at_reload},
     take_text<&Config::template_overrides>},
    {{"storage", "url", "text", "\"sqlite:/var/lib/tertius/tertius.db\"", "sqlite:FILE or postgresql://...",
      at_restart},
     take_text<&Config::storage_url>},
    {{"storage", "least_free_mb", "number", "500",
      "With less room than this on the disk of an SQLite database the operator is told; 0: never",
      at_restart},
     take_number<&Config::storage_least_free_mb, 0, 1'000'000>},
    {{"web", "listen", "text", "\"127.0.0.1:8025\"", "Where HTTP is served; put a TLS proxy before it",
      at_restart},
     take_text<&Config::web_listen>},
    {{"web", "public_url", "text", "", "What the links in mails begin with: https://intro.example.org",
      at_reload},
     take_text<&Config::public_url>},
    {{"web", "proxy", "text", "\"\"",
      "The numeric address of the TLS proxy where it is on another machine: its X-Forwarded-For says whose "
      "requests they are, for limits",
      at_reload},
     take_proxy},
    {{"web", "allow_private_webhooks", "true or false", "false",
      "Webhooks may lead to this machine (by http too) and to private networks; only where you trust all who "
      "sign in",
      at_restart},
     take_truth<&Config::allow_private_webhooks>},
    {{"web", "click_policy", "text", "\"one_click\"",
      "What a decision link needs: \"one_click\" the first sign of a person, \"bound\" a press where the "
      "browser is "
      "not known, \"strict\" always a press, \"reply_only\" an answer by mail",
      at_reload},
     take_click_policy},
    {{"contacts", "address_book_hours", "hours", "6", "How often linked address books (CardDAV) are read",
      at_reload},
     take_number<&Config::address_book_hours, 1, 720>},
    {{"contacts", "allow_private_address_books", "true or false", "false",
      "Linked address books may be on this machine (by http too) and in private networks; only where you "
      "trust "
      "all members",
      at_restart},
     take_truth<&Config::allow_private_address_books>},
    {{"lmtp", "listen", "text", "\"127.0.0.1:8024\"",
      "Where your mail server hands letters in: host:port or unix:/path", at_restart},
     take_text<&Config::lmtp_listen>},
    {{"smtp", "host", "text", "\"127.0.0.1\"", "The relay that takes our mail", at_restart},
     take_text<&Config::smtp_host>},
    {{"smtp", "port", "number", "25", "25 for your own server, 587 with starttls, 465 with tls", at_restart},
     take_number<&Config::smtp_port, 1, 65535>},
    {{"smtp", "security", "text", "\"none\"",
      "\"starttls\" and \"tls\" never fall back; \"none\" is for a relay on this machine", at_restart},
     take_security},
    {{"smtp", "user", "text", "\"\"", "Its login; empty: none", at_restart}, take_text<&Config::smtp_user>},
    {{"smtp", "password_file", "text", "\"\"",
      "A file that holds the password alone, or the bare name of a credential (LoadCredential=), as for all "
      "keys that end in _file",
      at_reload},
     take_text<&Config::smtp_password_file>},
    {{"smtp", "ca_file", "text", "\"\"", "Whom to trust instead of the system's authorities", at_restart},
     take_text<&Config::smtp_ca_file>},
    {{"smtp", "connections", "number", "4", "At the same time", at_restart},
     take_number<&Config::smtp_connections, 1, 100>},
    {{"smtp", "mails_per_minute", "number", "0", "No more than that; 0: the relay keeps its own pace",
      at_reload},
     take_number<&Config::smtp_mails_per_minute, 0, 1'000'000>},
    {{"smtp", "mails_per_minute_and_domain", "number", "0", "... to one domain", at_reload},
     take_number<&Config::smtp_mails_per_minute_and_domain, 0, 1'000'000>},
    {{"smtp", "bounce_stop", "number", "10",
      "When so many of the newest 50 mails have bounced within an hour, all sending stops until `tertius "
      "outbox --resume`; 0: never",
      at_restart},
     take_number<&Config::smtp_bounce_stop, 0, 50>},
    {{"smtp", "hold_ambiguous_to_target", "true or false", "false",
      "A mail to a target that was lost behind its last byte is not sent once more after 15 minutes, but "
      "held for you",
      at_reload},
     take_truth<&Config::smtp_hold_ambiguous_to_target>},
    {{"oauth", "token_url", "text", "\"\"",
      "Where access tokens for the relay come from, instead of a password; empty: no OAuth2", at_restart},
     take_text<&Config::oauth_token_url>},
    {{"oauth", "client_id", "text", "\"\"", "The application as the provider knows it", at_restart},
     take_text<&Config::oauth_client_id>},
    {{"oauth", "client_secret_file", "text", "\"\"", "A file that holds its secret alone; empty: it has none",
      at_restart},
     take_text<&Config::oauth_client_secret_file>},
    {{"oauth", "refresh_token_file", "text", "\"\"",
      "A file that holds the refresh token alone, which we replace when it changes; empty: client "
      "credentials",
      at_restart},
     take_text<&Config::oauth_refresh_token_file>},
    {{"oauth", "scope", "text", "\"\"", "Microsoft 365: https://outlook.office365.com/.default", at_restart},
     take_text<&Config::oauth_scope>},
    {{"hold", "bound_browser", "seconds", "60",
      "How long an answer can be undone: from a browser known for certain", at_reload},
     take_duration<&Policy::hold_bound, day_seconds>},
    {{"hold", "unbound_browser", "seconds", "600", "... from any other browser", at_reload},
     take_duration<&Policy::hold_unbound, day_seconds>},
    {{"hold", "reply", "seconds", "120", "... from a mail", at_reload},
     take_duration<&Policy::hold_reply, day_seconds>},
    {{"time", "connector_reminders", "days", "[3, 7]", "When a connector is reminded", at_reload},
     take_reminders},
    {{"time", "connector_expiry", "days", "14", "When a request without an answer ends", at_reload},
     take_duration<&Policy::connector_expiry, year>},
    {{"time", "nudge_pause", "days", "4", "How soon a requester may have a connector reminded, and again",
      at_reload},
     take_duration<&Policy::nudge_pause, year>},
    {{"time", "target_reminder", "days", "5", "When a target is reminded, once", at_reload},
     take_duration<&Policy::target_reminder, year>},
    {{"time", "target_expiry", "days", "14", "When a forward without an answer ends", at_reload},
     take_duration<&Policy::target_expiry, year>},
    {{"time", "draft_expiry", "days", "7", "When a draft that nobody confirms is thrown away", at_reload},
     take_duration<&Policy::draft_expiry, year>},
    {{"time", "requester_expiry", "days", "14", "When changes that were wanted and never came end it",
      at_reload},
     take_duration<&Policy::requester_expiry, year>},
    {{"time", "outcome_question", "days", "7", "When the requester is asked: did you speak?", at_reload},
     take_duration<&Policy::outcome_question, year>},
    {{"time", "quiet_from", "number", "21", "Reminders wait from this hour", at_reload},
     take_hour<&QuietHours::from>},
    {{"time", "quiet_to", "number", "8", "... to this one", at_reload}, take_hour<&QuietHours::to>},
    {{"time", "quiet_weekends", "true or false", "true", "... and over Saturday and Sunday", at_reload},
     take_weekends},
    {{"time", "utc_offset_minutes", "number", "0", "The community's zone", at_reload}, take_zone},
    {{"limits", "open_per_requester", "number", "5", "Open requests a member may have", at_reload},
     take_limit<&Policy::max_open_per_requester, 1, 1000>},
    {{"limits", "open_per_pair", "number", "1", "... with one connector", at_reload},
     take_limit<&Policy::max_open_per_pair, 1, 1000>},
    {{"limits", "yearly_per_pair", "number", "3", "... in a year", at_reload},
     take_limit<&Policy::max_yearly_per_pair, 1, 1000>},
    {{"limits", "pair_cooldown", "days", "30", "Between two requests to one connector", at_reload},
     take_duration<&Policy::pair_cooldown, year>},
    {{"limits", "revisions", "number", "3", "How often a connector may ask for changes", at_reload},
     take_limit<&Policy::max_revisions, 0, 100>},
    {{"retention", "letters", "days", "90",
      "How long a letter is kept as it came; what became of it stays, and it is known when it comes again; "
      "0: for ever",
      at_reload},
     take_retention<&RetentionTimes::letters>},
    {{"retention", "notice_texts", "days", "90",
      "... the words of mails that went out, once the introduction has ended; 0: for ever", at_reload},
     take_retention<&RetentionTimes::notice_texts>},
    {{"retention", "notices", "days", "730",
      "... that a mail went out, to whom, and what the relay said; 0: for ever", at_reload},
     take_retention<&RetentionTimes::notices>},
    {{"retention", "declined", "days", "365",
      "... the words of requests that came to nothing, after their end: notes, pitches, remarks; who asked "
      "whom stays; 0: for ever",
      at_reload},
     take_retention<&RetentionTimes::declined>},
    {{"retention", "introduced", "days", "0", "... of those that led to an introduction; 0: for ever",
      at_reload},
     take_retention<&RetentionTimes::introduced>},
    {{"maildir", "path", "text", "\"\"",
      "A Maildir that some other program delivers our letters into: taken from new/, kept in cur/; empty: "
      "none",
      at_restart},
     take_text<&Config::maildir_path>},
    {{"imap", "url", "text", "\"\"",
      "A mailbox that collects our letters: imaps://host/INBOX, or imap://host/INBOX with STARTTLS (on this "
      "machine without); empty: none",
      at_restart},
     take_text<&Config::imap_url>},
    {{"imap", "user", "text", "\"\"", "Its login", at_restart}, take_text<&Config::imap_user>},
    {{"imap", "password_file", "text", "\"\"",
      "A file that holds the password alone; empty: OAuth2, by [imap_oauth] or [oauth]", at_reload},
     take_text<&Config::imap_password_file>},
    {{"imap", "ca_file", "text", "\"\"", "Whom to trust instead of the system's authorities", at_restart},
     take_text<&Config::imap_ca_file>},
    {{"imap", "move_to", "text", "\"\"",
      "A folder that letters are moved to once they are taken; empty: they stay, marked as seen", at_restart},
     take_text<&Config::imap_move_to>},
    {{"imap_oauth", "token_url", "text", "\"\"",
      "Where access tokens for the mailbox come from; empty: [oauth] serves both, the relay and the mailbox",
      at_restart},
     take_text<&Config::imap_oauth_token_url>},
    {{"imap_oauth", "client_id", "text", "\"\"", "As in [oauth], and so is the rest", at_restart},
     take_text<&Config::imap_oauth_client_id>},
    {{"imap_oauth", "client_secret_file", "text", "\"\"", "Its secret", at_restart},
     take_text<&Config::imap_oauth_client_secret_file>},
    {{"imap_oauth", "refresh_token_file", "text", "\"\"",
      "Its refresh token, in a file of its own: two must not replace the same", at_restart},
     take_text<&Config::imap_oauth_refresh_token_file>},
    {{"imap_oauth", "scope", "text", "\"\"", "Its scope", at_restart}, take_text<&Config::imap_oauth_scope>},
    {{"metrics", "listen", "text", "\"\"",
      "Where Prometheus may fetch /metrics, such as \"127.0.0.1:8026\"; whoever reaches it sees the counts; "
      "empty: nowhere",
      at_restart},
     take_text<&Config::metrics_listen>},
    {{"log", "level", "text", "\"info\"", "debug, info, warn or error", at_reload},
     take_text<&Config::log_level>},
});

static_assert(std::all_of(rows.begin(), rows.end(),
                          [](const ConfigRow& row) { return row.key.takes_effect != TakesEffect::unsaid; }));

}  // namespace

std::span<const ConfigRow> config_rows() { return rows; }

}  // namespace tertius::daemon
