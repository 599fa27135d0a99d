#pragma once
// The answers that links offer: one row for each word in a link's path, with all that its page says.

#include <optional>
#include <span>
#include <string_view>

#include "broker/introduction.hpp"

namespace tertius::web {

struct Action {
  Role role;
  std::string_view word;                 // the last part of the path
  std::optional<DecisionKind> decision;  // none: R's word on the outcome
  std::string_view label;                // on the other pages' links
  std::string_view button;
  std::string_view note_name;  // the textarea's name; empty: no words are wanted
  std::string_view note_label;
  std::string_view note_hint;
  bool note_required;
  bool danger;
};

std::span<const Action> actions();
const Action* find_action(Role role, std::string_view word);
const Action* find_action(Role role, DecisionKind decision);

// A target's no without a reason is silent by itself.
inline bool may_be_silent(Role role, DecisionKind decision) {
  return decision == DecisionKind::decline && role == Role::connector;
}
inline constexpr std::string_view silent_label = "Silently: it looks as if no answer had come";

}  // namespace tertius::web
