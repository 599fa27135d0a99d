#pragma once
// The words for a ranking: why this connector. Never the number.

#include <optional>
#include <string>
#include <vector>

#include "broker/ranking.hpp"

namespace tertius {

// What C and T have in common professionally: "both at Constant Contact", "same profession: marketing".
std::optional<Wording> shared_context(const Person& connector, const Person& target);

// The tie that counts, of those between two people; null where none has strength. A rating by `first` goes
// before one by anybody else, and any rating before all evidence.
const Tie* decisive_tie(const std::vector<Tie>& ties, PersonId first);

// A tie's evidence is kept as words ("connected on LinkedIn since March 2019").
Wording evidence_wording(const std::string& evidence);

std::vector<Wording> ranking_reasons(const Candidate& candidate, const Person& target, Time now);

}  // namespace tertius
