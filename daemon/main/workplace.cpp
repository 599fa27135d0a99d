#include "daemon/main/workplace.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

#include "daemon/ids.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/secret_file.hpp"
#include "storage/backup.hpp"
#include "storage/migrate.hpp"
#include "storage/network_rows.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

std::optional<std::filesystem::path> overrides(const Config& config) {
  if (config.template_overrides.empty()) return std::nullopt;
  return config.template_overrides;
}

}  // namespace

Config must_take(ConfigReading reading, const std::string& path) {
  if (reading.problems.empty()) {
    Config& out = reading.config;
    for (auto* file : {&out.link_key_file, &out.smtp_password_file, &out.imap_password_file,
                       &out.oauth_client_secret_file, &out.oauth_refresh_token_file,
                       &out.imap_oauth_client_secret_file, &out.imap_oauth_refresh_token_file})
      *file = secret_path(*file).string();
    return std::move(out);
  }
  std::string all;
  for (const auto& problem : reading.problems) all += (all.empty() ? "" : "\n") + text(problem, path);
  throw CommandFailure{exit_config, {all, "tertius config-reference shows every key"}};
}

Config must_read_config(const std::string& path) { return must_take(read_config_file(path), path); }

std::shared_ptr<const void> replace_templates(const Config& config) {
  auto replaced = templates::replace_catalogue(overrides(config));
  if (!replaced) throw CommandFailure{exit_config, replaced.error()};
  return std::move(replaced).value();
}

void load_templates(const Config& config) { replace_templates(config); }

EngineSettings engine_settings(const Config& config) {
  EngineSettings out = engine_settings_alone(config);
  load_templates(config);
  return out;
}

EngineSettings engine_settings_alone(const Config& config) {
  auto keys = load_link_keys(config.link_key_file);
  if (!keys) throw CommandFailure{exit_config, keys.error()};
  EngineSettings out;
  out.policy = config.policy;
  out.links = {config.public_url, config.domain, config.mailbox, std::move(keys.value())};
  out.community = config.community;
  out.trusted_authserv_id = config.trusted_authserv_id;
  if (!config.operator_address.empty()) out.operator_address = parse_address(config.operator_address).value();
  out.hold_ambiguous_to_target = config.smtp_hold_ambiguous_to_target;
  out.private_webhooks = config.allow_private_webhooks;
  out.private_address_books = config.allow_private_address_books;
  out.address_book_interval = std::chrono::hours{config.address_book_hours};
  out.clock = system_clock();
  out.ids = random_ids();
  return out;
}

std::shared_ptr<storage::DatabaseTime> share_time(storage::Database& db, EngineSettings& settings) {
  auto time = std::make_shared<storage::DatabaseTime>(db);
  settings.clock = [time] { return time->now(); };
  return time;
}

std::unique_ptr<Workplace> open_workplace(const std::string& config_path, bool exclusive) {
  Config config = must_read_config(config_path);
  EngineSettings settings = engine_settings(config);
  storage::Database db = storage::open_database(config.storage_url, exclusive);
  storage::migrate(db);
  if (db.is_postgres()) share_time(db, settings);
  // A command has no network in memory; it is read only where nobody knows both.
  settings.long_ways = [](storage::Database& from) {
    return std::make_shared<const Network>(storage::load_network(from).network);
  };
  return std::make_unique<Workplace>(std::move(config), std::move(db), std::move(settings));
}

void note(Workplace& place, storage::AuditAct act, const std::string& subject) {
  storage::note_audit(place.db, place.engine.now(), storage::by_operator, act, subject);
}

void note_done(const Config& config, storage::AuditAct act, const std::string& subject) {
  try {
    const bool is_file = config.storage_url.starts_with("sqlite:");
    if (is_file && !std::filesystem::exists(storage::sqlite_path(config.storage_url))) return;
    storage::Database db = storage::open_database(config.storage_url, false);
    storage::migrate(db);
    storage::Transaction transaction(db);
    storage::note_audit(db, system_clock()(), storage::by_operator, act, subject);
    transaction.commit();
  } catch (const storage::StorageError& e) {
    std::cerr << "It is done, but not in the audit log: " << e.what() << "\n";
  }
}

std::string read_file(const std::string& path) {
  std::ostringstream out;
  if (path == "-") {
    out << std::cin.rdbuf();
    return out.str();
  }
  std::ifstream in(path, std::ios::binary);
  if (!in || !(out << in.rdbuf())) {
    if (in && in.peek() == std::ifstream::traits_type::eof()) return {};
    throw CommandFailure{exit_no_input,
                         {path + " cannot be read", "is the name right, and may you read it?"}};
  }
  return out.str();
}

Address must_parse_address(const std::string& text) {
  auto address = parse_address(text);
  if (!address) throw CommandFailure{exit_data, address.error()};
  return address.value();
}

Person must_find_member(storage::Database& db, const std::string& address) {
  const auto person = storage::find_person_by_address(db, must_parse_address(address));
  if (!person || !person->member) {
    throw CommandFailure{
        exit_no_user,
        {address + " is not a member's address", "tertius member add " + address + " --name \"...\""}};
  }
  return *person;
}

}  // namespace tertius::daemon
