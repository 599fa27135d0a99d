#include "daemon/long_way.hpp"

#include <algorithm>
#include <cmath>

#include "broker/tiers.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

std::vector<std::string> reasons_for(const LongWay& way, const Person& first, const Person& target) {
  const std::string name = first_name(first);
  std::vector<std::string> reasons{name + " knows somebody who knows " + first_name(target)};
  // A stranger's request that somebody else shall pass on asks much of who hardly knows R.
  if (cost_of(way.to_first) >= std::max(cost_of(way.between), cost_of(way.to_target)))
    reasons.push_back("between you and " + name + " is where it is weakest: write first, ask later");
  return reasons;
}

}  // namespace

std::optional<FoundLongWay> find_long_way(Engine& engine, const Network& network, PersonId requester,
                                          const Person& target) {
  const auto way = network.find_long_way(requester, target.id);
  if (!way) return std::nullopt;
  const double to_first = std::sqrt(strength_of(way->to_first)), between = strength_of(way->between),
               to_target = strength_of(way->to_target), score = to_first * between * to_target;
  if (score < least_score(Tier::weak)) return std::nullopt;
  Person first = storage::as_seen_by(engine.db, requester, storage::load_person(engine.db, way->first));
  auto reasons = reasons_for(*way, first, target);
  return FoundLongWay{
      std::move(first),
      std::move(reasons),
      {{"requester_tie", to_first, ""}, {"between", between, ""}, {"target_tie", to_target, ""}},
      score};
}

}  // namespace tertius::daemon
