#include "storage/database_time.hpp"

#include <chrono>
#include <ctime>

namespace tertius::storage {
namespace {

using std::chrono::milliseconds;

// Goes on while the machine sleeps, which std::chrono::steady_clock (CLOCK_MONOTONIC) does not.
std::int64_t steady_milliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

// Not the transaction's now(), which stands still in it.
std::int64_t milliseconds_of(Database& db) {
  if (db.is_postgres())
    return db.row("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")->integer(0);
  return std::chrono::floor<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

void DatabaseTime::read(Database& db) {
  const std::int64_t before = steady_milliseconds();
  const std::int64_t there = milliseconds_of(db);
  ahead_ = there - (before + steady_milliseconds()) / 2;
}

Time DatabaseTime::now() const { return from_unix_seconds((steady_milliseconds() + ahead_) / 1000); }

}  // namespace tertius::storage
