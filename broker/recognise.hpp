#pragma once
// What kind of letter this is, before anything is read from its words. Machine mail never decides. The order
// matters: loop, bounce, complaint, auto, list, human (decisions.md's rule as a table in recognise.cpp).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/letter.hpp"
#include "broker/time.hpp"

namespace tertius {

enum class LetterKind { human, automatic, bounce, complaint, list, loop, receipt };
std::string_view letter_kind_name(LetterKind kind);  // "human", "auto", ...

struct Recognised {
  LetterKind kind = LetterKind::human;
  std::string why;               // the header or line that says so
  bool permanent = false;        // bounce: the cause will not pass (5.x.x); another try is in vain
  bool address_is_dead = false;  // bounce: nobody is there (5.1.x, 5.2.1), and not only this mail refused
  bool delayed = false;          // bounce: not failed yet
  std::vector<FailedRecipient> failed;  // bounce: the report's, else what its text says
  std::optional<Time> until;            // auto: back on this day, where it can be read
};

// `loop_domain` is the broker's own: a letter that carries its loop header, or more than 25 Received fields,
// is a loop.
Recognised recognise(const Letter& letter, std::string_view loop_domain, Time now);

}  // namespace tertius
