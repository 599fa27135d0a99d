#pragma once
// What people have set for themselves, and whom they do not want to hear of. Callers hold a transaction.

#include <vector>

#include "broker/ids.hpp"
#include "broker/preferences.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

Preferences load_preferences(Database& db, PersonId person);  // the defaults where nothing was set
void save_preferences(Database& db, PersonId person, const Preferences& preferences);

// `person` is never asked by, nor introduced to, `other`.
void add_do_not_ask(Database& db, PersonId person, PersonId other);
void remove_do_not_ask(Database& db, PersonId person, PersonId other);
bool has_do_not_ask(Database& db, PersonId person, PersonId other);
std::vector<PersonId> do_not_ask_list(Database& db, PersonId person);

}  // namespace tertius::storage
