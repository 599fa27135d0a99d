#include "broker/coach_reading.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "broker/name_words.hpp"
#include "broker/utf8.hpp"
#include "broker/words.hpp"

namespace tertius {

namespace {

constexpr auto greeting_words = std::to_array<std::string_view>({
    "hi",           "hello",         "dear",      "hey",      "good morning", "good afternoon",
    "good evening", "good day",      "greetings", "hallo",    "liebe",        "lieber",
    "sehr geehrte", "sehr geehrter", "guten tag", "bonjour",  "cher",         "chere",
    "salut",        "hola",          "estimado",  "estimada", "querido",      "querida",
    "buenos dias",  "buenas tardes", "ola",       "caro",     "cara",         "gentile",
    "buongiorno",   "ciao",          "beste",     "geachte",  "hej",          "bonsoir",
    "prezado",      "prezada",       "moin",      "gruezi",   "kara",         "basta",
    "czesc",        "szanowna",      "szanowny",  "to",
});
constexpr auto abbreviations = std::to_array<std::string_view>({
    "dr", "mr",  "mrs",    "ms",  "prof", "st",  "inc", "ltd", "co", "corp", "vs",  "eg",  "e.g",
    "ie", "i.e", "approx", "etc", "no",   "z.b", "bzw", "ca",  "jr", "sr",   "u.s", "p.m", "a.m",
});

constexpr std::size_t longest_greeting_words = 7;

// Greetings stand on a line of their own, or before the first comma, dash or exclamation mark: "Hi Gail, I
// run...".
std::string find_greeting(std::string_view text) {
  text = trim(text);
  const auto line = text.substr(0, text.find('\n'));
  auto end = std::min(line.find_first_of(",!:"), line.size());
  for (const auto dash : {" - ", " – ", " — "}) end = std::min(end, line.find(dash));
  const auto piece = trim(line.substr(0, end));
  const auto form = spaced(piece);
  const auto words = split_words(form);
  const bool begins = std::ranges::any_of(
      greeting_words, [&](auto word) { return form.starts_with(" " + std::string(word) + " "); });
  if (!begins || words.size() > longest_greeting_words || words.front() == "to") return {};
  // "Hey is for horses." is a sentence; a greeting alone on its line may do without a comma.
  const bool own_line = end == line.size() && !piece.ends_with('.');
  return end < line.size() || own_line ? std::string(piece) : std::string{};
}

bool ends_abbreviated(std::string_view text) {
  const auto begin = text.find_last_of(" (\n");
  const auto word = fold(text.substr(begin == std::string_view::npos ? 0 : begin + 1));
  if (word.size() == 1 && std::isalpha(static_cast<unsigned char>(word.front())) && word != "i") return true;
  return std::ranges::find(abbreviations, word) != abbreviations.end();
}

bool begins_item(std::string_view text) {
  text = text.substr(0, 3);
  return text.starts_with("- ") || text.starts_with("* ") || text.starts_with("•");
}

class SentenceCutter {
 public:
  explicit SentenceCutter(std::string_view text) : text_(text) {}

  std::vector<Sentence> cut() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n' && (at_ + 1 >= text_.size() || is_break_after(at_ + 1))) finish(false);
      if ((c == '.' || c == '!' || c == '?') && ends_here()) finish(c == '?');
    }
    finish(false);
    return std::move(sentences_);
  }

 private:
  bool is_break_after(std::size_t next) const {
    const auto rest = text_.substr(next);
    return rest.front() == '\n' || rest.front() == '\r' || begins_item(rest);
  }

  bool ends_here() const {
    const auto next = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
    if (next == '.' || next == '?' || next == '!') return false;  // the last of several ends it
    const bool closes = std::isspace(static_cast<unsigned char>(next)) != 0 || next == ')' || next == '"';
    return closes && !(text_[at_] == '.' && ends_abbreviated(text_.substr(begin_, at_ - begin_)));
  }

  void finish(bool asks) {
    const auto end = std::min(at_ + 1, text_.size());
    Sentence sentence;
    for (const char c : trim(text_.substr(begin_, end - begin_)))
      sentence.text += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    begin_ = end;
    sentence.spaced = spaced(sentence.text);
    sentence.asks = asks;
    if (sentence.spaced.size() > 1) sentences_.push_back(std::move(sentence));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::vector<Sentence> sentences_;
};

std::string given_name(const std::string& name, const Person& person) {
  if (name.empty()) return person.address ? text(*person.address) : "the person you want to meet";
  return name.substr(0, name.find(' '));
}

}  // namespace

Passage read_passage(std::string_view text) {
  constexpr std::size_t longest = 32'768;  // far beyond the words that block; a megabyte would cost seconds
  Passage passage;
  passage.text = trim(utf8_prefix(text, longest));
  passage.spaced = spaced(passage.text);
  passage.greeting = find_greeting(passage.text);
  passage.sentences = SentenceCutter(passage.text.substr(passage.greeting.size())).cut();
  // A full-width question mark (U+FF1F) is three octets; the cutter knows ASCII alone.
  if (passage.text.find("？") != std::string_view::npos) {
    for (auto& sentence : passage.sentences) sentence.asks |= sentence.text.find("？") != std::string::npos;
  }
  passage.words = count_words(passage.text);
  passage.english = is_english(passage.spaced);
  return passage;
}

Reading read_request(const Request& request, const CoachFacts& facts) {
  const auto wanted = make_wanted_target(request.target);
  const auto& target = facts.target;
  const auto name = bare_name(target.name.empty() ? wanted.name : target.name);
  return {
      .request = request,
      .facts = facts,
      .target_name = name,
      .target_first = given_name(name, target),
      .target_organisation = target.organisation.empty() ? wanted.organisation : target.organisation,
      .requester_name = bare_name(facts.requester.name),
      .target_words = name_words(name),
      .pitch = read_passage(request.pitch),
      .cover_note = read_passage(request.cover_note),
  };
}

bool is_word_of_name(std::string_view word, const std::vector<std::string>& name) {
  if (word.ends_with("'s")) word.remove_suffix(2);
  if (word.ends_with('\'')) word.remove_suffix(1);
  return std::ranges::any_of(name, [&](const std::string& part) { return is_same_name_word(word, part); }) ||
         (!name.empty() && is_short_form(word, name.front()));
}

bool names_person(std::string_view spaced_text, const std::vector<std::string>& name) {
  // Chinese and Japanese names stand without spaces, and their first two characters are the family's.
  constexpr std::size_t two_characters = 6;
  for (const auto& part : name) {
    const bool unspaced = static_cast<unsigned char>(part.front()) >= 0xE3;
    if (unspaced && spaced_text.find(part.substr(0, two_characters)) != std::string_view::npos) return true;
  }
  return std::ranges::any_of(split_words(spaced_text),
                             [&](auto word) { return is_word_of_name(word, name); });
}

std::string snippet(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string out(trim(text));
  if (out.size() > longest) {
    auto cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0u) == 0x80u) --cut;
    out = out.substr(0, cut) + "...";
  }
  return "\"" + out + "\"";
}

}  // namespace tertius
