#pragma once
// A person leaves for good. Introductions that others took part in stay, with somebody nameless in the
// leaver's place; everything else of theirs goes, and only a hash of their addresses remembers never to mail
// them, to introduce them to nobody, and who shall not be asked by whom (forgotten.hpp). These statements
// walk whole tables: it is rare. Callers hold a transaction.

#include <vector>

#include "storage/people.hpp"

namespace tertius::storage {

inline constexpr std::string_view nameless = "Somebody who has left";

// In every introduction of `leaver` stands `nobody` from now on, a new person without name, address or mail.
void put_nobody_in_place(Database& db, PersonId leaver, PersonId nobody);
// What was written in introductions by this person and of them, and the copies of mails about them that have
// been sent.
void forget_words_of(Database& db, PersonId nobody);
// The rest: addresses, ties both ways, preferences, imports, letters, notices, the person.
void delete_person(Database& db, PersonId leaver, Time now);

// An address that is nobody's in `people`: the letters from there, and the notices that went there.
bool has_mails_of(Database& db, const Address& address);
// How many they were. Where there were any, a hash remembers the address as that of a person.
std::int64_t forget_stranger(Database& db, const Address& address, Time now);

}  // namespace tertius::storage
