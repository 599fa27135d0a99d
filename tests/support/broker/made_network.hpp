#pragma once
// A small network drawn at random, and everything a search answers about it found the slow and plain way.

#include <map>
#include <random>
#include <set>
#include <vector>

#include "broker/network.hpp"
#include "broker/network_builder.hpp"

namespace tertius {

struct MadeNetwork {
  std::map<PersonId, NetworkPerson> people;
  std::map<std::pair<PersonId, PersonId>, std::vector<TieCode>> ties;  // by owner and contact
  std::set<Refused> refusals;

  void draw_people(std::mt19937& random, int count);
  void draw_ties(std::mt19937& random, int count);
  void draw_refusals(std::mt19937& random, int count);
  PersonId anybody(std::mt19937& random) const;

  Network build() const;
  PersonChange change_of(PersonId person) const;  // gone where it is not in `people`

  // Of `owner`'s own ties to `contact`.
  TieCode code(PersonId owner, PersonId contact) const;
  bool touch(PersonId a, PersonId b) const { return code(a, b) != no_tie || code(b, a) != no_tie; }
  std::vector<Between> connectors(PersonId requester, PersonId target) const;
  std::optional<int> least_cost(PersonId requester, PersonId target) const;  // of a long way
  bool may_see(PersonId viewer, PersonId person) const;
  std::size_t mutual_contacts(PersonId a, PersonId b) const;

  // Whether the ways of R may go over C, and what C's or T's own words to T are worth.
  bool opens(PersonId requester, PersonId connector) const;
  bool is_met(PersonId requester, PersonId target) const;
  TieCode to_target(PersonId connector, PersonId target) const;
};

}  // namespace tertius
