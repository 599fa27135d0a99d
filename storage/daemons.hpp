#pragma once
// Who is at work on this database: each daemon says so every few seconds. One that has not been heard of for
// `daemon_is_gone` has died, or cannot reach the database. Callers hold a transaction; times are the
// database's (database_time.hpp).

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

enum class DaemonId : std::int64_t {};  // of one run; 0 is a command, which is no daemon

inline constexpr std::chrono::seconds daemon_is_gone{20};

struct DaemonRow {
  DaemonId id{};
  std::string host;      // its name, for people
  std::string machine;   // this installation, and
  std::string boot;      // since its last start, the namespace of processes included: in which
  std::int64_t pid = 0;  // means something
  std::string version;
  std::int64_t knows_schema = 0;  // the newest that its program knows
  std::string roles;              // "web lmtp"
  Time started_at{}, seen_at{};
};

// Written anew where it was forgotten meanwhile.
void see_daemon(Database& db, const DaemonRow& daemon);
// It ends, and holds nothing any more.
void sign_off(Database& db, DaemonId id);
// Who has not been seen since `before` is no longer told of; the number.
std::int64_t forget_daemons(Database& db, Time before);
std::vector<DaemonRow> daemons(Database& db);  // the oldest first

inline bool is_alive(const DaemonRow& daemon, Time now) { return daemon.seen_at + daemon_is_gone > now; }

}  // namespace tertius::storage
