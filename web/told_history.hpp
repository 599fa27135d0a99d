#pragma once
// The history of an introduction as one of its people may know it, in the words of web/standing_words.hpp.

#include <string>
#include <vector>

#include "broker/standing.hpp"
#include "storage/db.hpp"

namespace tertius::web {

struct Told {
  Time at{};
  std::string words;
};
// Oldest first; none for whoever has no part in it.
std::vector<Told> told_history(storage::Database& db, const Introduction& introduction, PersonId person);

}  // namespace tertius::web
