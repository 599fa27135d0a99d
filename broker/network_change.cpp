// A new snapshot out of an old one. The lists of those who are touched stand beside the array as copies; the
// array itself, a gigabyte at a million people, is shared.
#include <algorithm>

#include "broker/network.hpp"
#include "broker/network_traits.hpp"

namespace tertius {

class NetworkChange {
 public:
  explicit NetworkChange(const Network& before) : out_(before) {}

  Network make(std::span<const PersonChange> changes);

 private:
  using Node = Network::Node;
  using OwnCodes = std::vector<std::pair<Node, TieCode>>;  // by contact

  void know(const PersonChange& change);
  void set_own_ties(Node owner, const PersonChange& change);
  void set_refusals(std::span<const PersonChange> changes);
  OwnCodes codes_before(Node owner);
  OwnCodes codes_now(Node owner, const PersonChange& change) const;
  void set_code(Node owner, Node contact, TieCode code);
  Network::List& edit(Node node);
  // Where the list has the neighbour, or has it now.
  std::size_t place_for(Network::List& list, Node neighbour);
  void drop_if_none(Network::List& list, std::size_t place);

  Network out_;
  std::unordered_map<Node, std::shared_ptr<Network::List>> edited_;
};

void NetworkChange::know(const PersonChange& change) {
  auto node = out_.find_node(change.person.id);
  if (!node && change.gone) return;
  if (!node) {
    node = static_cast<Node>(out_.traits_.size());
    out_.traits_.push_back(0);
    out_.later_.push_back(change.person.id);
    out_.later_nodes_.emplace(change.person.id, *node);
    edit(*node);
  }
  const int kept = out_.traits_[*node] & trait_changed;
  out_.traits_[*node] = static_cast<Network::Traits>(kept | (change.gone ? 0 : traits_of(change.person)));
}

Network::List& NetworkChange::edit(Node node) {
  auto& list = edited_[node];
  if (list) return *list;
  list = std::make_shared<Network::List>();
  if (node < out_.array_->ids.size() || out_.has(node, trait_changed)) {
    const auto [nodes, own, theirs] = out_.neighbours_of(node);
    list->nodes.assign(nodes.begin(), nodes.end());
    list->own.assign(own, own + nodes.size());
    list->theirs.assign(theirs, theirs + nodes.size());
  }
  return *list;
}

std::size_t NetworkChange::place_for(Network::List& list, Node neighbour) {
  const auto at = std::ranges::lower_bound(list.nodes, neighbour);
  const auto place = at - list.nodes.begin();
  if (at != list.nodes.end() && *at == neighbour) return static_cast<std::size_t>(place);
  list.nodes.insert(at, neighbour);
  list.own.insert(list.own.begin() + place, no_tie);
  list.theirs.insert(list.theirs.begin() + place, no_tie);
  ++out_.ends_;
  return static_cast<std::size_t>(place);
}

void NetworkChange::drop_if_none(Network::List& list, std::size_t place) {
  if (list.own[place] != no_tie || list.theirs[place] != no_tie) return;
  const auto at = static_cast<std::ptrdiff_t>(place);
  list.nodes.erase(list.nodes.begin() + at);
  list.own.erase(list.own.begin() + at);
  list.theirs.erase(list.theirs.begin() + at);
  --out_.ends_;
}

void NetworkChange::set_code(Node owner, Node contact, TieCode code) {
  Network::List& mine = edit(owner);
  const auto at = place_for(mine, contact);
  mine.own[at] = code;
  drop_if_none(mine, at);
  Network::List& other = edit(contact);
  const auto there = place_for(other, owner);
  other.theirs[there] = code;
  drop_if_none(other, there);
}

NetworkChange::OwnCodes NetworkChange::codes_before(Node owner) {
  OwnCodes codes;
  const auto edited = edited_.find(owner);
  const Network::View view =
      edited == edited_.end()
          ? out_.neighbours_of(owner)
          : Network::View{edited->second->nodes, edited->second->own.data(), edited->second->theirs.data()};
  for (std::size_t i = 0; i < view.nodes.size(); ++i)
    if (view.own[i] != no_tie) codes.emplace_back(view.nodes[i], view.own[i]);
  return codes;
}

NetworkChange::OwnCodes NetworkChange::codes_now(Node owner, const PersonChange& change) const {
  OwnCodes codes;
  if (change.gone) return codes;
  for (const auto& tie : change.ties) {
    const auto contact = out_.find_node(tie.contact);
    if (contact && *contact != owner && tie.code != no_tie) codes.emplace_back(*contact, tie.code);
  }
  std::ranges::sort(codes);
  std::size_t kept = 0;
  for (const auto& [contact, code] : codes) {
    if (kept > 0 && codes[kept - 1].first == contact)
      codes[kept - 1].second = both_codes(codes[kept - 1].second, code);
    else
      codes[kept++] = {contact, code};
  }
  codes.resize(kept);
  return codes;
}

void NetworkChange::set_own_ties(Node owner, const PersonChange& change) {
  const OwnCodes before = codes_before(owner), now = codes_now(owner, change);
  for (const auto& [contact, code] : before) {
    if (!std::ranges::binary_search(now, contact, {}, &OwnCodes::value_type::first))
      set_code(owner, contact, no_tie);
  }
  for (const auto& tie : now) {
    if (!std::ranges::binary_search(before, tie)) set_code(owner, tie.first, tie.second);
  }
}

void NetworkChange::set_refusals(std::span<const PersonChange> changes) {
  std::vector<Node> touched;
  for (const auto& change : changes)
    if (const auto node = out_.find_node(change.person.id)) touched.push_back(*node);
  std::ranges::sort(touched);
  auto& all = out_.refused_;
  std::erase_if(all, [&](const auto& pair) { return std::ranges::binary_search(touched, pair.first); });
  for (const auto& change : changes) {
    const auto person = out_.find_node(change.person.id);
    if (!person || change.gone) continue;
    for (const PersonId refused : change.refusals) {
      const auto other = out_.find_node(refused);
      if (!other) continue;
      all.emplace_back(*person, *other);
      out_.traits_[*person] |= trait_refuses;
    }
  }
  std::ranges::sort(all);
}

Network NetworkChange::make(std::span<const PersonChange> changes) {
  for (const auto& change : changes) know(change);
  for (const auto& change : changes)
    if (const auto node = out_.find_node(change.person.id)) set_own_ties(*node, change);
  set_refusals(changes);
  auto lists =
      out_.lists_ ? std::make_shared<Network::Lists>(*out_.lists_) : std::make_shared<Network::Lists>();
  for (auto& [node, list] : edited_) {
    out_.traits_[node] |= trait_changed;
    lists->insert_or_assign(node, std::move(list));
  }
  out_.lists_ = std::move(lists);
  return std::move(out_);
}

Network Network::changed(std::span<const PersonChange> changes) const {
  return NetworkChange(*this).make(changes);
}

// The order of those in the array stays: a list that has not changed needs no sorting.
Network Network::rebuilt() const {
  Network out;
  const auto count = static_cast<Node>(traits_.size());
  std::vector<Node> order(count), place(count);
  for (Node node = 0; node < count; ++node) order[node] = node;
  std::ranges::sort(order, {}, [&](Node node) { return id_of(node); });
  for (Node i = 0; i < count; ++i) place[order[i]] = i;

  auto array = std::make_shared<Array>();
  array->nodes.reserve(ends_), array->own.reserve(ends_), array->theirs.reserve(ends_);
  array->begins.push_back(0);
  std::vector<std::pair<Node, std::size_t>> ends;
  for (const Node node : order) {
    const View view = neighbours_of(node);
    ends.clear();
    for (std::size_t i = 0; i < view.nodes.size(); ++i) ends.emplace_back(place[view.nodes[i]], i);
    if (!std::ranges::is_sorted(ends)) std::ranges::sort(ends);
    for (const auto& [neighbour, i] : ends) {
      array->nodes.push_back(neighbour);
      array->own.push_back(view.own[i]);
      array->theirs.push_back(view.theirs[i]);
    }
    array->begins.push_back(array->nodes.size());
    array->ids.push_back(id_of(node));
    out.traits_.push_back(static_cast<Traits>(traits_[node] & ~trait_changed));
  }
  for (const auto& [person, other] : refused_) out.refused_.emplace_back(place[person], place[other]);
  std::ranges::sort(out.refused_);
  out.array_ = std::move(array);
  out.ends_ = ends_;
  return out;
}

}  // namespace tertius
