// Third degree: R - first - second - T. From the side that has fewer neighbours, the strongest tie first,
// each neighbour's neighbours are met with the other side's; whatever cannot be better than the best so far
// is not looked at, which is nearly everything once a good way is found.
#include <algorithm>

#include "broker/gallop.hpp"
#include "broker/network.hpp"
#include "broker/network_traits.hpp"

namespace tertius {

class LongWaySearch {
 public:
  LongWaySearch(const Network& network, Network::Node requester, Network::Node target,
                std::vector<Network::Node> not_over)
      : network_(network), requester_(requester), target_(target), not_over_(std::move(not_over)) {}

  std::optional<LongWay> run();

 private:
  using Node = Network::Node;
  struct Ends {
    std::vector<Node> nodes;  // sorted
    std::vector<TieCode> codes;
    int least = 0;  // cost
    void add(Node node, TieCode code) { nodes.push_back(node), codes.push_back(code); }
    void find_least();
    void drop_from(int cost);
  };
  struct Best {
    int cost = 3 * strength_bits + 1;
    Node first = 0, second = 0;
    TieCode to_first = no_tie, between = no_tie, to_target = no_tie;
  };

  bool can_be_asked(Node node) const {
    return std::ranges::find(not_over_, node) == not_over_.end() && network_.can_be_asked(node, requester_);
  }
  Ends ends_of_requester() const;
  Ends ends_of_target() const;
  void meet(Node outer, TieCode to_outer, const Ends& inner, bool outer_is_first);

  const Network& network_;
  Node requester_, target_;
  std::vector<Node> not_over_;  // a few
  Best best_;
};

void LongWaySearch::Ends::find_least() {
  least = strength_bits;
  for (const TieCode code : codes) least = std::min(least, cost_of(code));
}

void LongWaySearch::Ends::drop_from(int cost) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (cost_of(codes[i]) >= cost) continue;
    nodes[kept] = nodes[i];
    codes[kept++] = codes[i];
  }
  nodes.resize(kept), codes.resize(kept);
  find_least();
}

LongWaySearch::Ends LongWaySearch::ends_of_requester() const {
  Ends ends;
  const auto [nodes, own, theirs] = network_.neighbours_of(requester_);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i] == target_ || !opens_way(theirs[i])) continue;
    const TieCode code = decisive_code(theirs[i], own[i]);
    if (has_strength(code) && can_be_asked(nodes[i])) ends.add(nodes[i], code);
  }
  ends.find_least();
  return ends;
}

LongWaySearch::Ends LongWaySearch::ends_of_target() const {
  Ends ends;
  const auto [nodes, own, theirs] = network_.neighbours_of(target_);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i] == requester_) continue;
    const TieCode code = network_.code_to_target(target_, theirs[i], own[i]);
    // The first passes it on to them: it has to be somebody who is named.
    const bool is_named = !network_.has(nodes[i], trait_unnamed);
    if (has_strength(code) && is_named && can_be_asked(nodes[i])) ends.add(nodes[i], code);
  }
  ends.find_least();
  return ends;
}

void LongWaySearch::meet(Node outer, TieCode to_outer, const Ends& inner, bool outer_is_first) {
  const Network::View view = network_.neighbours_of(outer);
  visit_common(view.nodes, std::span<const Node>(inner.nodes), [&](std::size_t i, std::size_t j) {
    const TieCode between = outer_is_first ? decisive_code(view.theirs[i], view.own[i])
                                           : decisive_code(view.own[i], view.theirs[i]);
    const int cost = cost_of(to_outer) + cost_of(between) + cost_of(inner.codes[j]);
    if (cost >= best_.cost || !has_strength(between)) return true;
    best_ = outer_is_first ? Best{cost, outer, inner.nodes[j], to_outer, between, inner.codes[j]}
                           : Best{cost, inner.nodes[j], outer, inner.codes[j], between, to_outer};
    return true;
  });
}

std::optional<LongWay> LongWaySearch::run() {
  Ends first = ends_of_requester(), second = ends_of_target();
  const bool outer_is_first = first.nodes.size() <= second.nodes.size();
  const Ends& outer = outer_is_first ? first : second;
  Ends& inner = outer_is_first ? second : first;
  std::vector<std::pair<int, std::size_t>> by_cost;
  by_cost.reserve(outer.nodes.size());
  for (std::size_t i = 0; i < outer.nodes.size(); ++i) by_cost.emplace_back(cost_of(outer.codes[i]), i);
  std::ranges::sort(by_cost);
  for (const auto& [cost, i] : by_cost) {
    if (cost + inner.least >= best_.cost || inner.nodes.empty()) break;
    const int before = best_.cost;
    meet(outer.nodes[i], outer.codes[i], inner, outer_is_first);
    if (best_.cost < before) inner.drop_from(best_.cost - cost);
  }
  if (best_.to_first == no_tie) return std::nullopt;
  return LongWay{network_.id_of(best_.first), network_.id_of(best_.second), best_.to_first, best_.between,
                 best_.to_target};
}

std::optional<LongWay> Network::find_long_way(PersonId requester, PersonId target,
                                              std::span<const PersonId> not_over) const {
  const auto from = find_node(requester), to = find_node(target);
  if (!from || !to || from == to || !can_be_met(*to, *from)) return std::nullopt;
  std::vector<Node> avoided;
  for (const PersonId person : not_over)
    if (const auto node = find_node(person)) avoided.push_back(*node);
  return LongWaySearch(*this, *from, *to, std::move(avoided)).run();
}

}  // namespace tertius
