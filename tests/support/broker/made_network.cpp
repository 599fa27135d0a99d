#include "tests/support/broker/made_network.hpp"

#include <algorithm>

namespace tertius {

namespace {

int draw(std::mt19937& random, int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(random);
}

}  // namespace

void MadeNetwork::draw_people(std::mt19937& random, int count) {
  for (int i = 0; i < count; ++i) {
    NetworkPerson person;
    person.id = PersonId{draw(random, 1, 1'000'000)};
    person.member = draw(random, 0, 2) > 0;
    person.stopped = draw(random, 0, 19) == 0;
    person.meets_nobody = draw(random, 0, 9) == 0;
    person.has_address = draw(random, 0, 9) > 0;
    person.shown = draw(random, 0, 9) == 0   ? Shown::no
                   : draw(random, 0, 5) == 0 ? Shown::anonymous
                                             : Shown::named;
    people[person.id] = person;
  }
}

PersonId MadeNetwork::anybody(std::mt19937& random) const {
  return std::next(people.begin(), draw(random, 0, static_cast<int>(people.size()) - 1))->first;
}

void MadeNetwork::draw_ties(std::mt19937& random, int count) {
  constexpr std::array sources{TieSource::linkedin, TieSource::address_book, TieSource::mail,
                               TieSource::rating};
  for (int i = 0; i < count; ++i) {
    const PersonId owner = anybody(random), contact = anybody(random);
    if (owner == contact) continue;
    const double strength = draw(random, 0, 9) == 0 ? 0 : draw(random, 1, 100) / 100.0;
    ties[{owner, contact}].push_back(
        tie_code(sources[static_cast<std::size_t>(draw(random, 0, 3))], strength));
  }
}

void MadeNetwork::draw_refusals(std::mt19937& random, int count) {
  for (int i = 0; i < count; ++i) refusals.insert({anybody(random), anybody(random)});
}

Network MadeNetwork::build() const {
  std::vector<NetworkPerson> all;
  for (const auto& [id, person] : people) all.push_back(person);
  std::ranges::reverse(all);
  NetworkBuilder builder(std::move(all));
  for (const auto& [pair, codes] : ties)
    for (const TieCode code : codes) builder.add_tie(pair.first, pair.second, code);
  for (const Refused& refusal : refusals) builder.add_refusal(refusal);
  return std::move(builder).build();
}

PersonChange MadeNetwork::change_of(PersonId id) const {
  PersonChange change;
  change.person.id = id;
  const auto found = people.find(id);
  change.gone = found == people.end();
  if (change.gone) return change;
  change.person = found->second;
  for (const auto& [pair, codes] : ties)
    for (const TieCode code : codes)
      if (pair.first == id) change.ties.push_back({pair.second, code});
  for (const Refused& refusal : refusals)
    if (refusal.person == id) change.refusals.push_back(refusal.other);
  return change;
}

TieCode MadeNetwork::code(PersonId owner, PersonId contact) const {
  TieCode sum = no_tie;
  const auto found = ties.find({owner, contact});
  if (found == ties.end()) return sum;
  for (const TieCode code : found->second) sum = both_codes(sum, code);
  return sum;
}

bool MadeNetwork::opens(PersonId requester, PersonId connector) const {
  const NetworkPerson& person = people.at(connector);
  if (connector == requester || !person.has_address || person.stopped || person.shown == Shown::no)
    return false;
  if (refusals.contains({connector, requester})) return false;
  return opens_way(code(connector, requester));
}

bool MadeNetwork::is_met(PersonId requester, PersonId target) const {
  const NetworkPerson& person = people.at(target);
  return requester != target && !person.stopped && !person.meets_nobody &&
         !refusals.contains({target, requester});
}

TieCode MadeNetwork::to_target(PersonId connector, PersonId target) const {
  const TieCode own = code(connector, target);
  if (!people.at(target).member && !has_strength(own)) return no_tie;
  return decisive_code(own, code(target, connector));
}

std::vector<Between> MadeNetwork::connectors(PersonId requester, PersonId target) const {
  std::vector<Between> out;
  if (!is_met(requester, target)) return out;
  for (const auto& [id, person] : people) {
    if (id == target || !opens(requester, id) || !has_strength(to_target(id, target))) continue;
    out.push_back({id, decisive_code(code(id, requester), code(requester, id)), to_target(id, target),
                   person.shown == Shown::named});
  }
  return out;
}

std::optional<int> MadeNetwork::least_cost(PersonId requester, PersonId target) const {
  std::optional<int> least;
  if (!is_met(requester, target)) return least;
  for (const auto& [first, one] : people) {
    const TieCode to_first = decisive_code(code(first, requester), code(requester, first));
    if (first == target || !opens(requester, first) || !has_strength(to_first)) continue;
    for (const auto& [second, other] : people) {
      if (second == requester || second == target || second == first) continue;
      if (!other.has_address || other.stopped || other.shown != Shown::named) continue;
      if (refusals.contains({second, requester})) continue;
      const TieCode between = decisive_code(code(second, first), code(first, second));
      const LongWay way{first, second, to_first, between, to_target(second, target)};
      if (!has_strength(between) || !has_strength(way.to_target)) continue;
      if (!least || way.cost() < *least) least = way.cost();
    }
  }
  return least;
}

bool MadeNetwork::may_see(PersonId viewer, PersonId person) const {
  const NetworkPerson& seen = people.at(person);
  if (seen.member || code(viewer, person) != no_tie) return true;
  if (seen.stopped || seen.meets_nobody || refusals.contains({person, viewer})) return false;
  return std::ranges::any_of(people, [&](const auto& entry) {
    const auto& [hop, other] = entry;
    return has_strength(code(hop, person)) && opens_way(code(hop, viewer)) && other.shown != Shown::no &&
           !refusals.contains({hop, viewer});
  });
}

std::size_t MadeNetwork::mutual_contacts(PersonId a, PersonId b) const {
  if (a == b) return 0;
  return static_cast<std::size_t>(std::ranges::count_if(
      people, [&](const auto& entry) { return touch(a, entry.first) && touch(b, entry.first); }));
}

}  // namespace tertius
