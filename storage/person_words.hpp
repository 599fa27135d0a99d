#pragma once
// The words that a person is found by: those in `people`, and those that their owners' files have for them.
// Callers hold a transaction.

#include <map>
#include <string>

#include "broker/ids.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

void add_words(Database& db, PersonId person, const std::string& folded);
// Of new people, all at the end of a file: the indexes are filled in their own order.
using NewWords = std::map<PersonId, std::string>;  // folded
void add_words(Database& db, const NewWords& people);
// As `people` and `own_words` now have them.
void index_words(Database& db, PersonId person);

}  // namespace tertius::storage
