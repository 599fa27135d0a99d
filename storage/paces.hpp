#pragma once
// How often somebody may do something, where several daemons serve one database: what one of them has granted
// counts for all. PostgreSQL alone; a daemon that is by itself keeps it in memory (web/pace.hpp). Callers
// hold a transaction.

#include <chrono>
#include <optional>
#include <string>

#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

// Takes one of `burst`, which come back one by one, each after `each`; where none is left, how long until
// there is.
std::optional<std::chrono::milliseconds> take_pace(Database& db, const std::string& who, int burst,
                                                   std::chrono::milliseconds each, Time now);
// Who could have all of their burst again is as good as unknown; the number forgotten.
std::int64_t forget_paces(Database& db, Time now);

}  // namespace tertius::storage
