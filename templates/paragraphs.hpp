#pragma once
// The look of a text part. Templates hold one paragraph a line; the mail has lines of at most 72 columns,
// which the oldest reader shows unbroken even when it is quoted once. Pure.

#include <string>
#include <string_view>

namespace tertius::templates {

inline constexpr std::size_t text_columns = 72;

// Breaks longer lines at spaces, each rest indented as its line was; a word that is longer (a URL) keeps a
// line of its own. No space at a line's end, never two empty lines, one line end at the end.
std::string set_paragraphs(std::string_view text);

}  // namespace tertius::templates
