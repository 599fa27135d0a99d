#pragma once
// A member's own contacts: whom they know, how, and taking that back. Every function names the owner and
// reaches nobody else's ties. A contact of whom nothing is left is forgotten a little later
// (forget_unneeded). Callers hold a transaction.

#include <optional>
#include <string>
#include <vector>

#include "storage/people.hpp"

namespace tertius::storage {

struct KnownContact {
  Person person;
  std::vector<Tie> ties;  // the owner's to this person, by source
};

struct ContactList {
  std::vector<KnownContact> contacts;
  std::int64_t total = 0;  // of those whose words match
};

// By name. Every word of `words` begins a word of the name, organisation or title; all of them where it is
// empty.
ContactList list_contacts(Database& db, PersonId owner, const std::string& words, int from, int limit);
std::optional<KnownContact> find_contact(Database& db, PersonId owner, PersonId contact);

struct SourceCount {
  TieSource source{};
  std::int64_t ties = 0;
};
std::vector<SourceCount> count_ties_by_source(Database& db, PersonId owner);

// The number of ties that went.
std::int64_t forget_tie(Database& db, PersonId owner, PersonId contact, TieSource source);
std::int64_t forget_source(Database& db, PersonId owner, TieSource source);

// Of those who have lost a tie, up to `most` are looked at, and whoever is no member and nobody's contact, in
// no introduction and no notice, is deleted with their addresses. The number looked at.
std::int64_t forget_unneeded(Database& db, int most);

}  // namespace tertius::storage
