// A community in which COUNT connectors have just been asked, in the database that CONFIG names, whose links
// are signed by CONFIG's key: soak_asked CONFIG COUNT. The mails to them are due and go out when the daemon
// serves.
#include <iostream>

#include "daemon/config.hpp"
#include "storage/backup.hpp"
#include "tests/bench/community.hpp"

namespace tertius::soak {
namespace {

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() != 2) return std::cerr << "usage: see asked.cpp\n", 64;
  const auto reading = daemon::read_config_file(arguments[0]);
  if (!reading.problems.empty()) return std::cerr << arguments[0] << " is not good\n", 78;
  const daemon::Config& config = reading.config;
  const bool is_file = config.storage_url.starts_with("sqlite:");
  auto db =
      bench::new_community(is_file ? storage::sqlite_path(config.storage_url).string() : config.storage_url);
  daemon::Engine engine{db, bench::community_settings()};
  engine.settings.links = {config.public_url, config.domain, config.mailbox,
                           daemon::load_link_keys(config.link_key_file).value()};
  bench::add_requests(engine, std::stoi(arguments[1]));
  return 0;
}

}  // namespace
}  // namespace tertius::soak

int main(int argc, char** argv) { return tertius::soak::run({argv + 1, argv + argc}); }
