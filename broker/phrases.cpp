#include "broker/phrases.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <unordered_map>

#include "broker/cues.hpp"
#include "broker/utf8.hpp"

namespace tertius::reading {
namespace {

enum class Kind { word, gap, clause_begin, sentence_begin, clause_end };

struct Element {
  Kind kind = Kind::word;
  std::vector<std::string> words;  // a trailing '*' means "begins with"
};
using Pattern = std::vector<Element>;

struct Rule {
  Cue cue{};
  Pattern pattern;
};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    if (const std::string_view part = trimmed(text.substr(0, end)); !part.empty()) parts.push_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_macro(std::string_view word) {
  return word.size() >= 3 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Element plain(Kind kind) { return {kind, {}}; }

// One written word may be several read ones ("don't" one, "s'il" two, Japanese one a character).
void append_word(Pattern& pattern, std::string_view written) {
  Element choice;
  for (std::string_view alternative : split(written, '|')) {
    const bool prefix = alternative.ends_with('*');
    const Text text = read_sentences(prefix ? alternative.substr(0, alternative.size() - 1) : alternative);
    for (std::size_t i = 0; i + 1 < text.words.size(); ++i)
      pattern.push_back({Kind::word, {text.words[i].text}});
    choice.words.push_back(text.words.back().text + (prefix ? "*" : ""));
  }
  pattern.push_back(std::move(choice));
}

void append_element(Pattern& pattern, std::string_view written) {
  if (written == "~") return pattern.push_back(plain(Kind::gap));
  if (written == "^") return pattern.push_back(plain(Kind::clause_begin));
  if (written == "^^") return pattern.push_back(plain(Kind::sentence_begin));
  if (written == "$") return pattern.push_back(plain(Kind::clause_end));
  append_word(pattern, written);
}

std::vector<Pattern> compile(Language language, std::string_view written);

std::vector<Pattern> expand(Language language, std::string_view name) {
  std::vector<Pattern> all;
  for (const Macro& macro : lexicon(language).macros)
    if (macro.name == name)
      for (std::string_view part : split(macro.patterns, ';'))
        for (Pattern& pattern : compile(language, part)) all.push_back(std::move(pattern));
  return all;
}

std::vector<Pattern> compile(Language language, std::string_view written) {
  std::vector<Pattern> all(1);
  for (std::string_view word : split(written, ' ')) {
    if (!is_macro(word)) {
      for (Pattern& pattern : all) append_element(pattern, word);
      continue;
    }
    std::vector<Pattern> longer;
    for (const Pattern& tail : expand(language, word))
      for (Pattern head : all) {
        head.insert(head.end(), tail.begin(), tail.end());
        longer.push_back(std::move(head));
      }
    all = std::move(longer);
  }
  return all;
}

std::vector<Rule> compile_language(Language language) {
  std::vector<Rule> rules;
  for (const CueRow& row : lexicon(language).rows)
    for (std::string_view written : split(row.patterns, ';'))
      for (Pattern& pattern : compile(language, written)) rules.push_back({row.cue, std::move(pattern)});
  return rules;
}

const std::vector<Rule>& rules(Language language) {
  static const auto all = [] {
    std::array<std::vector<Rule>, language_count> compiled;
    for (int i = 0; i < language_count; ++i)
      compiled[static_cast<std::size_t>(i)] = compile_language(static_cast<Language>(i));
    return compiled;
  }();
  return all[static_cast<std::size_t>(language)];
}

bool is_match(const std::string& written, const std::string& read) {
  if (written.back() != '*') return written == read;
  return read.compare(0, written.size() - 1, written, 0, written.size() - 1) == 0;
}

// The words of a text, each once and in order. Nearly every rule holds a word that is not among them; trying
// each rule at each word instead made reading an answer of sixty thousand octets take four times as long.
class Vocabulary {
 public:
  explicit Vocabulary(const Text& text) {
    for (const Word& word : text.words) words_.push_back(word.text);
    std::sort(words_.begin(), words_.end());
    words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
  }
  bool has_all(const Pattern& pattern) const {
    return std::all_of(pattern.begin(), pattern.end(), [&](const Element& element) {
      return element.kind != Kind::word ||
             std::any_of(element.words.begin(), element.words.end(), [&](const auto& w) { return has(w); });
    });
  }

 private:
  bool has(std::string_view written) const {
    const bool prefix = written.ends_with('*');
    if (prefix) written.remove_suffix(1);
    const auto found = std::lower_bound(words_.begin(), words_.end(), written);
    return found != words_.end() && (prefix ? found->starts_with(written) : *found == written);
  }
  std::vector<std::string_view> words_;
};

class Matcher {
 public:
  Matcher(const Text& text, const std::vector<char>& used) : words_(text.words), used_(used) {}

  // The end of the match that begins at `at`, or none.
  std::optional<std::size_t> match(std::span<const Element> pattern, std::size_t at,
                                   std::size_t sentence) const {
    if (pattern.empty()) return at;
    const Element& next = pattern.front();
    const auto rest = pattern.subspan(1);
    switch (next.kind) {
      case Kind::word: return is_word(next, at, sentence) ? match(rest, at + 1, sentence) : std::nullopt;
      case Kind::gap: return match_gap(rest, at, sentence);
      case Kind::clause_begin: return begins_clause(at) ? match(rest, at, sentence) : std::nullopt;
      case Kind::sentence_begin: return begins_sentence(at) ? match(rest, at, sentence) : std::nullopt;
      case Kind::clause_end:
        return at == words_.size() || begins_clause(at) ? match(rest, at, sentence) : std::nullopt;
    }
    return std::nullopt;
  }

 private:
  std::optional<std::size_t> match_gap(std::span<const Element> rest, std::size_t at,
                                       std::size_t sentence) const {
    for (std::size_t skip = 0; skip <= 3; ++skip)
      if (const auto end = match(rest, at + skip, sentence)) return end;
    return std::nullopt;
  }
  bool is_word(const Element& element, std::size_t at, std::size_t sentence) const {
    if (at >= words_.size() || words_[at].sentence != sentence || used_[at]) return false;
    return std::any_of(element.words.begin(), element.words.end(),
                       [&](const std::string& word) { return is_match(word, words_[at].text); });
  }
  bool begins_clause(std::size_t at) const {
    return at == 0 || at >= words_.size() || words_[at].clause != words_[at - 1].clause || used_[at - 1];
  }
  bool begins_sentence(std::size_t at) const {
    return at == 0 || at >= words_.size() || words_[at].sentence != words_[at - 1].sentence;
  }

  const std::vector<Word>& words_;
  const std::vector<char>& used_;
};

bool takes_words(Cue cue) { return cue == Cue::idiom || cue == Cue::assent; }

void find_all(const Text& text, const Vocabulary& vocabulary, Language language, bool taking,
              std::vector<char>& used, std::vector<Found>& found) {
  for (const Rule& rule : rules(language)) {
    if (takes_words(rule.cue) != taking || !vocabulary.has_all(rule.pattern)) continue;
    for (std::size_t at = 0; at < text.words.size(); ++at) {
      const auto end = Matcher(text, used).match(rule.pattern, at, text.words[at].sentence);
      if (!end || *end == at) continue;
      found.push_back({rule.cue, at, *end});
      if (taking)
        std::fill(used.begin() + static_cast<std::ptrdiff_t>(at),
                  used.begin() + static_cast<std::ptrdiff_t>(*end), char{1});
    }
  }
}

const std::unordered_map<std::string, unsigned>& language_words() {
  static const auto all = [] {
    std::unordered_map<std::string, unsigned> map;
    for (unsigned i = 0; i < language_count; ++i)
      for (const Word& word : read_sentences(lexicon(static_cast<Language>(i)).common).words)
        map[word.text] |= 1u << i;
    return map;
  }();
  return all;
}

bool has_ideographs(const Text& text) {
  return std::any_of(text.words.begin(), text.words.end(), [](const Word& word) {
    std::string_view rest = word.text;
    return is_ideograph(take_code_point(rest));
  });
}

// Those with at least half the best count: a mixed text is read in both languages, a short one in all it may
// be in.
std::vector<Language> languages(const Text& text) {
  std::array<int, language_count> count{};
  for (const Word& word : text.words)
    if (const auto known = language_words().find(word.text); known != language_words().end())
      for (unsigned i = 0; i < language_count; ++i) count[i] += static_cast<int>(known->second >> i & 1u);
  const int best = *std::max_element(count.begin(), count.end());
  std::vector<Language> likely;
  for (unsigned i = 0; i < language_count; ++i) {
    const auto language = static_cast<Language>(i);
    const bool asian = language == Language::ja || language == Language::zh;
    if (asian ? has_ideographs(text) : best == 0 || 2 * count[i] > best) likely.push_back(language);
  }
  return likely;
}

}  // namespace

Lexicon lexicon(Language language) {
  switch (language) {
    case Language::en: return english();
    case Language::de: return german();
    case Language::fr: return french();
    case Language::es: return spanish();
    case Language::pt: return portuguese();
    case Language::it: return italian();
    case Language::nl: return dutch();
    case Language::sv: return swedish();
    case Language::pl: return polish();
    case Language::ja: return japanese();
    case Language::zh: return chinese();
  }
  return {};
}

bool is_common_word(const std::string& word) { return language_words().contains(word); }

std::vector<Found> find_cues(const Text& text) {
  std::vector<Found> found;
  std::vector<char> used(text.words.size(), 0);
  const std::vector<Language> likely = languages(text);
  const Vocabulary vocabulary(text);
  for (const bool taking : {true, false})
    for (Language language : likely) find_all(text, vocabulary, language, taking, used, found);
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.first < b.first; });
  return found;
}

}  // namespace tertius::reading
