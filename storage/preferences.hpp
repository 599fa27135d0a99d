#pragma once
// What people have set for themselves, and whom they do not want to hear of. Callers hold a transaction.

#include <string>
#include <vector>

#include "broker/ids.hpp"
#include "broker/preferences.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

Preferences load_preferences(Database& db, PersonId person);  // the defaults where nothing was set
void save_preferences(Database& db, PersonId person, const Preferences& preferences);

// `person` is never asked by, nor introduced to, `other`.
struct Unwanted {
  PersonId other{};
  std::string address;  // as `person` wrote it; empty where nobody did
};
void add_do_not_ask(Database& db, PersonId person, PersonId other, const std::string& address = {});
void remove_do_not_ask(Database& db, PersonId person, PersonId other, const std::string& address = {});
bool has_do_not_ask(Database& db, PersonId person, PersonId other);
std::vector<PersonId> do_not_ask_list(Database& db, PersonId person);
// One for each address that was written, by address.
std::vector<Unwanted> do_not_ask_addresses(Database& db, PersonId person);

}  // namespace tertius::storage
