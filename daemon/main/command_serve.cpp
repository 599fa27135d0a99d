// serve, check, config-reference
#include <sys/resource.h>

#include <csignal>
#include <iostream>

#include "daemon/config_reload.hpp"
#include "daemon/handed_in.hpp"
#include "daemon/ids.hpp"
#include "daemon/imap_url.hpp"
#include "daemon/log.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/workplace.hpp"
#include "daemon/secret_file.hpp"
#include "daemon/service.hpp"
#include "storage/address_books.hpp"
#include "storage/backup.hpp"
#include "storage/daemons.hpp"
#include "storage/migrate.hpp"
#include "storage/webhooks.hpp"

namespace tertius::daemon {

namespace {

ListenAddress must_parse_listen(const std::string& key, const std::string& text) {
  auto address = parse_listen_address(text);
  if (!address) throw CommandFailure{exit_config, {key + ": " + address.error().what, address.error().hint}};
  return address.value();
}

template <class T>
T must_have(Result<T> result) {
  if (!result) throw CommandFailure{exit_config, result.error()};
  return std::move(result).value();
}

std::string first_line(const std::string& text) { return text.substr(0, text.find_first_of("\r\n")); }

SmtpSenderSettings relay_settings(const Config& config) {
  SmtpSenderSettings out;
  out.relay.host = config.smtp_host;
  out.relay.port = static_cast<std::uint16_t>(config.smtp_port);
  out.relay.security = config.smtp_security;
  out.relay.ca_file = config.smtp_ca_file;
  out.relay.user = config.smtp_user;
  out.wants_bearer = !config.oauth_token_url.empty();
  if (!config.smtp_password_file.empty())
    out.relay.password = first_line(read_file(config.smtp_password_file));
  out.relay.hello = config.domain;
  out.connections = static_cast<std::size_t>(config.smtp_connections);
  return out;
}

std::optional<ImapSettings> imap_settings(const Config& config) {
  if (config.imap_url.empty()) return std::nullopt;
  const ImapUrl url = parse_imap_url(config.imap_url).value();  // read_config has looked
  ImapSettings out;
  out.server.protocol = mail::DoorProtocol::imap;
  out.server.host = url.host;
  out.server.port = url.port;
  out.server.security = url.security;
  out.server.ca_file = config.imap_ca_file;
  out.server.user = config.imap_user;
  out.folder = url.folder;
  out.move_to = config.imap_move_to;
  out.password_file = config.imap_password_file;
  out.wants_bearer = out.password_file.empty();
  if (!out.wants_bearer) out.server.password = first_line(read_file(out.password_file));
  return out;
}

// `section`: of the configuration, for what is wrong.
TokenSource must_have_files(TokenSource source, const std::string& section) {
  for (const auto& file : {source.client_secret_file, source.refresh_token_file})
    if (!file.empty()) read_file(file);  // missing, it is said now
  if (!source.refresh_token_file.empty() && !can_replace(source.refresh_token_file))
    throw CommandFailure{
        exit_config,
        {section + ".refresh_token_file: its folder cannot be written in",
         "the provider gives new tokens, which must be kept: let the daemon's user write there"}};
  return source;
}

std::optional<TokenSource> token_source(const Config& config) {
  if (config.oauth_token_url.empty()) return std::nullopt;
  TokenSource out;
  out.client.url = config.oauth_token_url;
  out.client.client_id = config.oauth_client_id;
  out.client.scope = config.oauth_scope;
  out.client_secret_file = config.oauth_client_secret_file;
  out.refresh_token_file = config.oauth_refresh_token_file;
  return must_have_files(std::move(out), "oauth");
}

std::optional<TokenSource> imap_token_source(const Config& config) {
  if (config.imap_oauth_token_url.empty() || !config.imap_password_file.empty()) return std::nullopt;
  TokenSource out;
  out.client.url = config.imap_oauth_token_url;
  out.client.client_id = config.imap_oauth_client_id;
  out.client.scope = config.imap_oauth_scope;
  out.client_secret_file = config.imap_oauth_client_secret_file;
  out.refresh_token_file = config.imap_oauth_refresh_token_file;
  out.of = "the mailbox";
  return must_have_files(std::move(out), "imap_oauth");
}

UpkeepSettings upkeep_settings(const Config& config) {
  UpkeepSettings out;
  out.retention = config.retention;
  if (!config.storage_url.starts_with("sqlite:")) return out;
  const std::filesystem::path file = storage::sqlite_path(config.storage_url);
  out.folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  out.least_free = static_cast<std::uintmax_t>(config.storage_least_free_mb) * 1'000'000;
  return out;
}

void release_orphans(storage::Database& db) {
  storage::Transaction transaction(db);
  const auto released = storage::release_claims(db, system_clock()());
  storage::release_webhooks(db, system_clock()());
  storage::release_books(db, system_clock()());
  for (const auto& daemon : storage::daemons(db)) storage::sign_off(db, daemon.id);
  transaction.commit();
  if (released > 0) log_info("released", "notices=" + std::to_string(released));
}

// Debian starts programs with 1,024 descriptors at most, fewer than the connections that are served.
void allow_many_connections() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// All but where it listens. What may fail comes first: a reload has changed nothing then.
ServiceSettings service_settings(const Config& config) {
  ServiceSettings settings;
  settings.web_proxy = config.web_proxy;
  settings.maildir = config.maildir_path;
  settings.imap = imap_settings(config);
  settings.relay = relay_settings(config);
  settings.password_file = config.smtp_password_file;
  settings.token_source = token_source(config);
  settings.imap_token_source = imap_token_source(config);
  settings.database_url = config.storage_url;
  settings.user_agent = "tertius/" TERTIUS_VERSION;
  settings.roles = config.roles;
  settings.bounce_stop = config.smtp_bounce_stop;
  settings.upkeep = upkeep_settings(config);
  settings.rates = {config.smtp_mails_per_minute, config.smtp_mails_per_minute_and_domain};
  settings.engine = engine_settings_alone(config);
  return settings;
}

// `running`: the configuration in force, as TOML; replaced by what is taken.
Reloaded must_reload(const std::string& path, std::string& running) {
  const std::string fresh = read_file(path);
  must_take(read_config(fresh), path);
  const ConfigMerge merge = merge_reloadable(running, fresh);
  const Config config =
      must_take(read_config(merge.toml), path + " and what runs do not go together; restart it");
  Reloaded out{service_settings(config), replace_templates(config), merge.taken, merge.waiting};
  set_log_level(config.log_level);
  running = merge.toml;
  return out;
}

Result<Reloaded> reload(const std::string& path, std::string& running) {
  try {
    return must_reload(path, running);
  } catch (const CommandFailure& e) {
    return e.failure;
  } catch (const std::exception& e) {
    return Failure{e.what(), {}};
  }
}

int serve(const std::string& path) {
  // Not our end while we are not ready to read anything again.
  std::signal(SIGHUP, SIG_IGN);
  const Config config = must_read_config(path);
  std::string running = read_file(path);
  start_log(config.log_level);
  allow_many_connections();

  ServiceSettings settings = service_settings(config);
  load_templates(config);
  const HandedIn sockets = must_have(take_handed_in());
  settings.web =
      must_have(listen_on(must_parse_listen("web.listen", config.web_listen), sockets.http, "web.listen"));
  settings.lmtp =
      must_have(listen_on(must_parse_listen("lmtp.listen", config.lmtp_listen), sockets.lmtp, "lmtp.listen"));
  if (!config.metrics_listen.empty())
    settings.metrics = must_parse_listen("metrics.listen", config.metrics_listen);
  storage::Database db = storage::open_database(config.storage_url, true);
  storage::migrate(db);
  // With SQLite this is the only daemon, and what its predecessor had claimed when it died is claimed by
  // nobody.
  if (!db.is_postgres()) release_orphans(db);
  if (db.is_postgres()) settings.time = share_time(db, settings.engine);
  settings.engine.daemon = storage::DaemonId{settings.engine.ids()};
  Service service(std::move(db), std::move(settings));
  service.reload_by([path, running]() mutable { return reload(path, running); });
  service.run();
  return 0;
}

int check(const std::string& path, bool file_only) {
  const Config config = must_read_config(path);
  must_parse_listen("web.listen", config.web_listen);
  must_parse_listen("lmtp.listen", config.lmtp_listen);
  if (!config.metrics_listen.empty()) must_parse_listen("metrics.listen", config.metrics_listen);
  if (!file_only) {
    relay_settings(config);
    imap_settings(config);
    token_source(config);
    imap_token_source(config);
    engine_settings(config);
  }
  std::cout << path << " is good.\n";
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, Chosen& chosen) {
  auto path = std::make_shared<std::string>();
  auto* serving = app.add_subcommand("serve", "Run the daemon until SIGTERM");
  add_config_option(*serving, *path);
  serving->callback([&chosen, path] { chosen = [path] { return serve(*path); }; });
  auto* checking = app.add_subcommand("check", "Read the configuration and say what is wrong with it");
  add_config_option(*checking, *path);
  auto file_only = std::make_shared<bool>(false);
  checking->add_flag("--file-only", *file_only, "Not the secrets, keys and templates that it names");
  checking->callback(
      [&chosen, path, file_only] { chosen = [path, file_only] { return check(*path, *file_only); }; });
  auto* reference =
      app.add_subcommand("config-reference", "Print every key of the configuration with its meaning");
  reference->callback([&chosen] {
    chosen = [] {
      std::cout << config_reference();
      return 0;
    };
  });
}

}  // namespace tertius::daemon
