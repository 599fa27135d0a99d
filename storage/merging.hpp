#pragma once
// Two of an owner's contacts are one person: a name and an organisation that are alike are a question to the
// owner, never an answer. What the owner says holds for the owner: their ties and words move to the contact
// that is kept, and what their next files say of the other is of that one; nobody else sees anything of it,
// and no address becomes anybody's. Callers hold a transaction.

#include <optional>
#include <utility>
#include <vector>

#include "storage/my_contacts.hpp"
#include "storage/own_words.hpp"

namespace tertius::storage {

// Two contacts of the owner who are called alike and are at one organisation, of whom the owner has not said
// that they are two.
struct Alike {
  KnownContact one, other;
};
std::vector<Alike> find_alike(Database& db, PersonId owner, std::size_t most);

// The one that is kept: a member, else who has an address, else whom others know too, else the first. None
// where they are not two contacts of the owner, or both are members.
std::optional<PersonId> merge_contacts(Database& db, PersonId owner, PersonId one, PersonId other, Time now);
// What was known of each before is known again; what came since stays with the one that was kept. False where
// they are not merged, or the kept one has itself been merged since.
bool unmerge_contact(Database& db, PersonId owner, PersonId gone);
void tell_apart(Database& db, PersonId owner, PersonId one, PersonId other);

struct MergedContact {
  PersonId gone{};
  OwnWords words;  // what the owner had said of them
  std::optional<Address> address;
};
std::vector<MergedContact> merged_into(Database& db, PersonId owner, PersonId kept);
// Whom the owner means by this one.
PersonId merged_as(Database& db, PersonId owner, PersonId person);
// Before the person is deleted: nobody is held any more for having been merged into them, or by them.
void release_merged(Database& db, PersonId person);

}  // namespace tertius::storage
