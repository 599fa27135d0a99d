#pragma once
// A member's request as the form has it: the same reading for Check, Send and the coach while typing.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/coach.hpp"
#include "broker/request.hpp"
#include "web/pages.hpp"

namespace tertius::web {

// The fields of the connectors, in the order in which they are asked.
inline constexpr std::array<std::string_view, 3> turns = {"first", "second", "third"};

struct Problem {
  std::string about;  // the field
  std::string what, hint;
};

struct MemberRequest {
  tertius::Request request;
  std::optional<Person> target;   // where one was chosen
  CoachFacts known;               // for the coach: people whom the writer may see
  std::vector<Problem> problems;  // what cannot be read at all
  bool asks_unnamed = false;
};

MemberRequest read_member_request(const Call& call, const Form& form);

}  // namespace tertius::web
