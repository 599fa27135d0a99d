#pragma once
// Whether words hold anything against a yes: a refusal, a condition, a delay, a mistake. Asked of lines that
// were cut from a reply by a rule that may err (a footer, the tail of a quote, a line with a link): the cut
// stands, but a "forward" beside such a line is not clear. Wide on purpose: too much of it costs a click.

#include <string_view>

#include "broker/sentences.hpp"

namespace tertius::reading {

bool has_doubt(std::string_view text);

// Of a sentence below a "forward", which may be C's word to T: only what can hardly be that.
// `addressed`: it begins with a name or speaks to a "you".
bool takes_back(std::string_view sentence, bool addressed);

// No decision is read in a sentence longer than that; judging one takes the cube of its length.
inline constexpr std::size_t longest_sentence = 200;
bool has_endless_sentence(const Text& text);

}  // namespace tertius::reading
