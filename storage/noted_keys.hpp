#pragma once
// Addresses and profiles that one member's files give a contact besides the one they are known by here. They
// find the contact for that member's next file, and for nothing else: no mail goes there, no letter from
// there is theirs. Callers hold a transaction.

#include <optional>
#include <string>
#include <vector>

#include "broker/address.hpp"
#include "broker/ids.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

std::optional<PersonId> find_noted(Database& db, PersonId owner, const std::string& key);
// Whether this is news. What the owner has noted of somebody else stays.
bool note_address(Database& db, PersonId owner, PersonId contact, const Address& address);
bool note_profile(Database& db, PersonId owner, PersonId contact, const std::string& key);

// Their own, and what anybody has noted, in no order that tells who: to be shown to themself alone, and to be
// kept out of mails that must not show where they are.
std::vector<Address> every_address_of(Database& db, PersonId person);

}  // namespace tertius::storage
