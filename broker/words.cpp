#include "broker/words.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "broker/utf8.hpp"

namespace tertius {

namespace {

// U+00C0 to U+017F; '*' stands for the letters that become two, in `double_letters`, or are none.
constexpr std::string_view latin =
    "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
    "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin.size() == 0x180 - 0xC0);

struct Folded {
  char32_t point;
  std::string_view ascii;
};
constexpr auto double_letters = std::to_array<Folded>({
    {0xC6, "ae"},  {0xDE, "th"},  {0xDF, "ss"},   {0xE6, "ae"},   {0xFE, "th"},    {0x132, "ij"},
    {0x133, "ij"}, {0x152, "oe"}, {0x153, "oe"},  {0xD7, "x"},    {0xF7, "/"},     {0x2018, "'"},
    {0x2019, "'"}, {0x02BC, "'"}, {0x201C, "\""}, {0x201D, "\""}, {0x2026, "..."}, {0x2212, "-"},
    {0x00A0, " "}, {0x202F, " "}, {0x3000, " "},  {0xFF1F, "?"},  {0xFF0C, ","},   {0x3002, "."},
});

bool is_invisible(char32_t point) {
  return (point >= 0x300 && point <= 0x36F) || (point >= 0x200B && point <= 0x200F) || point == 0xFEFF ||
         point == 0xAD;
}

// Greek vowels with their accent, which capitals are written without.
constexpr std::u32string_view greek_accented = U"ΆΈΉΊΌΎΏάέήίόύώ", greek_plain = U"αεηιουωαεηιουω";
static_assert(greek_accented.size() == greek_plain.size());

char32_t lower(char32_t point) {
  if (const std::size_t at = greek_accented.find(point); at != greek_accented.npos) return greek_plain[at];
  if (point >= 0x391 && point <= 0x3A9) return point + 0x20;  // Greek
  if (point >= 0x410 && point <= 0x42F) return point + 0x20;  // Cyrillic
  if (point >= 0x400 && point <= 0x40F) return point + 0x50;
  return point;
}

void append_folded(std::string& out, char32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point);
    return;
  }
  if (is_invisible(point)) return;
  const auto* found = std::ranges::find(double_letters, point, &Folded::point);
  if (found != double_letters.end()) {
    out += found->ascii;
  } else if (point >= 0xC0 && point < 0x180) {
    out += latin[point - 0xC0];
  } else if (point >= 0x2010 && point <= 0x2015) {
    out += '-';
  } else if (point >= 0x2000 && point <= 0x200A) {
    out += ' ';
  } else {
    append_code_point(out, lower(point));
  }
}

bool is_word_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet >= 0x80 || std::isalnum(octet) != 0 || c == '\'';
}

bool is_written_without_spaces(char32_t point) {
  return (point >= 0x3040 && point <= 0x30FF) || (point >= 0x3400 && point <= 0x9FFF) ||
         (point >= 0xAC00 && point <= 0xD7A3);
}

constexpr auto function_words = std::to_array<std::string_view>({
    "a",   "about", "and", "are", "as",   "at",  "be",   "could", "for", "from", "have", "how",  "i",
    "i'm", "if",    "in",  "is",  "it",   "my",  "of",   "on",    "or",  "our",  "that", "the",  "this",
    "to",  "was",   "we",  "who", "with", "you", "your", "would", "i'd", "an",   "by",   "what",
});

}  // namespace

std::string_view trim(std::string_view text) {
  const auto is_space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) append_folded(out, take_code_point(text));
  return out;
}

std::string spaced(std::string_view text) {
  std::string out = " ";
  for (const char c : fold(text)) {
    if (is_word_octet(c)) {
      out += c;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

std::vector<std::string_view> split_words(std::string_view spaced_text) {
  std::vector<std::string_view> words;
  while (!spaced_text.empty()) {
    const auto end = spaced_text.find(' ');
    if (end != 0) words.push_back(spaced_text.substr(0, end));
    spaced_text.remove_prefix(end == std::string_view::npos ? spaced_text.size() : end + 1);
  }
  return words;
}

bool has_phrase(std::string_view spaced_text, std::string_view phrase) {
  const bool stem = phrase.ends_with('*');
  if (stem) phrase.remove_suffix(1);
  for (auto at = spaced_text.find(phrase); at != std::string_view::npos;
       at = spaced_text.find(phrase, at + 1)) {
    const auto end = at + phrase.size();
    const bool begins = at > 0 && spaced_text[at - 1] == ' ';
    if (begins && (stem || end >= spaced_text.size() || spaced_text[end] == ' ')) return true;
  }
  return false;
}

bool has_any_phrase(std::string_view spaced_text, std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](auto phrase) { return has_phrase(spaced_text, phrase); });
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  std::size_t characters = 0;
  const auto form = spaced(text);
  for (auto word : split_words(form)) {
    std::size_t unspaced = 0;
    while (!word.empty()) unspaced += is_written_without_spaces(take_code_point(word)) ? 1 : 0;
    characters += unspaced;
    words += unspaced == 0 ? 1 : 0;
  }
  return words + (characters + 1) / 2;
}

// English prose has 35 to 50 % of these words, the other languages of this alphabet under 10 % ("in", "a",
// "on").
bool is_english(std::string_view spaced_text) {
  const auto words = split_words(spaced_text);
  const auto known = std::ranges::count_if(
      words, [](auto word) { return std::ranges::find(function_words, word) != function_words.end(); });
  return static_cast<std::size_t>(known) * 100 >= words.size() * 18 && known > 0;
}

}  // namespace tertius
