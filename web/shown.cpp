#include "web/shown.hpp"

#include <algorithm>
#include <array>

namespace tertius::web {

namespace {

struct Sentence {
  std::string_view trigger;
  std::string_view what;
};
constexpr auto public_history = std::to_array<Sentence>({
    {"draft", "You asked"},
    {"confirm", "You confirmed it"},
    {"ask", "A connector was asked"},
    {"forward", "The connector forwarded it"},
    {"revise", "The connector asked for changes"},
    {"resubmit", "You sent a new version"},
    {"redirect", "The connector suggested somebody else"},
    {"accept", "They agreed to meet you"},
    {"decline", "It was declined"},
    {"expire", "No answer came"},
    {"bounce", "A mail could not be delivered"},
    {"withdraw", "You withdrew it"},
    {"report", "You told us how it went"},
});

}  // namespace

std::optional<Role> role_shown_to(const Introduction& introduction, PersonId person) {
  if (introduction.requester == person) return Role::requester;
  if (current_connector(introduction) == person) return Role::connector;
  const bool has_heard = introduction.forwarded_at || introduction.introduced_at;
  if (introduction.target == person && has_heard) return Role::target;
  return std::nullopt;
}

State state_shown_to(const Introduction& introduction, Role role) {
  if (role == Role::requester) return state_shown_to_requester(introduction);
  if (introduction.state != State::declined_silently) return introduction.state;
  const bool own = role == (introduction.forwarded_at ? Role::target : Role::connector);
  return own ? State::declined : state_shown_to_requester(introduction);
}

std::string_view step_shown_to_requester(std::string_view trigger) {
  const auto found = std::ranges::find(public_history, trigger, &Sentence::trigger);
  return found == public_history.end() ? std::string_view{} : found->what;
}

bool may_be_withdrawn(State state) { return !is_final(state) && state != State::introduced; }

}  // namespace tertius::web
