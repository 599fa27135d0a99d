#include "broker/network.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace tertius {

namespace {

std::vector<PersonId> people_in(std::span<const Tie> ties) {
  std::vector<PersonId> ids;
  ids.reserve(ties.size() * 2);
  for (const auto& tie : ties) {
    ids.push_back(tie.owner);
    ids.push_back(tie.contact);
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  ids.shrink_to_fit();
  return ids;
}

// The first place at or behind `begin` that is not below `value`, by doubling steps: a hub of 20,000 ties
// against a person of ten costs ten short searches instead of 20,000 steps.
template <class Node>
const Node* gallop(const Node* begin, const Node* end, Node value) {
  std::ptrdiff_t step = 1;
  while (step < end - begin && begin[step] < value) step *= 2;
  return std::lower_bound(begin + step / 2, begin + std::min(step + 1, end - begin), value);
}

}  // namespace

Network::Network(std::span<const Tie> ties) : ids_(people_in(ties)) {
  if (ids_.size() > std::numeric_limits<Node>::max())
    throw std::length_error("more than 2^32 people in one network");
  std::vector<std::pair<Node, Node>> directed;
  directed.reserve(ties.size() * 2);
  for (const auto& tie : ties) {
    if (tie.owner == tie.contact || !(tie.strength > 0)) continue;
    const auto owner = *find_node(tie.owner);
    const auto contact = *find_node(tie.contact);
    directed.emplace_back(owner, contact);
    directed.emplace_back(contact, owner);
  }
  std::ranges::sort(directed);
  directed.erase(std::unique(directed.begin(), directed.end()), directed.end());

  begins_.assign(ids_.size() + 1, 0);
  neighbours_.reserve(directed.size());
  for (const auto& [from, to] : directed) {
    ++begins_[from + 1];
    neighbours_.push_back(to);
  }
  for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
}

std::optional<Network::Node> Network::find_node(PersonId id) const {
  const auto found = std::ranges::lower_bound(ids_, id);
  if (found == ids_.end() || *found != id) return std::nullopt;
  return static_cast<Node>(found - ids_.begin());
}

std::span<const Network::Node> Network::neighbours_of(PersonId id) const {
  const auto node = find_node(id);
  if (!node) return {};
  return std::span(neighbours_).subspan(begins_[*node], begins_[*node + 1] - begins_[*node]);
}

template <class Visit>
void Network::visit_common(PersonId a, PersonId b, Visit visit) const {
  auto few = neighbours_of(a);
  auto many = neighbours_of(b);
  if (few.size() > many.size()) std::swap(few, many);
  const auto* place = many.data();
  const auto* const end = many.data() + many.size();
  for (const auto node : few) {
    if (place == end) return;
    place = gallop(place, end, node);
    if (place != end && *place == node) visit(ids_[node]);
  }
}

std::vector<PersonId> Network::connectors(PersonId requester, PersonId target) const {
  std::vector<PersonId> common;
  if (requester == target) return common;
  visit_common(requester, target, [&](PersonId id) { common.push_back(id); });
  return common;
}

std::size_t Network::mutual_contacts(PersonId a, PersonId b) const {
  std::size_t count = 0;
  if (a != b) visit_common(a, b, [&](PersonId) { ++count; });
  return count;
}

bool Network::knows(PersonId a, PersonId b) const {
  const auto other = find_node(b);
  return other && std::ranges::binary_search(neighbours_of(a), *other);
}

std::vector<PersonId> Network::contacts_of(PersonId person) const {
  std::vector<PersonId> out;
  for (const auto node : neighbours_of(person)) out.push_back(ids_[node]);
  return out;
}

}  // namespace tertius
