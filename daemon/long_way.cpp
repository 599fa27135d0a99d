#include "daemon/long_way.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "broker/tiers.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"

namespace tertius::daemon {

namespace {

std::vector<Wording> reasons_for(const LongWay& way, const Person& first, const Person& target) {
  const std::string name = first_name(first);
  std::vector<Wording> reasons{
      wording("{} knows somebody who knows {}", name, first_name(target)),
      wording("two people have to agree: {} first, then whoever knows {}", name, first_name(target))};
  // A stranger's request that somebody else shall pass on asks much of who hardly knows R.
  if (cost_of(way.to_first) >= std::max(cost_of(way.between), cost_of(way.to_target)))
    reasons.push_back(wording("between you and {} is where it is weakest: write first, ask later", name));
  return reasons;
}

// What the network does not know of the two. Empty: nothing is in the way.
std::optional<PersonId> who_is_in_the_way(Engine& engine, const Network& network, const LongWay& way,
                                          PersonId requester, PersonId target) {
  const auto counts = storage::load_answer_counts(engine.db, requester, target, {way.first, way.second},
                                                  engine.now(), engine.settings.policy);
  for (const auto& one : counts)
    if (is_excluded(engine.db, one, requester, engine.now())) return one.connector;
  return network.may_see(way.first, way.second) ? std::nullopt : std::optional(way.second);
}

Tier tier_of(double score) {
  for (const Tier tier : {Tier::strong, Tier::good})
    if (score >= least_score(tier)) return tier;
  return Tier::weak;
}

FoundConnector found(Engine& engine, const Network& network, const LongWay& way, PersonId requester,
                     const Person& target) {
  const double to_first = std::sqrt(strength_of(way.to_first)), between = strength_of(way.between),
               to_target = strength_of(way.to_target), score = to_first * between * to_target;
  FoundConnector out;
  out.person = storage::as_seen_by(engine.db, requester, storage::load_person(engine.db, way.first));
  out.ranked = {
      .connector = way.first,
      .tier = tier_of(score),
      .score = score,
      .reasons = reasons_for(way, out.person, target),
      .parts = {{"requester_tie", to_first, ""}, {"between", between, ""}, {"target_tie", to_target, ""}}};
  out.named = network.find(way.first)->shown == Shown::named;
  if (out.named) out.handle = std::to_string(number(way.first));
  out.onward = way.second;
  return out;
}

}  // namespace

std::optional<FoundConnector> find_long_way(Engine& engine, const Network& network, PersonId requester,
                                            PersonId target) {
  constexpr std::size_t most_tried = 8;
  const Person shown = storage::as_seen_by(engine.db, requester, storage::load_person(engine.db, target));
  if (shown.name.empty()) return std::nullopt;
  std::vector<PersonId> not_over;
  while (not_over.size() < most_tried) {
    const auto way = network.find_long_way(requester, target, not_over);
    if (!way) return std::nullopt;
    FoundConnector one = found(engine, network, *way, requester, shown);
    if (one.ranked.score < least_score(Tier::weak)) return std::nullopt;
    const auto obstacle = who_is_in_the_way(engine, network, *way, requester, target);
    if (!obstacle) return one;
    not_over.push_back(*obstacle);
  }
  return std::nullopt;
}

}  // namespace tertius::daemon
