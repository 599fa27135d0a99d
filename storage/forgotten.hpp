#pragma once
// Whoever is forgotten keeps their refusals, and so do those who have refused them, or else the next file
// with the address in it, or joining anew, would undo them. Of the address a hash alone is kept, made with a
// secret of this database. Callers hold a transaction.

#include <string>

#include "broker/address.hpp"
#include "broker/person.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

// What an address is remembered by.
std::string forgotten_key(Database& db, const std::string& address_key);

// Before the row of `person` is deleted; `person` as they shall come back. Nothing is kept of whoever has set
// nothing and is refused by nobody.
void keep_refusals(Database& db, const Person& person);
// The address has become this person's.
void restore_refusals(Database& db, PersonId person, const std::string& address_key);

}  // namespace tertius::storage
