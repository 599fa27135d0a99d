#pragma once
// What makes a change of an introduction one for whoever looks at it: programs are told where two sights
// differ, and so never of what their person may not know. Pure.

#include <optional>

#include "broker/introduction.hpp"

namespace tertius {

// Of one of its three people. A silent no is none to R, nor is a snooze.
struct Sight {
  Role role{};
  State state{};
  int revision = 0;
  std::optional<PersonId> connector;

  friend bool operator==(const Sight&, const Sight&) = default;
};
// None where the introduction does not exist for them.
std::optional<Sight> sight_of(const Introduction& introduction, PersonId person);

// The operator sees answers that are held, too.
bool looks_other_to_operator(const Introduction& before, const Introduction& after);

}  // namespace tertius
