#pragma once
// A request as the coach's rules read it: the words cut into sentences once, and the people with the parts of
// their names. Pure, linear time. The views in it point into the request and the facts, which outlive it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/coach.hpp"

namespace tertius {

struct Sentence {
  std::string text;    // on one line
  std::string spaced;  // words.hpp
  bool asks = false;   // ends in a question mark
};

struct Passage {
  std::string_view text;
  std::string spaced;
  std::string greeting;             // "Hi Gail," without its end, where the first line is one
  std::vector<Sentence> sentences;  // without the greeting
  std::size_t words = 0;
  bool english = false;
};
Passage read_passage(std::string_view text);

struct Reading {
  const Request& request;
  const CoachFacts& facts;
  std::string target_name;   // on record, else as R wrote it; may be empty
  std::string target_first;  // "Gail"; "the person you want to meet" where no name is known
  std::string target_organisation;
  std::string requester_name;
  std::vector<std::string> target_words;  // of the name, folded
  Passage pitch;
  Passage cover_note;
};
Reading read_request(const Request& request, const CoachFacts& facts);

// Whether the word is part of this person's name, accents or not, in full or short ("bob" for Robert).
bool is_word_of_name(std::string_view word, const std::vector<std::string>& name);
// Whether a name's first or last word stands in the text.
bool names_person(std::string_view spaced_text, const std::vector<std::string>& name);

struct Remark {
  std::string field;
  Wording what;
  Wording hint;
  std::optional<Severity> severity;  // where it differs from its rule's
};
using Remarks = std::vector<Remark>;

// A piece of what was written, short enough to quote in a finding: "...".
std::string snippet(std::string_view text);

}  // namespace tertius
