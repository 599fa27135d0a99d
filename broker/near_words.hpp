#pragma once
// Words that are one slip of the finger apart: a letter too many, too few, another one, or two swapped. Two
// such words share a key: what is left after at most one letter is taken out of each. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace tertius {

// Shorter ones are near to everything, longer ones are no names.
bool has_near_words(std::string_view folded_word);

// The word and the word without each of its letters, each once. `word` is fold()ed.
std::vector<std::string> near_keys(std::string_view word);

// Whether `typed` is one slip away from the word, or from its beginning: somebody is still typing.
bool is_near(std::string_view typed, std::string_view word);

}  // namespace tertius
