#pragma once
// What each of an introduction's people may know of it: the pages and the API go by these alone.

#include <optional>
#include <string_view>

#include "broker/introduction.hpp"

namespace tertius::web {

// The part this person has and may know of: C once asked and until somebody else is, T once it was forwarded.
std::optional<Role> role_shown_to(const Introduction& introduction, PersonId person);

// A silent no is known to whoever gave it: the connector does not learn the target's, and tells nobody.
State state_shown_to(const Introduction& introduction, Role role);

// A step of the history in R's words; empty where it is C's or T's own affair (held answers, silent noes,
// conflicts, questions).
std::string_view step_shown_to_requester(std::string_view trigger);

bool may_be_withdrawn(State state);

}  // namespace tertius::web
