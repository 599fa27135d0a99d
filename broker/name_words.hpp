#pragma once
// Names of people as others write them: without titles and degrees, with or without accents, shortened,
// misspelt. Names are compared to check what somebody typed, never to merge two people. Pure, linear time.

#include <string>
#include <string_view>
#include <vector>

namespace tertius {

// "Dr. Jane Smith, PhD, MBA (she/her)" -> "Jane Smith"; "John Smith, Jr." -> "John Smith Jr.". One line,
// single spaces.
std::string bare_name(std::string_view name);

// "PhD", "M.B.A.", "CPA": letters behind a name.
bool is_credential(std::string_view word);
bool is_honorific(std::string_view word);

// The words of bare_name(), folded: "Zoë Müller" -> zoe, muller.
std::vector<std::string> name_words(std::string_view name);

// The same word, but for accents and the German ways round them: Müller, Mueller, MULLER.
bool is_same_name_word(std::string_view a, std::string_view b);
// "bob" for "robert", "alex" for "alexandra".
bool is_short_form(std::string_view short_form, std::string_view given_name);
// Not the same word, but a slip or two away from it: "gale" for "gail", "goodmann" for "goodman".
bool is_misspelling(std::string_view word, std::string_view name_word);

}  // namespace tertius
