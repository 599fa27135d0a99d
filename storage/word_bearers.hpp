#pragma once
// Who has words that begin as all of these do, by the index of words alone (person_words): of a million
// people 15,000 have a frequent first name, and to read them takes 80 ms. SQLite, a million people: to look a
// word of a person up takes 3 microseconds, to intersect two ranges of the index 0.25 for each entry.

#include <cstdint>
#include <string>
#include <vector>

#include "storage/db.hpp"

namespace tertius::storage {

struct WordWalk {
  std::vector<std::string> words;  // the rarest first
  std::int64_t most = 0;           // so many who have it are walked through, and their other words looked up
  bool intersects = false;         // instead, the two rarest are intersected
  bool is_cut = false;             // more than `most` have even the rarest
};

// `thorough`: words that are all frequent are intersected, where that does not take too long.
WordWalk plan_walk(Database& db, std::vector<std::string> words, std::int64_t most, bool thorough);

// A SELECT of `person`. The arguments from `first` on: how many are wanted at most, and then
// walk_arguments().
std::string bearers_sql(const Database& db, const WordWalk& walk, std::size_t first);
std::vector<Value> walk_arguments(const WordWalk& walk);
// "FROM (...) AS people": their whole rows.
std::string people_who_bear_sql(const Database& db, const WordWalk& walk, std::size_t first);

std::int64_t count_bearers(Database& db, const WordWalk& walk, std::int64_t most);

}  // namespace tertius::storage
