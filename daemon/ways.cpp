#include "daemon/ways.hpp"

#include <algorithm>
#include <map>

#include "broker/ranking.hpp"
#include "storage/people.hpp"
#include "storage/visible_people.hpp"

namespace tertius::daemon {

namespace {

using TiesByPerson = std::map<PersonId, std::vector<Tie>>;

// Everybody with a tie to `person`, in either direction; the other end's own ties come first.
TiesByPerson neighbours(storage::Database& db, PersonId person) {
  TiesByPerson out;
  for (auto& tie : storage::ties_to(db, person)) out[tie.owner].push_back(tie);
  for (auto& tie : storage::ties_of(db, person)) out[tie.contact].push_back(tie);
  return out;
}

std::vector<PersonId> in_both(const TiesByPerson& a, const TiesByPerson& b) {
  std::vector<PersonId> out;
  for (const auto& [person, ties] : a) {
    if (b.contains(person)) out.push_back(person);
  }
  return out;
}

std::vector<Way> ways_by_rows(storage::Database& db, PersonId requester, PersonId target) {
  const TiesByPerson of_requester = neighbours(db, requester), of_target = neighbours(db, target);
  std::vector<Way> ways;
  for (const PersonId id : in_both(of_requester, of_target)) {
    const std::vector<Tie>& ties = of_requester.at(id);
    if (id == requester || id == target ||
        std::ranges::none_of(ties, [&](const Tie& tie) { return opens_way(tie, requester); }))
      continue;
    ways.push_back(
        {id, ties, of_target.at(id), static_cast<int>(in_both(of_requester, neighbours(db, id)).size())});
  }
  return ways;
}

std::vector<Tie> ties_of_both(storage::Database& db, PersonId first, PersonId other) {
  std::vector<Tie> ties = storage::ties_between(db, first, other);
  for (Tie& tie : storage::ties_between(db, other, first)) ties.push_back(std::move(tie));
  return ties;
}

// A hub is everybody's neighbour: rows are read of those alone whose ties can reach the floor.
std::vector<Way> ways_in_network(storage::Database& db, const Network& network, PersonId requester,
                                 PersonId target) {
  std::vector<Way> ways;
  for (const Between& between : network.connectors(requester, target)) {
    if (!may_be_found(strength_of(between.to_requester), strength_of(between.to_target))) continue;
    ways.push_back({between.person, ties_of_both(db, between.person, requester),
                    ties_of_both(db, between.person, target),
                    static_cast<int>(network.mutual_contacts(requester, between.person))});
  }
  return ways;
}

}  // namespace

std::vector<Way> find_ways(storage::Database& db, const Network* network, PersonId requester,
                           PersonId target) {
  return network == nullptr ? ways_by_rows(db, requester, target)
                            : ways_in_network(db, *network, requester, target);
}

bool may_see(storage::Database& db, const NetworkSource& source, PersonId viewer, PersonId person) {
  const auto network = network_of(source, db);
  return network ? network->may_see(viewer, person) : storage::may_see(db, viewer, person);
}

}  // namespace tertius::daemon
