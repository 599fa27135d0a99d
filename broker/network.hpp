#pragma once
// The tie graph in memory: who knows whom, whom one may see, and who could introduce one to whom. A snapshot
// that nobody changes: after a change there is a new one, which shares with the old what stayed (changed()),
// and reading is safe from any thread. People are 32-bit numbers inside; each one's neighbours stand sorted
// in one array (CSR), each tie's own code in either direction beside them: 6 bytes for each end of a tie, 17
// for a person. What people have settled about being seen and asked is looked at inside each search.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "broker/ids.hpp"
#include "broker/preferences.hpp"
#include "broker/tie_code.hpp"

namespace tertius {

// What a search has to know of a person.
struct NetworkPerson {
  PersonId id{};
  bool member = false;
  bool stopped = false;
  bool meets_nobody = false;  // Consent::never
  bool has_address = false;
  Shown shown = Shown::named;

  friend bool operator==(const NetworkPerson&, const NetworkPerson&) = default;
};

// `person` does not want to hear of `other`.
struct Refused {
  PersonId person{}, other{};

  friend auto operator<=>(const Refused&, const Refused&) = default;
};

// Somebody between R and T who lets R ask them.
struct Between {
  PersonId person{};
  TieCode to_requester = no_tie;  // the one that counts, of both directions
  TieCode to_target = no_tie;
  bool named = true;

  friend bool operator==(const Between&, const Between&) = default;
};

// R - first - second - T.
struct LongWay {
  PersonId first{}, second{};
  TieCode to_first = no_tie, between = no_tie, to_target = no_tie;

  int cost() const { return cost_of(to_first) + cost_of(between) + cost_of(to_target); }
  friend bool operator==(const LongWay&, const LongWay&) = default;
};

// One person as they are now.
struct PersonChange {
  struct OwnTie {
    PersonId contact{};
    TieCode code = no_tie;
  };
  NetworkPerson person;
  bool gone = false;
  std::vector<OwnTie> ties;        // all that the person owns; doubled ones count as both_codes()
  std::vector<PersonId> refusals;  // everybody whom the person does not want to hear of
};

class NetworkBuilder;

class Network {
 public:
  Network();

  // Second degree, by id: who knows both, whom R's way may go over (opens_way) and who can be asked by R.
  // Nobody where T wants to meet nobody, or not R. Whoever is no member is reached over C's own word alone.
  std::vector<Between> connectors(PersonId requester, PersonId target) const;
  // Third degree: the way with the greatest product of strengths, under the same rules for both, the second
  // of whom is named, for the first passes it on to them; each hop between R and T has strength in one
  // direction at least. Over nobody of `not_over`.
  std::optional<LongWay> find_long_way(PersonId requester, PersonId target,
                                       std::span<const PersonId> not_over = {}) const;
  // Whether `viewer` may see `person`, as storage/visible_people.hpp says.
  bool may_see(PersonId viewer, PersonId person) const;

  // How many both have a tie with, in whichever direction, with strength or without.
  std::size_t mutual_contacts(PersonId a, PersonId b) const;
  bool knows(PersonId a, PersonId b) const;  // in either direction
  std::optional<NetworkPerson> find(PersonId person) const;

  // The same with these people as they are now. What is unknown on the other end of a tie is left out.
  Network changed(std::span<const PersonChange> changes) const;
  // So many stand beside the array; the more they are, the more a search and a change cost.
  std::size_t people_changed() const { return lists_ ? lists_->size() : 0; }
  Network rebuilt() const;  // the same, all in one array again

  std::size_t people() const { return traits_.size(); }  // those that are gone too
  std::size_t ties() const { return ends_ / 2; }         // pairs of people
  std::size_t bytes() const;                             // of the arrays

 private:
  friend class NetworkBuilder;
  friend class LongWaySearch;
  friend class NetworkChange;
  using Node = std::uint32_t;
  using Traits = std::uint8_t;

  struct Array {
    std::vector<PersonId> ids;          // sorted; a node is a place in it
    std::vector<std::uint64_t> begins;  // of each node's neighbours, and one behind the last
    std::vector<Node> nodes;            // sorted within each node
    std::vector<TieCode> own, theirs;   // this node's tie to that neighbour, and the neighbour's to it
  };
  struct List {
    std::vector<Node> nodes;
    std::vector<TieCode> own, theirs;
  };
  using Lists = std::unordered_map<Node, std::shared_ptr<const List>>;
  struct View {
    std::span<const Node> nodes;
    const TieCode* own = nullptr;
    const TieCode* theirs = nullptr;
  };

  std::optional<Node> find_node(PersonId id) const;
  PersonId id_of(Node node) const;
  View neighbours_of(Node node) const;
  bool has(Node node, Traits trait) const { return (traits_[node] & trait) != 0; }
  bool refuses(Node person, Node other) const;
  bool can_be_asked(Node connector, Node requester) const;
  bool can_be_met(Node target, Node requester) const;
  // The target's tie that counts for a connector whose own code is `own`; none where it does not.
  TieCode code_to_target(Node target, TieCode connectors, TieCode targets) const;

  std::shared_ptr<const Array> array_;
  std::vector<Traits> traits_;                  // of each node, those beside the array too
  std::vector<std::pair<Node, Node>> refused_;  // sorted
  // Beside the array: lists that have changed, and people who came later.
  std::shared_ptr<const Lists> lists_;
  std::vector<PersonId> later_;  // by node, from the array's end on
  std::unordered_map<PersonId, Node> later_nodes_;
  std::size_t ends_ = 0;
};

}  // namespace tertius
