#include "broker/network.hpp"

#include <algorithm>

#include "broker/gallop.hpp"
#include "broker/network_traits.hpp"

namespace tertius {

std::uint8_t traits_of(const NetworkPerson& person) {
  int traits = 0;
  if (person.member) traits |= trait_member;
  if (person.stopped) traits |= trait_stopped;
  if (person.meets_nobody) traits |= trait_meets_nobody;
  if (person.has_address) traits |= trait_has_address;
  if (person.shown == Shown::anonymous) traits |= trait_unnamed;
  if (person.shown == Shown::no) traits |= trait_never_shown;
  return static_cast<std::uint8_t>(traits);
}

NetworkPerson person_of(PersonId id, std::uint8_t traits) {
  const auto has = [&](NetworkTrait trait) { return (traits & trait) != 0; };
  return {.id = id,
          .member = has(trait_member),
          .stopped = has(trait_stopped),
          .meets_nobody = has(trait_meets_nobody),
          .has_address = has(trait_has_address),
          .shown = has(trait_never_shown) ? Shown::no
                   : has(trait_unnamed)   ? Shown::anonymous
                                          : Shown::named};
}

Network::Network() : array_(std::make_shared<Array>(Array{{}, {0}, {}, {}, {}})) {}

std::optional<Network::Node> Network::find_node(PersonId id) const {
  const auto& ids = array_->ids;
  const auto found = std::ranges::lower_bound(ids, id);
  if (found != ids.end() && *found == id) return static_cast<Node>(found - ids.begin());
  const auto later = later_nodes_.find(id);
  return later == later_nodes_.end() ? std::nullopt : std::optional(later->second);
}

PersonId Network::id_of(Node node) const {
  const std::size_t in_array = array_->ids.size();
  return node < in_array ? array_->ids[node] : later_[node - in_array];
}

Network::View Network::neighbours_of(Node node) const {
  if (has(node, trait_changed)) {
    const List& list = *lists_->at(node);
    return {list.nodes, list.own.data(), list.theirs.data()};
  }
  const std::uint64_t begin = array_->begins[node], size = array_->begins[node + 1] - begin;
  return {std::span(array_->nodes).subspan(begin, size), array_->own.data() + begin,
          array_->theirs.data() + begin};
}

bool Network::refuses(Node person, Node other) const {
  return has(person, trait_refuses) && std::ranges::binary_search(refused_, std::pair(person, other));
}

bool Network::can_be_asked(Node connector, Node requester) const {
  return (traits_[connector] & (trait_has_address | trait_stopped | trait_never_shown)) ==
             trait_has_address &&
         !refuses(connector, requester);
}

bool Network::can_be_met(Node target, Node requester) const {
  return (traits_[target] & (trait_stopped | trait_meets_nobody)) == 0 && !refuses(target, requester);
}

TieCode Network::code_to_target(Node target, TieCode connectors, TieCode targets) const {
  if (!has(target, trait_member) && !has_strength(connectors)) return no_tie;
  return decisive_code(connectors, targets);
}

std::vector<Between> Network::connectors(PersonId requester, PersonId target) const {
  std::vector<Between> out;
  const auto from = find_node(requester), to = find_node(target);
  if (!from || !to || from == to || !can_be_met(*to, *from)) return out;
  const View a = neighbours_of(*from), b = neighbours_of(*to);
  visit_common(a.nodes, b.nodes, [&](std::size_t i, std::size_t j) {
    const Node connector = a.nodes[i];
    if (!opens_way(a.theirs[i]) || !can_be_asked(connector, *from)) return true;
    const TieCode to_target = code_to_target(*to, b.theirs[j], b.own[j]);
    if (has_strength(to_target))
      out.push_back({id_of(connector), decisive_code(a.theirs[i], a.own[i]), to_target,
                     !has(connector, trait_unnamed)});
    return true;
  });
  // People who came later have later nodes, whatever their ids are.
  if (!later_.empty()) std::ranges::sort(out, {}, &Between::person);
  return out;
}

bool Network::may_see(PersonId viewer, PersonId person) const {
  const auto to = find_node(person);
  if (!to) return false;
  if (has(*to, trait_member)) return true;
  const auto from = find_node(viewer);
  if (!from) return false;
  const View a = neighbours_of(*from), b = neighbours_of(*to);
  const auto own = std::ranges::lower_bound(a.nodes, *to);
  if (own != a.nodes.end() && *own == *to && a.own[own - a.nodes.begin()] != no_tie) return true;
  if (!can_be_met(*to, *from)) return false;
  bool found = false;
  visit_common(a.nodes, b.nodes, [&](std::size_t i, std::size_t j) {
    found = has_strength(b.theirs[j]) && opens_way(a.theirs[i]) && !has(a.nodes[i], trait_never_shown) &&
            !refuses(a.nodes[i], *from);
    return !found;
  });
  return found;
}

std::size_t Network::mutual_contacts(PersonId a, PersonId b) const {
  const auto one = find_node(a), other = find_node(b);
  std::size_t count = 0;
  if (!one || !other || one == other) return count;
  visit_common(neighbours_of(*one).nodes, neighbours_of(*other).nodes,
               [&](std::size_t, std::size_t) { return ++count, true; });
  return count;
}

bool Network::knows(PersonId a, PersonId b) const {
  const auto one = find_node(a), other = find_node(b);
  return one && other && std::ranges::binary_search(neighbours_of(*one).nodes, *other);
}

std::optional<NetworkPerson> Network::find(PersonId person) const {
  const auto node = find_node(person);
  return node ? std::optional(person_of(person, traits_[*node])) : std::nullopt;
}

std::size_t Network::bytes() const {
  std::size_t sum = array_->ids.size() * sizeof(PersonId) + array_->begins.size() * sizeof(std::uint64_t) +
                    array_->nodes.size() * (sizeof(Node) + 2 * sizeof(TieCode)) + traits_.size() +
                    refused_.size() * sizeof(refused_.front()) + later_.size() * 4 * sizeof(PersonId);
  if (!lists_) return sum;
  for (const auto& [node, list] : *lists_)
    sum += sizeof(List) + list->nodes.size() * (sizeof(Node) + 2 * sizeof(TieCode));
  return sum;
}

}  // namespace tertius
