#pragma once
// Words in what people write: the forms in which names, phrases and lines are compared. Everything is pure
// and runs in time linear in the text.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertius {

std::string_view trim(std::string_view text);

// Lines without their line ends (LF or CRLF), trimmed at the right. An empty text has none.
std::vector<std::string_view> split_lines(std::string_view text);

// Lower case (Latin, Greek, Cyrillic), Latin letters without their accents, typographic quotes, dashes and
// spaces as ASCII: "Zoë’s — café" -> "zoe's - cafe". For comparing, never for showing.
std::string fold(std::string_view text);

// fold(), then words alone, each between single spaces: "Could we talk, Gail?" -> " could we talk gail ".
// Apostrophes stay inside words; hyphens part them.
std::string spaced(std::string_view text);
std::vector<std::string_view> split_words(std::string_view spaced_text);

// Whether the phrase stands in spaced() text as whole words; "learn*" also finds "learning".
bool has_phrase(std::string_view spaced_text, std::string_view phrase);
bool has_any_phrase(std::string_view spaced_text, std::span<const std::string_view> phrases);

// Words as people count them: Chinese, Japanese and Korean, which are written without spaces, two characters
// a word.
std::size_t count_words(std::string_view text);

// Whether English function words make up enough of the text to judge its grammar by.
bool is_english(std::string_view spaced_text);

}  // namespace tertius
