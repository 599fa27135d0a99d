#include "broker/introduction.hpp"

#include <algorithm>
#include <array>

namespace tertius {

namespace {

template <class Enum>
struct Named {
  Enum value;
  std::string_view name;
};

// Each table stands in the order of its enum, so that a name is an index away.
constexpr auto states = std::to_array<Named<State>>({
    {State::drafted, "drafted"},
    {State::asked, "asked"},
    {State::revising, "revising"},
    {State::redirected, "redirected"},
    {State::snoozed, "snoozed"},
    {State::declined_silently, "declined_silently"},
    {State::forwarded, "forwarded"},
    {State::introduced, "introduced"},
    {State::closed, "closed"},
    {State::declined, "declined"},
    {State::target_declined, "target_declined"},
    {State::expired, "expired"},
    {State::withdrawn, "withdrawn"},
});
static_assert(states.size() == state_count);

constexpr auto roles = std::to_array<Named<Role>>({
    {Role::requester, "requester"},
    {Role::connector, "connector"},
    {Role::target, "target"},
});

constexpr auto decisions = std::to_array<Named<DecisionKind>>({
    {DecisionKind::forward, "forward"},
    {DecisionKind::decline, "decline"},
    {DecisionKind::revise, "revise"},
    {DecisionKind::redirect, "redirect"},
    {DecisionKind::later, "later"},
    {DecisionKind::accept, "accept"},
});

constexpr auto channels = std::to_array<Named<Channel>>({
    {Channel::bound_browser, "bound_browser"},
    {Channel::unbound_browser, "unbound_browser"},
    {Channel::reply, "reply"},
    {Channel::command, "command"},
});

constexpr auto outcomes = std::to_array<Named<Outcome>>({
    {Outcome::unknown, "unknown"},
    {Outcome::spoke, "spoke"},
    {Outcome::did_not_speak, "did_not_speak"},
});

template <class Table>
constexpr bool stands_in_order(const Table& table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].value) != i) return false;
  }
  return true;
}
static_assert(stands_in_order(states) && stands_in_order(roles) && stands_in_order(decisions) &&
              stands_in_order(channels) && stands_in_order(outcomes));

template <class Table, class Enum>
std::string_view name_in(const Table& table, Enum value) {
  return table[static_cast<std::size_t>(value)].name;
}

template <class Table>
auto find_in(const Table& table, std::string_view name) -> std::optional<decltype(table[0].value)> {
  const auto row = std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.name == name; });
  if (row == table.end()) return std::nullopt;
  return row->value;
}

}  // namespace

std::string_view state_name(State state) { return name_in(states, state); }
std::string_view role_name(Role role) { return name_in(roles, role); }
std::string_view decision_name(DecisionKind kind) { return name_in(decisions, kind); }
std::string_view channel_name(Channel channel) { return name_in(channels, channel); }
std::string_view outcome_name(Outcome outcome) { return name_in(outcomes, outcome); }
std::optional<State> find_state(std::string_view name) { return find_in(states, name); }
std::optional<Role> find_role(std::string_view name) { return find_in(roles, name); }
std::optional<DecisionKind> find_decision(std::string_view name) { return find_in(decisions, name); }
std::optional<Channel> find_channel(std::string_view name) { return find_in(channels, name); }
std::optional<Outcome> find_outcome(std::string_view name) { return find_in(outcomes, name); }

bool is_final(State state) { return state >= State::closed; }

std::optional<PersonId> current_connector(const Introduction& introduction) {
  if (introduction.asks.empty()) return std::nullopt;
  return introduction.asks.back().connector;
}

std::optional<PersonId> next_on_way(const Introduction& introduction, PersonId connector) {
  const auto& relay = introduction.relay;
  const auto at = std::find(relay.begin(), relay.end(), connector);
  if (at == relay.end() || at + 1 == relay.end()) return std::nullopt;
  return *(at + 1);
}

// The next on the way may be asked by R as well, once the one before has said no.
std::optional<PersonId> passed_on_by(const Introduction& introduction) {
  const auto connector = current_connector(introduction);
  const auto before = std::find_if(introduction.asks.begin(), introduction.asks.end(), [&](const Ask& ask) {
    return ask.decision == DecisionKind::forward && next_on_way(introduction, ask.connector) == connector;
  });
  if (!connector || before == introduction.asks.end()) return std::nullopt;
  return before->connector;
}

std::string note_to_connector(const Introduction& introduction) {
  const auto& asks = introduction.asks;
  const bool has_written_to_them =
      asks.size() >= 2 && asks[asks.size() - 2].connector == asks.back().connector;
  return passed_on_by(introduction) && !has_written_to_them ? std::string() : introduction.cover_note;
}

std::optional<Role> decider(State state) {
  if (state == State::asked || state == State::snoozed) return Role::connector;
  if (state == State::forwarded) return Role::target;
  return std::nullopt;
}

std::optional<PersonId> person_in(const Introduction& introduction, Role role) {
  switch (role) {
    case Role::requester: return introduction.requester;
    case Role::connector: return current_connector(introduction);
    case Role::target: return introduction.target;
  }
  return std::nullopt;
}

// A snooze looks like waiting too: a silent no said during one would be seen by its end.
State state_shown_to_requester(const Introduction& introduction) {
  if (introduction.state == State::snoozed) return State::asked;
  if (introduction.state != State::declined_silently) return introduction.state;
  return introduction.forwarded_at ? State::forwarded : State::asked;
}

}  // namespace tertius
