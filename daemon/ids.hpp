#pragma once
// The daemon's clock and ids; tests and `tertius try` put their own in place.

#include "broker/ids.hpp"
#include "broker/time.hpp"

namespace tertius::daemon {

Clock system_clock();
// 41 bits of milliseconds since 2020, 22 random bits: sorts by age, never twice the same in one process, and
// two daemons do not meet. From any thread.
IdSource random_ids();

}  // namespace tertius::daemon
