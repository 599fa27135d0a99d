#pragma once
// The tie graph: who knows whom, for finding connectors. An immutable snapshot in memory; a change of ties
// makes a new one, which is swapped in whole. Ties count in both directions: either side's evidence is a path
// a request can go. People are 32-bit numbers inside and each one's neighbours stand sorted in one array
// (CSR), about 8 bytes a tie and 16 a person. Reading is safe from any thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "broker/ids.hpp"
#include "broker/person.hpp"

namespace tertius {

class Network {
 public:
  Network() = default;
  // Ties without strength, and those of a person with themselves, are no ties; doubled ones count once.
  explicit Network(std::span<const Tie> ties);

  // Whom both know, by id: second degree.
  std::vector<PersonId> connectors(PersonId requester, PersonId target) const;
  // How many they both know; the same count without the list.
  std::size_t mutual_contacts(PersonId a, PersonId b) const;
  bool knows(PersonId a, PersonId b) const;
  std::vector<PersonId> contacts_of(PersonId person) const;

  std::size_t people() const { return ids_.size(); }
  std::size_t ties() const { return neighbours_.size() / 2; }  // pairs of people

 private:
  using Node = std::uint32_t;
  std::optional<Node> find_node(PersonId id) const;
  std::span<const Node> neighbours_of(PersonId id) const;
  template <class Visit>
  void visit_common(PersonId a, PersonId b, Visit visit) const;

  std::vector<PersonId> ids_;        // sorted; a node is a place in it
  std::vector<std::size_t> begins_;  // of each node's neighbours, and one behind the last
  std::vector<Node> neighbours_;     // sorted within each node
};

}  // namespace tertius
