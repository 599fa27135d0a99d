#pragma once
// A small pattern language over words, for the tables of cues. No backtracking worth the name: at most two
// gaps of at most three words, so a match costs a constant.
//
//   "happy|glad to forward"   alternatives; words are folded as the text is
//   "forward*"                begins with
//   "pass ~ on"               up to three words between
//   "^ forward"               at the beginning of a clause; "^^" of a sentence
//   "never $"                 at the end of a clause
//   "FWD" in capitals         any of the phrases of that macro, in the same language

#include <string>
#include <string_view>
#include <vector>

#include "broker/sentences.hpp"

namespace tertius::reading {

enum class Language { en, de, fr, es, pt, it, nl, sv, pl, ja, zh };
inline constexpr int language_count = 11;

enum class Cue {
  idiom,   // its words mean nothing here: "looking forward to"
  assent,  // "no problem", "of course"; also "yes" at the beginning
  go,      // C: will pass it on
  meet,    // T: wants the introduction
  would,   // "I would forward": agrees, were it not for something
  refuse,
  later,
  revise,
  redirect,
  stop,
  negator,
  condition,
  contrast,
  hedge,      // maybe, I would, not sure
  reported,   // he says, she thinks
  past,       // I have forwarded; received
  question,   // a question without its mark
  change,     // shorter, add, explain: what a condition or a request asks for
  elsewhere,  // "to my assistant", "to me": not the forward that was asked for
};

struct Found {
  Cue cue{};
  std::size_t first = 0;  // words [first, last)
  std::size_t last = 0;
};

// All cues of the languages the text may be in, in order. Words of an idiom or of an assent take part in
// nothing else.
std::vector<Found> find_cues(const Text& text);

// A word of the tables' lists of common words, in any language.
bool is_common_word(const std::string& word);

}  // namespace tertius::reading
