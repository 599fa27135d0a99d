#pragma once
// What a person newly wrote in a reply: their own words without our quoted mail, the attribution line above
// it, signatures, device lines and disclaimers. We know every byte we sent, so the notice itself tells quote
// from word, in any language and client. If nothing is left, nothing was said. Linear time; of text over
// 300 KB or 3,000 lines the rest is not read, and nothing is decided from it.

#include <string>
#include <string_view>
#include <vector>

#include "broker/letter.hpp"

namespace tertius {

struct ReplyText {
  std::string text;        // paragraphs as written, LF, trimmed
  bool disagrees = false;  // the HTML part says something else than the text part: nothing is decided from it
  bool doubtful = false;   // among what was cut is a word against a yes that may be the person's own
  std::string shown;       // the HTML part's words, where they are not the text part's
  std::vector<std::string> why;  // which rule cut what, for `tertius explain`
};

// `notice` is the text part of the mail being answered; empty where it is not known. A subject that is one of
// the exact words (a mailto: button's) is said first.
ReplyText reply_text(const Letter& letter, std::string_view notice = {});

// All that stands outside the quote, also what repeats the notice (R was told to copy it) and what would be a
// signature's line elsewhere: the dashes between note and pitch. Only "-- " ends it.
std::string text_outside_quote(const Letter& letter);

}  // namespace tertius
