#include "daemon/config.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "daemon/config_reload.hpp"

namespace tertius::daemon {
namespace {

const std::string least =
    "[broker]\ndomain = \"intro.example.org\"\n[web]\npublic_url = \"https://intro.example.org\"\n";

// Everything the configuration can say, as one text: what a key changes shows here.
std::string described(const Config& c) {
  std::ostringstream out;
  const Policy& p = c.policy;
  for (const auto& text : {c.community,
                           c.domain,
                           c.mailbox,
                           c.trusted_authserv_id,
                           c.storage_url,
                           c.link_key_file,
                           c.template_overrides,
                           c.web_listen,
                           c.public_url,
                           c.lmtp_listen,
                           c.smtp_host,
                           c.smtp_user,
                           c.smtp_password_file,
                           c.smtp_ca_file,
                           c.log_level,
                           c.operator_address,
                           c.oauth_token_url,
                           c.oauth_client_id,
                           c.oauth_client_secret_file,
                           c.oauth_refresh_token_file,
                           c.oauth_scope,
                           c.web_proxy,
                           text(c.roles),
                           c.maildir_path,
                           c.imap_url,
                           c.imap_user,
                           c.imap_password_file,
                           c.imap_ca_file,
                           c.imap_move_to,
                           c.imap_oauth_token_url,
                           c.imap_oauth_client_id,
                           c.imap_oauth_client_secret_file,
                           c.imap_oauth_refresh_token_file,
                           c.imap_oauth_scope,
                           c.metrics_listen})
    out << text << '\n';
  out << c.smtp_mails_per_minute << ' ' << c.smtp_mails_per_minute_and_domain << ' '
      << c.smtp_hold_ambiguous_to_target << ' ' << c.allow_private_webhooks << ' '
      << c.allow_private_address_books << ' ' << c.address_book_hours << ' ' << c.smtp_bounce_stop << ' '
      << c.storage_least_free_mb << '\n';
  out << c.smtp_port << ' ' << static_cast<int>(c.smtp_security) << ' ' << c.smtp_connections << '\n';
  for (const seconds hold : {p.hold_bound, p.hold_unbound, p.hold_reply, p.quiet.utc_offset})
    out << hold.count() << ' ';
  for (const days span :
       {p.connector_reminders[0], p.connector_reminders[1], p.connector_expiry, p.target_reminder,
        p.target_expiry, p.draft_expiry, p.requester_expiry, p.outcome_question, p.pair_cooldown,
        p.nudge_pause, c.retention.letters, c.retention.notice_texts, c.retention.notices,
        c.retention.declined, c.retention.introduced})
    out << span.count() << ' ';
  for (const int number :
       {p.max_open_per_requester, p.max_open_per_pair, p.max_yearly_per_pair, p.max_revisions, p.quiet.from,
        p.quiet.to, static_cast<int>(p.quiet.weekends), static_cast<int>(p.click)})
    out << number << ' ';
  return out.str();
}

std::string full_name(const ConfigKey& key) { return std::string(key.section) + "." + std::string(key.name); }

// Another value than the standard one.
std::string other_value(const ConfigKey& key) {
  const std::map<std::string, std::string> particular = {
      {"storage.url", "\"postgresql://localhost/x\""},
      {"web.public_url", "\"https://other.example\""},
      {"web.click_policy", "\"strict\""},
      {"web.proxy", "\"10.0.0.5\""},
      {"web.allow_private_webhooks", "true"},
      {"contacts.allow_private_address_books", "true"},
      {"smtp.security", "\"tls\""},
      {"time.connector_reminders", "[4, 8]"},
      {"log.level", "\"debug\""},
      {"time.quiet_weekends", "false"},
      {"smtp.hold_ambiguous_to_target", "true"},
      {"broker.operator", "\"root@example.org\""},
      {"imap_oauth.token_url", "\"https://other.example/token\""},
      {"imap.url", "\"imaps://other.example.org/INBOX\""},
      {"oauth.token_url", "\"https://login.example/token\""},
      {"daemon.roles", "[\"web\", \"lmtp\"]"},
  };
  if (const auto found = particular.find(full_name(key)); found != particular.end()) return found->second;
  if (key.type == "text") return "\"other\"";
  return std::to_string(std::stoi(std::string(key.standard)) + 1);
}

// The least configuration with one key set, and with what that key needs beside it.
std::string with(const ConfigKey& key, const std::string& value, bool beside = true) {
  std::map<std::string, std::map<std::string, std::string>> sections = {
      {"broker", {{"domain", "\"intro.example.org\""}}},
      {"web", {{"public_url", "\"https://intro.example.org\""}}}};
  if (full_name(key) == "smtp.user") sections["smtp"]["password_file"] = "\"/p\"";
  if (key.section == "oauth" && beside) {
    sections["smtp"]["user"] = sections["oauth"]["client_id"] = "\"x\"";
    sections["oauth"]["token_url"] = "\"https://login.example/token\"";
  }
  if (key.section == "imap" && beside) {
    sections["imap"]["url"] = "\"imaps://imap.example.org\"";
    sections["imap"]["user"] = sections["imap"]["password_file"] = "\"x\"";
  }
  if (key.section == "imap_oauth" && beside) {
    sections["imap"]["url"] = "\"imaps://imap.example.org\"";
    sections["imap"]["user"] = sections["imap_oauth"]["client_id"] = "\"x\"";
    sections["imap_oauth"]["token_url"] = "\"https://login.example/token\"";
  }
  if (full_name(key) == "daemon.roles") sections["storage"]["url"] = "\"postgresql://localhost/x\"";
  if (full_name(key) == "smtp.host") sections["smtp"]["security"] = "\"tls\"";
  sections[std::string(key.section)][std::string(key.name)] = value;
  std::string out;
  for (const auto& [section, keys] : sections) {
    out += "[" + section + "]\n";
    for (const auto& [name, text] : keys) out += name + " = " + text + "\n";
  }
  return out;
}

std::string problems_of(const ConfigReading& reading) {
  std::string out;
  for (const auto& problem : reading.problems) out += text(problem, "t.toml") + "\n";
  return out;
}

TEST(ConfigTest, TheLeastConfigurationIsGood) { EXPECT_EQ(problems_of(read_config(least)), ""); }

TEST(ConfigTest, EveryKeyChangesWhatIsConfigured) {
  for (const ConfigKey& key : config_keys()) {
    const std::string standard =
        described(read_config(key.standard.empty() ? least : with(key, std::string(key.standard))).config);
    const auto reading = read_config(with(key, other_value(key)));
    EXPECT_EQ(problems_of(reading), "") << full_name(key);
    EXPECT_NE(described(reading.config), standard) << full_name(key) << " is read and then forgotten";
  }
}

TEST(ConfigTest, EachKeyIsReloadedOrWaitsForARestartAsTheTableSays) {
  for (const ConfigKey& key : config_keys()) {
    const bool reloads = key.takes_effect == TakesEffect::at_reload;
    const std::string running = key.standard.empty() ? least : with(key, std::string(key.standard));
    const std::string fresh = with(key, other_value(key));
    const ConfigMerge merge = merge_reloadable(running, fresh);
    EXPECT_EQ(reloads ? merge.taken : merge.waiting, std::vector<std::string>{full_name(key)});
    EXPECT_EQ(reloads ? merge.waiting : merge.taken, std::vector<std::string>{}) << full_name(key);
    EXPECT_EQ(described(read_config(merge.toml).config),
              described(read_config(reloads ? fresh : running).config))
        << full_name(key);
  }
}

TEST(ConfigTest, WhatIsWrittenOtherwiseAndMeansTheSameIsNoChange) {
  const ConfigMerge merge =
      merge_reloadable(least, "[time]\nconnector_reminders=[3,7]\n[smtp]\nport = 0x19\nuser = ''\n" + least);
  EXPECT_EQ(merge.taken.size() + merge.waiting.size(), 0U);
}

TEST(ConfigTest, WhatWaitsForARestartIsStillNamedAtTheNextReload) {
  const std::string fresh = least + "[smtp]\nport = 26\n[log]\nlevel = \"debug\"\n";
  const ConfigMerge first = merge_reloadable(least, fresh);
  EXPECT_EQ(first.taken, std::vector<std::string>{"log.level"});
  const ConfigMerge second = merge_reloadable(first.toml, fresh);
  EXPECT_EQ(second.taken, std::vector<std::string>{});
  EXPECT_EQ(second.waiting, std::vector<std::string>{"smtp.port"});
}

TEST(ConfigTest, EveryStandardIsWhatTheProgramHasAnyway) {
  const std::string standard = described(read_config(least).config);
  for (const ConfigKey& key : config_keys()) {
    if (key.standard.empty()) continue;
    const auto reading = read_config(with(key, std::string(key.standard), false));
    EXPECT_EQ(problems_of(reading).find(full_name(key)), std::string::npos) << problems_of(reading);
    const std::set<std::string> brings_others_along{"smtp.host", "smtp.user", "daemon.roles"};
    if (brings_others_along.contains(full_name(key))) continue;
    EXPECT_EQ(described(reading.config), standard) << full_name(key);
  }
}

TEST(ConfigTest, AWrongTypeIsRefusedForEveryKeyWithItsLine) {
  for (const ConfigKey& key : config_keys()) {
    for (const char* value :
         {"{ a = 1 }", "1979-05-27", "[[1]]", "1.5", key.type == "text" ? "7" : "\"seven\""}) {
      const auto reading = read_config(with(key, value));
      ASSERT_EQ(reading.problems.size(), 1U) << full_name(key) << " = " << value;
      EXPECT_EQ(reading.problems[0].key, full_name(key));
      EXPECT_GT(reading.problems[0].line, 0);
      EXPECT_FALSE(reading.problems[0].what.empty());
      EXPECT_FALSE(reading.problems[0].hint.empty());
    }
  }
}

TEST(ConfigTest, NumbersOutOfRangeAreRefused) {
  for (const ConfigKey& key : config_keys()) {
    if (key.type == "text" || key.type == "true or false" || key.name == "connector_reminders") continue;
    for (const char* value : {"-10000", "99999999", "9223372036854775807"}) {
      const auto reading = read_config(with(key, value));
      ASSERT_EQ(reading.problems.size(), 1U) << full_name(key) << " = " << value;
      EXPECT_EQ(reading.problems[0].key, full_name(key));
    }
  }
}

struct Wrong {
  std::string toml;
  int line;
  std::string key, what, hint;
};

void expect_refused(const Wrong& wrong) {
  const auto reading = read_config(wrong.toml);
  ASSERT_FALSE(reading.problems.empty()) << wrong.toml;
  const auto& problem = reading.problems.front();
  EXPECT_EQ(problem.line, wrong.line) << wrong.toml;
  EXPECT_EQ(problem.key, wrong.key);
  EXPECT_NE(problem.what.find(wrong.what), std::string::npos) << problem.what;
  EXPECT_NE(problem.hint.find(wrong.hint), std::string::npos) << problem.hint;
  EXPECT_FALSE(problem.hint.empty());
}

TEST(ConfigTest, EachMistakeHasItsLineReasonAndHint) {
  expect_refused({"[smtp]\nprot = 25\n", 2, "smtp.prot", "not a key", "port"});
  expect_refused({least + "[stmp]\nport = 25\n", 5, "stmp", "not a section", "config-reference"});
  expect_refused({"domain = \"x\"\n" + least, 1, "domain", "not a section", "config-reference"});
  expect_refused({"[smtp]\nport = \"25\"\n", 2, "smtp.port", "whole number", "25"});
  expect_refused({"\n\n[smtp]\nport = 0\n", 4, "smtp.port", "out of range", "25"});
  expect_refused({"[smtp]\nsecurity = \"ssl\"\n", 2, "smtp.security", "starttls", "none"});
  expect_refused(
      {"[time]\nconnector_reminders = [7, 3]\n", 2, "time.connector_reminders", "earlier", "[3, 7]"});
  expect_refused(
      {"[time]\nconnector_reminders = [3]\n", 2, "time.connector_reminders", "two numbers", "[3, 7]"});
  expect_refused({"[time]\nquiet_from = 24\n", 2, "time.quiet_from", "0 to 23", "21"});
  expect_refused({"[broker]\ndomain = intro\n", 2, "", "", "text in quotes"});
  expect_refused({"[broker\n", 1, "", "", "TOML"});
  expect_refused({"[log]\nlevel = \"info\"\nlevel = \"warn\"\n", 3, "", "", "TOML"});
}

TEST(ConfigTest, WhatOnlyTheWholeTellsIsRefused) {
  const std::string web = "[web]\npublic_url = \"https://intro.example.org\"\n";
  const std::string broker = "[broker]\ndomain = \"intro.example.org\"\n";
  expect_refused({web, 0, "broker.domain", "must be given", "domain ="});
  expect_refused({"[broker]\ndomain = \"\"\n" + web, 0, "broker.domain", "must be given", "domain ="});
  expect_refused(
      {"[broker]\ndomain = \"a@b\"\n" + web, 0, "broker.domain", "mail address", "only the domain"});
  expect_refused(
      {"[broker]\ndomain = \"a b\"\n" + web, 0, "broker.domain", "mail address", "only the domain"});
  expect_refused({broker, 0, "web.public_url", "must be given", "public_url ="});
  expect_refused(
      {broker + "[web]\npublic_url = \"intro.example.org\"\n", 0, "web.public_url", "https://", "https://"});
  expect_refused(
      {broker + "[web]\npublic_url = \"https://x.example/\"\n", 0, "web.public_url", "slash", "slash"});
  expect_refused({least + "[storage]\nurl = \"mysql://x\"\n", 0, "storage.url", "neither", "sqlite:"});
  expect_refused(
      {least + "[smtp]\nhost = \"mx.example\"\n", 0, "smtp.security", "another machine", "starttls"});
  expect_refused({least + "[smtp]\nuser = \"u\"\n", 0, "smtp.password_file", "missing", "password"});
  const std::string imap = least + "[imap]\nurl = \"imaps://h/INBOX\"\n";
  expect_refused({imap, 0, "imap.user", "missing", "address"});
  expect_refused({imap + "user = \"u\"\n", 0, "imap.password_file", "missing", "[oauth]"});
  expect_refused({imap + "user = \"u\"\n[imap_oauth]\ntoken_url = \"https://x\"\n", 0, "imap_oauth.client_id",
                  "imap_oauth.client_id", "application"});
  expect_refused({imap + "user = \"u\"\npassword_file = \"p\"\n[imap_oauth]\nscope = \"s\"\n", 0,
                  "imap_oauth.token_url", "missing", "https://"});
  expect_refused({least + "[imap]\nuser = \"u\"\n", 0, "imap.url", "missing", "imaps://"});
  expect_refused({least + "[imap]\nurl = \"pop://h\"\nuser = \"u\"\n", 0, "imap.url", "begins", "imaps://"});
  expect_refused({imap + "user = \"u\"\npassword_file = \"p\"\nmove_to = \"a\\nb\"\n", 0, "imap.move_to",
                  "no name", "Tertius"});
  expect_refused({least + "[log]\nlevel = \"loud\"\n", 0, "log.level", "no level", "debug"});
}

TEST(ConfigTest, AllMistakesAreToldAtOnce) {
  EXPECT_EQ(read_config("[smtp]\nport = 0\nprot = 1\n[log]\nlevel = 3\n").problems.size(), 3U);
}

TEST(ConfigTest, AProblemIsOneLineWithTheFile) {
  EXPECT_EQ(text({"smtp.port", 12, "is out of range", "standard: 25"}, "/etc/t.toml"),
            "/etc/t.toml:12: smtp.port is out of range (standard: 25)");
  EXPECT_EQ(text({"", 0, "cannot be read", ""}, "x"), "x: cannot be read");
}

TEST(ConfigTest, AFileThatIsNotThereIsAProblem) {
  const auto reading = read_config_file("/nowhere/tertius.toml");
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_NE(reading.problems[0].hint.find("config-reference"), std::string::npos);
  EXPECT_FALSE(read_config_file("/").problems.empty()) << "a folder is no configuration";
}

TEST(ConfigTest, TheReferenceIsAConfigurationOnceItsGapsAreFilled) {
  std::string reference = config_reference();
  for (const auto& [gap, value] : std::map<std::string, std::string>{
           {"# domain = ... must be given", "domain = \"intro.example.org\""},
           {"# public_url = ... must be given", "public_url = \"https://intro.example.org\""}}) {
    const auto at = reference.find(gap);
    ASSERT_NE(at, std::string::npos) << gap;
    reference.replace(at, gap.size(), value);
  }
  EXPECT_EQ(reference.find("must be given"), std::string::npos) << "another gap";
  const auto reading = read_config(reference);
  EXPECT_EQ(problems_of(reading), "");
  EXPECT_EQ(described(reading.config), described(read_config(least).config));
  for (const ConfigKey& key : config_keys()) {
    EXPECT_NE(reference.find("\n" + std::string(key.name) + " = "), std::string::npos) << full_name(key);
    EXPECT_NE(reference.find(key.meaning), std::string::npos) << full_name(key);
  }
}

TEST(ConfigTest, TheShippedConfigurationIsGood) {
  const auto file = std::filesystem::path(TERTIUS_TEST_DATA) / "../../systemd/tertius.toml";
  ASSERT_TRUE(std::filesystem::exists(file));
  EXPECT_EQ(problems_of(read_config_file(file)), "");
}

}  // namespace
}  // namespace tertius::daemon
