#pragma once
// The words that people are found by, under all that a slip of the finger makes of them. Callers hold a
// transaction.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/db.hpp"

namespace tertius::storage {

void add_near_words(Database& db, std::string_view word);  // nothing where it is there
// The words of many people: each once, whoever bears it, in the order of the index.
void add_near_words(Database& db, const std::set<std::string>& words);
// A word that nobody bears any more: it may have been somebody's name.
void drop_near_words(Database& db, std::string_view word);

// Words one slip away from `typed` or beginning so, the closest first; bounded.
std::vector<std::string> find_near_words(Database& db, std::string_view typed);

}  // namespace tertius::storage
