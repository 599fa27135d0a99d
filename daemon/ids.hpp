#pragma once
// The daemon's clock and ids; tests and `tertius try` put their own in place.

#include "broker/ids.hpp"
#include "broker/time.hpp"

namespace tertius::daemon {

Clock system_clock();
// 41 bits of milliseconds since 2020, 22 random bits: sorts by age, and two daemons do not meet.
IdSource random_ids();

}  // namespace tertius::daemon
