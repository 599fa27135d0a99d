#pragma once
// Everything one person is in, as the list of "my introductions" has it: what waits for them first, then what
// is open, then what has ended. Callers hold a transaction.

#include <vector>

#include "broker/standing.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

struct MyIntroduction {
  IntroductionId id{};
  Role role{};
  Group group{};  // as seat_of() has it; a test compares the two
};

// As connector those that they were ever asked for, as target those that were forwarded: before, a target
// hears nothing. Newest first in each group.
std::vector<MyIntroduction> list_my_introductions(Database& db, PersonId person, Time now, int limit,
                                                  int offset);

}  // namespace tertius::storage
