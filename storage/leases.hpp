#pragma once
// What only one daemon may do at a time: whoever holds the lease of that name. A lease that is not renewed
// runs out, and the next who asks has it, under a higher fence; whoever had it before finds that out in the
// very transaction in which it would have used it (holds_lease), however long it slept. Callers hold a
// transaction; times are the database's. Source: Kleppmann, "How to do distributed locking" (2016), fencing.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/daemons.hpp"

namespace tertius::storage {

struct Lease {
  std::string name;
  DaemonId holder{};
  std::int64_t fence = 0;
  Time until{};
};

// Whether `holder` has it now: it is free, has run out, or was theirs already. Held until now + length.
bool take_lease(Database& db, const std::string& name, DaemonId holder, Time now,
                std::chrono::seconds length);
// Nobody else can take it before this transaction ends.
bool holds_lease(Database& db, const std::string& name, DaemonId holder, Time now);
void give_up_leases(Database& db, DaemonId holder);
std::vector<Lease> leases(Database& db);  // by name

}  // namespace tertius::storage
