// status: who is at work on this database, and what waits
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>
#include <map>

#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/daemons.hpp"
#include "storage/leases.hpp"
#include "storage/sending_stop.hpp"
#include "storage/statistics.hpp"

namespace tertius::daemon {

namespace {

namespace json = boost::json;

struct StatusOptions {
  std::string config;
  bool json = false;
};

struct Standing {
  std::vector<storage::DaemonRow> daemons;
  std::vector<storage::Lease> leases;
  storage::Backlog backlog;
  std::optional<storage::SendingStop> stop;
  Time now{};
};

Standing find_standing(Engine& engine) {
  return {storage::daemons(engine.db), storage::leases(engine.db),
          storage::count_backlog(engine.db, engine.now()), storage::find_sending_stop(engine.db),
          engine.now()};
}

std::string leases_of(const Standing& standing, storage::DaemonId id) {
  std::string out;
  for (const auto& lease : standing.leases)
    if (lease.holder == id && lease.until > standing.now) out += (out.empty() ? "" : " ") + lease.name;
  return out;
}

std::int64_t mails_due(const storage::Backlog& backlog) {
  std::int64_t due = 0;
  for (const std::int64_t one : backlog.due) due += one;
  return due;
}

json::object to_json(const Standing& standing) {
  json::array daemons, leases;
  for (const auto& one : standing.daemons)
    daemons.push_back(json::object{{"host", one.host},
                                   {"pid", one.pid},
                                   {"version", one.version},
                                   {"knows_schema", one.knows_schema},
                                   {"roles", one.roles},
                                   {"leases", leases_of(standing, one.id)},
                                   {"started_at", iso_time(one.started_at)},
                                   {"seen_at", iso_time(one.seen_at)},
                                   {"alive", storage::is_alive(one, standing.now)}});
  for (const auto& lease : standing.leases)
    leases.push_back(json::object{{"name", lease.name},
                                  {"held", lease.until > standing.now},
                                  {"fence", lease.fence},
                                  {"until", iso_time(lease.until)}});
  const auto& oldest = standing.backlog.oldest;
  return {{"daemons", daemons},
          {"leases", leases},
          {"mails_due", mails_due(standing.backlog)},
          {"oldest_due_since", oldest ? json::value(iso_time(*oldest)) : json::value()},
          {"sending_stopped", standing.stop ? json::value(standing.stop->why) : json::value()}};
}

std::string seconds_text(std::chrono::seconds age) { return std::to_string(age.count()) + " s ago"; }

void print(const Standing& standing) {
  std::vector<std::vector<std::string>> rows{{"HOST", "PID", "VERSION", "ROLES", "LEASES", "SEEN"}};
  for (const auto& one : standing.daemons) {
    const std::string seen = seconds_text(standing.now - one.seen_at);
    rows.push_back({one.host, std::to_string(one.pid), one.version, one.roles, leases_of(standing, one.id),
                    storage::is_alive(one, standing.now) ? seen : "gone, " + seen});
  }
  rows.size() > 1 ? print_table(rows) : void(std::cout << "No daemon is at work on this database.\n");
  const auto& oldest = standing.backlog.oldest;
  std::cout << mails_due(standing.backlog) << " mails are due";
  if (oldest) std::cout << ", the oldest since " << iso_time(*oldest);
  std::cout << ".\n";
  if (standing.stop)
    std::cout << "Sending is stopped: " << printable(standing.stop->why) << ". tertius outbox --resume\n";
}

// 0 where somebody is at work.
int show_status(const StatusOptions& options) {
  const auto place = open_workplace(options.config);
  const Standing standing = find_standing(place->engine);
  options.json ? print_json(to_json(standing)) : print(standing);
  for (const auto& one : standing.daemons)
    if (storage::is_alive(one, standing.now)) return 0;
  return exit_unavailable;
}

}  // namespace

void add_status(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<StatusOptions>();
  auto* showing = app.add_subcommand(
      "status",
      "Which daemons are at work on the database, what they do, and what waits. Exit 0 where one is.");
  add_config_option(*showing, options->config);
  showing->add_flag("--json", options->json);
  showing->callback([&chosen, options] { chosen = [options] { return show_status(*options); }; });
}

}  // namespace tertius::daemon
