#include "broker/ranking.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "broker/ranking_reasons.hpp"
#include "broker/tiers.hpp"

namespace tertius {

namespace {

// At 0.05 two people who only share LinkedIn or an address book (0.35 twice, no answers yet: 0.041) would not
// be found, and a community that has imported nothing else would find nobody on its first day.
constexpr double floor_score = 0.03;

// A first-day connector (a = r = 1/2) stands at 0.29 at most: "strong" needs a record of answers as well as
// ties.
struct TierRow {
  Tier tier;
  double at_least;
  std::string_view name;
};
constexpr std::array<TierRow, 3> tiers = {{
    {Tier::strong, 0.35, "strong"},
    {Tier::good, 0.12, "good"},
    {Tier::weak, floor_score, "weak"},
}};

constexpr double unlike_context = 0.8;  // Dodds, Muhamad, Watts 2003
constexpr double mutual_bonus = 0.15;   // Rajkumar et al. 2022 measured job moves: the bonus stays small
constexpr double best_mutual = 10;
constexpr double bearable_load = 5;

double strength(const Tie* tie) {
  return tie != nullptr && tie->strength > 0 ? std::min(tie->strength, 1.0) : 0.0;
}

// Counts are weighted sums from elsewhere; nonsense must not become a score above one or a NaN.
double share(double part, double whole, double prior_part, double prior_whole) {
  whole = std::max(whole, 0.0);
  return (std::clamp(part, 0.0, whole) + prior_part) / (whole + prior_whole);
}

double mutual_part(int mutual) {
  const double m = std::max(mutual, 0) / best_mutual;
  return 1 + mutual_bonus * m * std::exp(1 - m);
}

std::string tie_evidence(const Tie* tie) { return tie == nullptr ? "no tie" : tie->evidence; }

std::string counted(double part, std::string_view of, double whole) {
  return std::to_string(std::lround(part)) + " " + std::string(of) + " " + std::to_string(std::lround(whole));
}

std::vector<ScorePart> parts_of(const Candidate& candidate, const Person& target) {
  const auto& record = candidate.answers;
  const auto* requester_tie = decisive_tie(candidate.requester_ties, candidate.connector.id);
  const auto* target_tie = decisive_tie(candidate.target_ties, candidate.connector.id);
  const auto context = shared_context(candidate.connector, target);
  return {
      {"requester_tie", std::sqrt(strength(requester_tie)), tie_evidence(requester_tie)},
      {"target_tie", strength(target_tie), tie_evidence(target_tie)},
      {"acceptance", share(record.forwarded, record.decided, 2, 4),
       counted(record.forwarded, "forwarded of", record.decided)},
      {"responsiveness", share(record.answered_in_time, record.asked, 1, 2),
       counted(record.answered_in_time, "answered in time of", record.asked)},
      {"load", std::exp(-std::max(record.open, 0) / bearable_load), std::to_string(record.open) + " open"},
      {"context", context ? 1.0 : unlike_context, context ? say(*context) : "nothing shared"},
      {"mutual", mutual_part(candidate.mutual), std::to_string(candidate.mutual) + " in common"},
  };
}

double product(const std::vector<ScorePart>& parts) {
  double score = 1;
  for (const auto& part : parts) score *= part.value;
  return std::min(score, 1.0);
}

const TierRow* find_tier(double score) {
  const auto* row = std::ranges::find_if(tiers, [&](const TierRow& tier) { return score >= tier.at_least; });
  return row == tiers.end() ? nullptr : row;
}

// What would lift this connector into a better tier, where one thing would.
std::optional<Wording> counterfactual(const std::vector<ScorePart>& parts, const TierRow& now) {
  struct Change {
    std::string_view part;
    Wording (*words)(Wording tier);
  };
  static constexpr std::array<Change, 2> changes = {{
      {"load",
       [](Wording tier) {
         return wording("would be {} once the open requests are answered", std::move(tier));
       }},
      {"requester_tie",
       [](Wording tier) {
         return wording("would be {} if the two of you were in touch again: write first, ask later",
                        std::move(tier));
       }},
  }};
  for (const auto& change : changes) {
    auto other = parts;
    std::ranges::find(other, change.part, &ScorePart::name)->value = 1;
    const auto* tier = find_tier(product(other));
    if (tier != nullptr && tier->at_least > now.at_least) return change.words(tier_wording(tier->tier));
  }
  return std::nullopt;
}

}  // namespace

Wording tier_wording(Tier tier) { return {"a " + std::string(tier_name(tier)) + " connection"}; }

double least_score(Tier tier) { return std::ranges::find(tiers, tier, &TierRow::tier)->at_least; }

std::string_view tier_name(Tier tier) { return std::ranges::find(tiers, tier, &TierRow::tier)->name; }

bool may_be_found(double to_requester, double to_target) {
  constexpr double rounding = 1e-9;
  return std::sqrt(to_requester) * to_target * (1 + mutual_bonus) >= floor_score - rounding;
}

std::vector<RankedConnector> rank(const std::vector<Candidate>& candidates, const Person& target, Time now) {
  std::vector<RankedConnector> ranked;
  for (const auto& candidate : candidates) {
    const auto& connector = candidate.connector;
    if (candidate.answers.excluded || connector.stopped || connector.id == target.id) continue;
    auto parts = parts_of(candidate, target);
    const double score = product(parts);
    const auto* tier = find_tier(score);
    if (tier == nullptr) continue;
    auto reasons = ranking_reasons(candidate, target, now);
    if (auto better = counterfactual(parts, *tier)) reasons.push_back(std::move(*better));
    ranked.push_back({connector.id, tier->tier, score, std::move(reasons), std::move(parts)});
  }
  std::ranges::sort(ranked, [](const RankedConnector& a, const RankedConnector& b) {
    return a.score != b.score ? a.score > b.score : a.connector < b.connector;
  });
  return ranked;
}

}  // namespace tertius
