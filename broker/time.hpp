#pragma once
// Time in the broker: whole UTC seconds, as they stand in the database. Nothing in broker/ reads a clock.

#include <chrono>
#include <functional>
#include <string>

namespace tertius {

using Time = std::chrono::sys_seconds;
using Clock = std::function<Time()>;

inline std::int64_t unix_seconds(Time time) { return time.time_since_epoch().count(); }
inline Time from_unix_seconds(std::int64_t seconds) { return Time{std::chrono::seconds{seconds}}; }

// "2026-03-09 14:05 UTC"
std::string time_text(Time time);
// "9 March 2026"
std::string date_text(Time time);

}  // namespace tertius
