#pragma once
// Whom a member may see. Members see each other. Whoever is no member never agreed to stand in a list: their
// name is shown to those who brought it here in their own contacts, and to those whom somebody could
// introduce to them, a second-degree path through a person who lets themselves be asked by this member and
// knows them too: that the member has written somebody into their own contacts opens nobody else's.
// Nobody else, whatever they type; by the full name or address path finding still finds them (a request's
// target), and shows nothing that was not typed. Callers hold a transaction.

#include <optional>
#include <string>
#include <vector>

#include "broker/person.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

bool may_see(Database& db, PersonId viewer, PersonId person);
// Whose contact the person is, of those over whom the viewer's way goes; of several the one who knows them
// best.
std::optional<PersonId> find_way(Database& db, PersonId viewer, PersonId person);

struct PeopleFound {
  std::vector<Person> people;
  bool as_typed = true;  // false: nobody was, and these are a slip of the finger away
  bool more = false;     // than these, or than were looked at: more of the name finds them
};
// Those whom `viewer` may see, but for the viewer, as the viewer sees them (own_words.hpp); otherwise as
// search_people.
PeopleFound search_visible(Database& db, PersonId viewer, const std::string& words, int limit);

}  // namespace tertius::storage
