#pragma once
// The words that a person is found by: those in `people`, and those that their owners' files have for them.
// Callers hold a transaction.

#include <string>

#include "broker/ids.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

void add_words(Database& db, PersonId person, const std::string& folded);
// As `people` and `own_words` now have them.
void index_words(Database& db, PersonId person);

}  // namespace tertius::storage
