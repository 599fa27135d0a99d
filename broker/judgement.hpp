#pragma once
// Reads a reply that is more than one of the exact words: sentence by sentence, each cue with what stands
// around it. A "will pass it on" counts only where nothing in its sentence denies, conditions, doubts,
// reports, asks or puts it off; every other decision is cheaper to get wrong and needs less.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/introduction.hpp"
#include "broker/phrases.hpp"
#include "broker/reply_meaning.hpp"
#include "broker/sentences.hpp"

namespace tertius::reading {

// One sentence and what it says.
struct Reading {
  bool agrees = false;    // passes it on, or accepts: nothing in the sentence against it
  bool bare_yes = false;  // "Of course!", and nothing else
  bool wavers = false;    // would agree, but for a negation, condition, doubt ...
  bool refuses = false;
  bool stops = false;
  bool revises = false;
  bool puts_off = false;
  bool contrasts = false;  // holds a "but"
  bool turns = false;      // begins with one
  bool goes_on = false;    // begins with an "and"
  bool conditional = false;
  bool hedges = false;
  bool negates = false;
  bool denies = false;     // begins with a negation, or is little else
  bool addresses = false;  // speaks to a "you", or begins with a name: an endorsement's words to T
  bool asks = false;
  bool wants_change = false;
  std::optional<Time> until;
  std::string person;  // redirect
};

struct Judged {
  Text text;
  std::vector<Reading> readings;  // one for each sentence
};

// `answered` is the text of the notice that is answered. Whom it does not name is not whom its "to" means;
// empty names everybody.
Judged judge(std::string_view text, Role by, Time now, std::string_view answered);

}  // namespace tertius::reading
