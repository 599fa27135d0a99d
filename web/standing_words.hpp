#pragma once
// What the pages say of a standing (broker/standing.hpp), to whoever has it.

#include <optional>
#include <string>

#include "broker/notice_fields.hpp"
#include "broker/policy.hpp"
#include "broker/standing.hpp"
#include "web/parts.hpp"

namespace tertius::web {

// As this person may have them named; nobody's address among them.
struct Names {
  std::string requester, connector, target;  // "Alice Chen (Acme)"
};
Names names_for(const Cast& cast);  // of cast_shown_to()

struct StandingWords {
  StateWords pill;
  std::string next;   // what is awaited, in a sentence
  std::string until;  // when the next thing happens by itself; may be empty
};
StandingWords standing_words(const Seat& seat, const Introduction& introduction, const Names& names,
                             const Policy& policy, Time now);

std::string title_for(Role viewer, const Names& names);  // "You to Gail Goodman"

// What one step of the history means to this person; empty where it is none of their business.
std::string_view history_words(Role viewer, const std::string& trigger, State from, State to);

}  // namespace tertius::web
