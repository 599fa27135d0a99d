#include "daemon/main/workplace.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

#include "daemon/ids.hpp"
#include "daemon/main/commands.hpp"
#include "storage/migrate.hpp"
#include "storage/network_rows.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

Config must_read_config(const std::string& path) {
  auto reading = read_config_file(path);
  if (reading.problems.empty()) return std::move(reading.config);
  std::string all;
  for (const auto& problem : reading.problems) all += (all.empty() ? "" : "\n") + text(problem, path);
  throw CommandFailure{exit_config, {all, "tertius config-reference shows every key"}};
}

void load_templates(const Config& config) {
  const auto overrides = config.template_overrides.empty()
                             ? std::nullopt
                             : std::optional<std::filesystem::path>(config.template_overrides);
  if (auto loaded = templates::load_catalogue(overrides); !loaded)
    throw CommandFailure{exit_config, loaded.error()};
}

EngineSettings engine_settings(const Config& config) {
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
  load_templates(config);
  return out;
}

std::unique_ptr<Workplace> open_workplace(const std::string& config_path, bool exclusive) {
  Config config = must_read_config(config_path);
  EngineSettings settings = engine_settings(config);
  storage::Database db = storage::open_database(config.storage_url, exclusive);
  storage::migrate(db);
  // A command has no network in memory; it is read only where nobody knows both.
  settings.long_ways = [](storage::Database& from) {
    return std::make_shared<const Network>(storage::load_network(from).network);
  };
  return std::make_unique<Workplace>(std::move(config), std::move(db), std::move(settings));
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
