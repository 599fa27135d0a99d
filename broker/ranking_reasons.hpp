#pragma once
// The words for a ranking: why this connector. Never the number.

#include <string>
#include <vector>

#include "broker/ranking.hpp"

namespace tertius {

// What C and T have in common professionally: "both at Constant Contact", "both in marketing"; empty for
// nothing.
std::string shared_context(const Person& connector, const Person& target);

// The tie that counts, of those between two people; null where none has strength. A rating by `first` goes
// before one by anybody else, and any rating before all evidence.
const Tie* decisive_tie(const std::vector<Tie>& ties, PersonId first);

std::vector<std::string> ranking_reasons(const Candidate& candidate, const Person& target, Time now);

}  // namespace tertius
