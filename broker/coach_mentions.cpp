#include "broker/coach_mentions.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "broker/words.hpp"

namespace tertius::rules {

namespace {

// Words of organisations' names that prose has for its own reasons.
constexpr auto generic_words = std::to_array<std::string_view>({
    "the",
    "of",
    "and",
    "for",
    "inc",
    "ltd",
    "llc",
    "gmbh",
    "ag",
    "corp",
    "company",
    "group",
    "contact",
    "university",
    "bank",
    "institute",
    "capital",
    "partners",
    "ventures",
    "systems",
    "labs",
    "media",
    "international",
    "global",
    "college",
    "school",
    "technologies",
    "technology",
    "solutions",
    "services",
    "consulting",
    "software",
    "holdings",
    "national",
    "first",
    "new",
    "american",
    "united",
    "general",
    "digital",
    "health",
    "foundation",
    "association",
    "network",
    "one",
    "open",
    "to",
    "a",
    "in",
});

bool is_generic(std::string_view word) {
  return std::ranges::find(generic_words, word) != generic_words.end();
}

bool is_capital(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  return std::isupper(first) != 0 || first >= 0x80;
}

std::vector<std::string> raw_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : std::string(text) + " ") {
    const auto octet = static_cast<unsigned char>(c);
    if (std::isalnum(octet) != 0 || octet >= 0x80) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

std::string initials(std::string_view name) {
  std::string out;
  const auto words = raw_words(name);
  for (const auto& word : words) out += is_capital(word) ? std::string(1, word.front()) : std::string{};
  return out;
}

}  // namespace

namespace {

std::string_view without_possessive(std::string_view word) {
  return word.ends_with("'s") ? word.substr(0, word.size() - 2) : word;
}

// "the ministry", "the Foundation's": a word of the name after its article, however common.
bool names_with_article(std::string_view spaced_text, const std::vector<std::string_view>& name) {
  constexpr std::size_t shortest = 4;
  const auto words = split_words(spaced_text);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto word = without_possessive(words[i]);
    if (words[i - 1] == "the" && word.size() >= shortest && std::ranges::find(name, word) != name.end())
      return true;
  }
  return false;
}

}  // namespace

bool names_organisation(std::string_view text, std::string_view spaced_text,
                        const std::string& organisation) {
  const auto form = spaced(organisation);
  const auto whole = trim(form);
  if (whole.empty()) return false;
  const bool unspaced = static_cast<unsigned char>(whole.front()) >= 0xE3;  // Chinese, Japanese, Korean
  if (unspaced && spaced_text.find(whole) != std::string_view::npos) return true;
  if (has_phrase(spaced_text, whole)) return true;
  if (names_with_article(spaced_text, split_words(form))) return true;
  std::vector<std::string> rare;
  for (const auto word : split_words(form)) {
    if (word.size() >= 3 && !is_generic(word)) rare.emplace_back(word);
  }
  const auto acronym = initials(organisation);
  return std::ranges::any_of(raw_words(text), [&](const std::string& word) {
    if (acronym.size() >= 2 && word == acronym) return true;
    return is_capital(word) && std::ranges::find(rare, fold(word)) != rare.end();
  });
}

bool names_role(std::string_view spaced_text, const std::string& title) {
  const auto form = spaced(title);
  return std::ranges::any_of(split_words(form), [&](auto word) {
    return word.size() >= 2 && !is_generic(word) && word != "at" && word != "on" &&
           has_phrase(spaced_text, word);
  });
}

}  // namespace tertius::rules
