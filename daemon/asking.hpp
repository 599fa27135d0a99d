#pragma once
// The one function that all four ways of asking end in: mail, web form, command line, API.

#include <string>
#include <variant>
#include <vector>

#include "broker/coach.hpp"
#include "broker/request.hpp"
#include "broker/wording.hpp"
#include "daemon/engine.hpp"

namespace tertius::daemon {

// What became of a request: an introduction (asked, or drafted and waiting for its writer), or why not.
struct Turned {
  Wording what;                    // one sentence
  Wording hint;                    // may be empty
  std::vector<Person> candidates;  // an ambiguous target
  std::vector<Finding> findings;   // the coach's
};
using SubmitResult = std::variant<Introduction, Turned>;

// `proven`: provably from the member, by sign-in, command line or an authenticated letter; else the draft
// waits for the link in a mail to the member's own address.
SubmitResult submit(Engine& engine, const Request& request, bool proven);

// The one person whom these words name; R is never found. Of several, those are shown whom R may see.
std::variant<Person, Turned> find_target(Engine& engine, const std::string& words, PersonId requester);

}  // namespace tertius::daemon
