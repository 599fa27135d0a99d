#include "broker/sight.hpp"

#include "broker/standing.hpp"

namespace tertius {

namespace {

std::optional<std::pair<DecisionKind, Time>> held_answer(const Introduction& introduction) {
  if (!introduction.held) return std::nullopt;
  return std::pair(introduction.held->decision.kind, introduction.held->effective_at);
}

}  // namespace

std::optional<Sight> sight_of(const Introduction& introduction, PersonId person) {
  const auto role = role_shown_to(introduction, person);
  if (!role) return std::nullopt;
  return Sight{*role, state_shown_to(introduction, *role), introduction.revision,
               current_connector(introduction)};
}

bool looks_other_to_operator(const Introduction& before, const Introduction& after) {
  return before.state != after.state || before.revision != after.revision ||
         held_answer(before) != held_answer(after) || current_connector(before) != current_connector(after);
}

}  // namespace tertius
