#pragma once
// A member's list of people, page by page: the members, and the member's own contacts. Nobody is there who
// may not be seen (visible_people.hpp). Callers hold a transaction.

#include <string>
#include <vector>

#include "broker/person.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

// Where a page of people begins: behind this name.
struct NamePlace {
  std::string folded_name;
  std::int64_t id = 0;
};
NamePlace place_of(const Person& person);

// By name. With words, those of whom each word begins a word of name, organisation or title. People without
// a name are left out: all that is known of them is an address.
std::vector<Person> people_page(Database& db, PersonId viewer, const std::string& words,
                                const NamePlace& behind, int limit);

}  // namespace tertius::storage
