#include "broker/network_builder.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "broker/network_traits.hpp"

namespace tertius {

namespace {

// An end of a tie as one number that sorts by its node.
constexpr std::uint64_t packed(std::uint32_t node, TieCode own, TieCode theirs) {
  return std::uint64_t{node} << 16 | std::uint64_t{own} << 8 | theirs;
}

}  // namespace

NetworkBuilder::NetworkBuilder(std::vector<NetworkPerson> people)
    : array_(std::make_shared<Network::Array>()) {
  std::ranges::sort(people, {}, &NetworkPerson::id);
  // Not std::ranges::unique: clang 14, which fuzzes, cannot read GCC 12's subranges.
  const auto same = [](const NetworkPerson& a, const NetworkPerson& b) { return a.id == b.id; };
  people.erase(std::unique(people.begin(), people.end(), same), people.end());
  if (people.size() >= std::numeric_limits<Network::Node>::max())
    throw std::length_error("more than 2^32 people in one network");
  array_->ids.reserve(people.size());
  network_.traits_.reserve(people.size());
  for (const NetworkPerson& person : people) {
    array_->ids.push_back(person.id);
    network_.traits_.push_back(traits_of(person));
  }
  network_.array_ = array_;
}

void NetworkBuilder::add_tie(PersonId owner, PersonId contact, TieCode code) {
  // Ties come by owner, most of the time.
  const bool is_same = !owners_.empty() && array_->ids[owners_.back()] == owner;
  const auto from = is_same ? owners_.back() : network_.find_node(owner);
  const auto to = network_.find_node(contact);
  if (!from || !to || from == to || code == no_tie) return;
  owners_.push_back(*from);
  contacts_.push_back(*to);
  codes_.push_back(code);
}

void NetworkBuilder::add_refusal(Refused refusal) {
  const auto person = network_.find_node(refusal.person), other = network_.find_node(refusal.other);
  if (!person || !other) return;
  network_.refused_.emplace_back(*person, *other);
  network_.traits_[*person] |= trait_refuses;
}

void NetworkBuilder::count_ends() {
  auto& begins = array_->begins;
  begins.assign(array_->ids.size() + 1, 0);
  for (std::size_t i = 0; i < codes_.size(); ++i) ++begins[owners_[i] + 1], ++begins[contacts_[i] + 1];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
}

void NetworkBuilder::place_ends() {
  auto& [ids, begins, nodes, own, theirs] = *array_;
  nodes.resize(2 * codes_.size());
  own.assign(nodes.size(), no_tie);
  theirs.assign(nodes.size(), no_tie);
  std::vector<std::uint64_t> next(begins.begin(), begins.end() - 1);
  for (std::size_t i = 0; i < codes_.size(); ++i) {
    const auto mine = next[owners_[i]]++, other = next[contacts_[i]]++;
    nodes[mine] = contacts_[i];
    own[mine] = codes_[i];
    nodes[other] = owners_[i];
    theirs[other] = codes_[i];
  }
}

// Sorts each node's ends and makes one of those with the same neighbour; what is left moves up.
void NetworkBuilder::sort_ends() {
  auto& [ids, begins, nodes, own, theirs] = *array_;
  std::vector<std::uint64_t> ends;
  std::uint64_t kept = 0, begin = 0;
  for (std::size_t node = 0; node < ids.size(); ++node) {
    ends.clear();
    for (auto i = begin; i < begins[node + 1]; ++i) ends.push_back(packed(nodes[i], own[i], theirs[i]));
    begin = begins[node + 1];
    std::ranges::sort(ends);
    const auto first = kept;
    for (const std::uint64_t end : ends) {
      const auto neighbour = static_cast<Network::Node>(end >> 16);
      const auto mine = static_cast<TieCode>(end >> 8), other = static_cast<TieCode>(end);
      if (kept > first && nodes[kept - 1] == neighbour) {
        own[kept - 1] = both_codes(own[kept - 1], mine);
        theirs[kept - 1] = both_codes(theirs[kept - 1], other);
        continue;
      }
      nodes[kept] = neighbour, own[kept] = mine, theirs[kept] = other;
      ++kept;
    }
    begins[node] = first;
  }
  begins.back() = kept;
  nodes.resize(kept), own.resize(kept), theirs.resize(kept);
}

Network NetworkBuilder::build() && {
  count_ends();
  place_ends();
  for (auto* part : {&owners_, &contacts_}) std::vector<Network::Node>().swap(*part);
  std::vector<TieCode>().swap(codes_);
  sort_ends();
  // Millions of ties are there twice, once in each direction.
  array_->nodes.shrink_to_fit(), array_->own.shrink_to_fit(), array_->theirs.shrink_to_fit();
  network_.ends_ = array_->nodes.size();
  std::ranges::sort(network_.refused_);
  return std::move(network_);
}

}  // namespace tertius
