#include "web/actions.hpp"

#include <algorithm>
#include <array>

namespace tertius::web {

namespace {

using D = DecisionKind;
constexpr std::string_view private_reason =
    "Optional. Your words to the person who asked; leave it empty to give no reason.";

constexpr auto table = std::to_array<Action>({
    {Role::connector, "forward", D::forward, "Forward", "Forward it", "note", "Add a line of your own",
     "Optional. It goes to them as your words, above the note.", false, false},
    {Role::connector, "decline", D::decline, "Decline", "Decline", "note", "Your reason", private_reason,
     false, true},
    {Role::connector, "changes", D::revise, "Ask for changes", "Ask for changes", "note",
     "What should change?", "They will see this and send you a new version.", true, false},
    {Role::connector, "later", D::later, "Ask me later", "Ask me later", "", "", "", false, false},
    {Role::connector, "try", D::redirect, "Suggest somebody else", "Suggest them", "note",
     "Who would be better?", "A name or an address. The person who asked will see it.", true, false},
    {Role::target, "accept", D::accept, "Yes, introduce us", "Yes, introduce us", "", "", "", false, false},
    {Role::target, "decline", D::decline, "No, thank you", "No, thank you", "note", "Your reason",
     "Optional. They read what you write here; if you leave it empty they see only that nothing came of it.",
     false, true},
    {Role::target, "later", D::later, "Ask me later", "Ask me later", "", "", "", false, false},
    {Role::requester, "spoke", std::nullopt, "Yes, we spoke", "Yes, we spoke", "", "", "", false, false},
    {Role::requester, "not_yet", std::nullopt, "No, we did not", "No, we did not", "", "", "", false, false},
});

}  // namespace

std::span<const Action> actions() { return table; }

const Action* find_action(Role role, std::string_view word) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const Action& a) { return a.role == role && a.word == word; });
  return row == table.end() ? nullptr : &*row;
}

const Action* find_action(Role role, DecisionKind decision) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const Action& a) { return a.role == role && a.decision == decision; });
  return row == table.end() ? nullptr : &*row;
}

}  // namespace tertius::web
