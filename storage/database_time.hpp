#pragma once
// What time it is for all daemons of one database: the server's clock. Each reads it every few seconds and
// counts on from there by its own steady clock, so that a host whose clock is wrong, or is set, does nothing
// early, late or twice. SQLite's daemon is the only one, and the host's clock is its own.

#include <atomic>
#include <cstdint>

#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

class DatabaseTime {
 public:
  explicit DatabaseTime(Database& db) { read(db); }

  // Asks the database. Right to half of the round trip. The thread that owns `db`; throws StorageError.
  void read(Database& db);
  Time now() const;  // any thread

 private:
  std::atomic<std::int64_t> ahead_{0};  // of the steady clock, in milliseconds
};

}  // namespace tertius::storage
