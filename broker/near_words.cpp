#include "broker/near_words.hpp"

#include <algorithm>

#include "broker/utf8.hpp"

namespace tertius {

namespace {

constexpr std::size_t shortest = 4, longest = 24;

std::u32string letters_of(std::string_view word) {
  std::u32string letters;
  while (!word.empty()) letters += take_code_point(word);
  return letters;
}

std::string text_of(std::u32string_view letters) {
  std::string text;
  for (const char32_t letter : letters) append_code_point(text, letter);
  return text;
}

// The two begin alike and differ from here on: whether one slip explains it. The word may go on.
bool is_one_slip(std::u32string_view typed, std::u32string_view word) {
  const auto begins = [](std::u32string_view text, std::u32string_view with) {
    return text.starts_with(with);
  };
  if (typed.empty()) return true;
  const bool too_many = begins(word, typed.substr(1));
  if (word.empty()) return too_many;
  const bool too_few = begins(word.substr(1), typed);
  const bool another = begins(word.substr(1), typed.substr(1));
  const bool swapped = typed.size() > 1 && word.size() > 1 && typed[0] == word[1] && typed[1] == word[0] &&
                       begins(word.substr(2), typed.substr(2));
  return too_many || too_few || another || swapped;
}

}  // namespace

bool has_near_words(std::string_view folded_word) {
  const std::size_t length = letters_of(folded_word).size();
  return length >= shortest && length <= longest;
}

std::vector<std::string> near_keys(std::string_view word) {
  const std::u32string letters = letters_of(word);
  std::vector<std::string> keys{text_of(letters)};
  for (std::size_t i = 0; i < letters.size(); ++i) {
    std::u32string fewer = letters;
    fewer.erase(i, 1);
    keys.push_back(text_of(fewer));
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool is_near(std::string_view typed, std::string_view word) {
  const std::u32string wanted = letters_of(typed), whole = letters_of(word);
  const auto [differs, there] = std::ranges::mismatch(wanted, whole);
  const auto from = static_cast<std::size_t>(differs - wanted.begin());
  return is_one_slip(std::u32string_view(wanted).substr(from), std::u32string_view(whole).substr(from));
}

}  // namespace tertius
