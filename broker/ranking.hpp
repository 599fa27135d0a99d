#pragma once
// Ranks connectors by P(C forwards) x P(T engages): a max-product path, not fewest hops. Pure; every part
// comes back with its evidence as a reason. People are shown tier and reasons, never the number.
//   score = min(1, s_RC^0.5 * s_CT * a_C * r_C * load * context * (1 + 0.15*g(m)))
// Sources of the parts: Roth et al., KDD 2010; Rajkumar et al., Science 2022; Dodds et al., Science 2003.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/person.hpp"
#include "broker/wording.hpp"

namespace tertius {

enum class Tier { strong, good, weak };
std::string_view tier_name(Tier tier);
Wording tier_wording(Tier tier);  // "a good connection"

// How a connector has answered so far; counts carry a one-year half-life.
struct AnswerRecord {
  double forwarded = 0;
  double decided = 0;
  double answered_in_time = 0;
  double asked = 0;
  int open = 0;
  bool excluded = false;  // stopped, blocked, declined this target lately, or the pair budget is spent
};

struct Candidate {
  Person connector;
  std::vector<Tie> requester_ties;  // between R and C, either direction
  std::vector<Tie> target_ties;     // between C and T, C's own first
  AnswerRecord answers;
  int mutual = 0;  // people whom both R and C know
};

struct ScorePart {
  std::string name;
  double value = 0;
  std::string evidence;
};

struct RankedConnector {
  PersonId connector{};
  Tier tier{};
  double score = 0;  // for sorting and --why only
  std::vector<Wording> reasons;
  std::vector<ScorePart> parts;
};

// Whether ties of these strengths can reach the floor at all, everything else at its best.
bool may_be_found(double to_requester, double to_target);

// Best first; equal scores by person id. Candidates with a score of 0 or below the floor (0.03) are left out.
std::vector<RankedConnector> rank(const std::vector<Candidate>& candidates, const Person& target, Time now);

}  // namespace tertius
