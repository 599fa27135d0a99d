#pragma once
// The configuration: one TOML file, one table of keys (config_keys()) that the reader, `tertius check`,
// `tertius config-reference` and the tests all go by. An unknown key, a wrong type or an impossible value is
// an error with its line, the reason and a hint; nothing has a silent fallback.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "broker/link.hpp"
#include "broker/policy.hpp"
#include "broker/result.hpp"
#include "daemon/roles.hpp"
#include "mail/door.hpp"
#include "storage/retention.hpp"

namespace tertius::daemon {

struct Config {
  std::string community{"Tertius"};
  std::string domain;  // of intro@domain
  std::string mailbox{"intro"};
  std::string trusted_authserv_id;
  std::string operator_address;

  std::string storage_url{"sqlite:/var/lib/tertius/tertius.db"};
  int storage_least_free_mb = 500;
  std::string link_key_file{"/var/lib/tertius/link.key"};
  std::string template_overrides;  // empty: none

  std::string web_listen{"127.0.0.1:8025"};
  std::string public_url;
  std::string web_proxy;  // empty: on this machine
  bool allow_private_webhooks = false;
  bool allow_private_address_books = false;
  int address_book_hours = 6;
  std::string lmtp_listen{"127.0.0.1:8024"};
  std::string maildir_path;  // empty: none
  std::string imap_url;      // empty: none
  std::string imap_user;
  std::string imap_password_file;
  std::string imap_ca_file;
  std::string imap_move_to;
  std::string imap_oauth_token_url;  // empty: as the relay's
  std::string imap_oauth_client_id;
  std::string imap_oauth_client_secret_file;
  std::string imap_oauth_refresh_token_file;
  std::string imap_oauth_scope;
  std::string metrics_listen;  // empty: nowhere

  std::string smtp_host{"127.0.0.1"};
  int smtp_port = 25;
  mail::Security smtp_security = mail::Security::none;
  std::string smtp_user;
  std::string smtp_password_file;
  std::string smtp_ca_file;
  std::string oauth_token_url;
  std::string oauth_client_id;
  std::string oauth_client_secret_file;
  std::string oauth_refresh_token_file;
  std::string oauth_scope;
  int smtp_connections = 4;
  int smtp_mails_per_minute = 0;
  int smtp_mails_per_minute_and_domain = 0;
  int smtp_bounce_stop = 10;
  bool smtp_hold_ambiguous_to_target = false;

  storage::RetentionTimes retention;

  DaemonRoles roles = every_role();
  std::string log_level{"info"};
  Policy policy;
};

struct ConfigProblem {
  std::string key;  // "smtp.port"
  int line = 0;     // 0: the file as a whole
  std::string what;
  std::string hint;
};

// Both are full or empty: a file with problems gives no half configuration.
struct ConfigReading {
  Config config;
  std::vector<ConfigProblem> problems;
};
ConfigReading read_config(std::string_view toml);
ConfigReading read_config_file(const std::filesystem::path& path);
std::string text(const ConfigProblem& problem, const std::string& file);  // "file:12: smtp.port what (hint)"

// SIGHUP reads the configuration again; what a key of at_restart says then waits for the next start.
enum class TakesEffect { unsaid, at_reload, at_restart };

struct ConfigKey {
  std::string_view section;
  std::string_view name;
  std::string_view type;      // "text", "number", "seconds", "days", "true or false"
  std::string_view standard;  // the default as TOML; empty: must be given
  std::string_view meaning;
  TakesEffect takes_effect{};
};
std::vector<ConfigKey> config_keys();
// All keys with their defaults and meanings, as a commented TOML file.
std::string config_reference();

// The signing keys, one a line as "<id> <64 hex digits>", newest first. A missing file is made, readable by
// us alone.
Result<LinkKeys> load_link_keys(const std::filesystem::path& file);

// A new key is put before those there are, which go on verifying; gives it. The file belongs to whom it
// belonged to.
Result<LinkKey> rotate_link_keys(const std::filesystem::path& file);
// What it signed is dead from then on. The only key, or the first, is not forgotten.
Done forget_link_key(const std::filesystem::path& file, std::uint8_t id);

}  // namespace tertius::daemon
