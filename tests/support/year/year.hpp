#pragma once
// A year of a community, made up: requests, answers, letters and notices that hang together and are the same
// for the same seed. For looking at the operator's pages and for measuring them.

#include "broker/link.hpp"
#include "storage/db.hpp"

namespace tertius::year {

inline constexpr PersonId the_operator{1};
inline constexpr const char* operator_address = "operator@rowan.example";

struct Wanted {
  Time now{};
  int introductions = 1000;
  bool with_words = true;  // notices with all their fields: 6 KB each
  unsigned seed = 1;
};

// Into an empty, migrated database, in one transaction.
void fill(storage::Database& db, const Links& links, const Wanted& wanted);

}  // namespace tertius::year
