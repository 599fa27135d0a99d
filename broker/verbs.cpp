#include "broker/verbs.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "broker/phrases.hpp"
#include "broker/sentences.hpp"

namespace tertius::reading {
namespace {

constexpr std::string_view polite =
    "please pls plz bitte merci gracias obrigado obrigada grazie bedankt tack dziekuje prosze alstublieft "
    "alsjeblieft "
    "thanks thank you danke many so much very schon vielmals a lot cheers dank je u wel beaucoup muchas "
    "muito molte "
    "s il vous plait te por favor per favore";
constexpr std::string_view greetings =
    "hi hello hey dear hallo liebe lieber guten bonjour salut hola buenos buenas estimado estimada ola bom "
    "boa caro cara "
    "ciao buongiorno buonasera salve gentile beste geachte dag goedemorgen hej hejsan kara czesc witam dzien "
    "szanowna "
    "szanowni szanowny good greetings moin servus gruss sehr cher chere querido querida prezado prezada "
    "こんにちは 你 您 お";

bool stands_in(std::string_view row, std::string_view word) {
  for (std::size_t at = row.find(word); at != std::string_view::npos; at = row.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || row[at - 1] == ' ') && (end == row.size() || row[end] == ' ')) return true;
  }
  return false;
}

std::string joined(const std::vector<Word>& words, std::size_t first, std::size_t last) {
  std::string text;
  for (std::size_t i = first; i < last; ++i) text += (i == first ? "" : " ") + words[i].text;
  return text;
}

// The phrases as keys; the longest has ten words or, in Japanese, sixteen characters.
struct Dictionary {
  std::unordered_map<std::string, Verb> verbs;
  std::size_t longest = 0;
};

Dictionary read_table() {
  Dictionary dictionary;
  for (const VerbRow& row : verb_table())
    for (std::string_view rest = row.phrases; !rest.empty();) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const Text phrase = read_sentences(rest.substr(0, end));
      dictionary.verbs.emplace(joined(phrase.words, 0, phrase.words.size()), row.verb);
      dictionary.longest = std::max(dictionary.longest, phrase.words.size());
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  return dictionary;
}

const Dictionary& dictionary() {
  static const Dictionary all = read_table();
  return all;
}

std::optional<Verb> look_up(const std::vector<Word>& words, std::size_t first, std::size_t last) {
  if (first >= last || last - first > dictionary().longest) return std::nullopt;
  const auto found = dictionary().verbs.find(joined(words, first, last));
  return found == dictionary().verbs.end() ? std::nullopt : std::optional(found->second);
}

bool is_polite(const Word& word) { return stands_in(polite, word.text); }

bool has_thanks(const std::vector<Word>& words) {
  return std::ranges::any_of(words, [](const Word& word) {
    return is_polite(word) && !stands_in("please pls plz bitte prosze por favor per favore", word.text);
  });
}

// Where the verb begins: after a greeting that is a clause of its own, and after "please".
std::size_t skip_greeting(const Text& text) {
  const auto& words = text.words;
  if (words.empty() || !stands_in(greetings, words[0].text)) return 0;
  std::size_t at = 1;
  // Behind the greeting stands a name: "Hey don't, forward it" greets nobody.
  while (at < words.size() && at < 4 && words[at].clause == words[0].clause) {
    if (!words[at].capital || is_common_word(words[at].text)) return 0;
    ++at;
  }
  return at < words.size() && words[at].clause != words[0].clause ? at : 0;
}

}  // namespace

std::optional<Verb> find_verb(std::string_view line) {
  const Text text = read_sentences(line, 40);
  if (std::ranges::any_of(text.sentences, &Sentence::question)) return std::nullopt;
  std::size_t first = skip_greeting(text), last = text.words.size();
  if (const auto whole = look_up(text.words, first, last); whole && *whole != Verb::acknowledge) return whole;
  while (last > first && is_polite(text.words[last - 1])) --last;
  while (first < last && is_polite(text.words[first])) ++first;
  const auto found = look_up(text.words, first, last);
  // "Ok" decides; "ok, thanks" may only say that the mail has been seen.
  return found == Verb::acknowledge && has_thanks(text.words) ? std::nullopt : found;
}

std::optional<Leading> find_leading_verb(std::string_view line) {
  const Text text = read_sentences(line, 40);
  std::size_t first = skip_greeting(text);
  while (first < text.words.size() && stands_in("please pls bitte", text.words[first].text)) ++first;
  for (std::size_t last = std::min(text.words.size(), first + dictionary().longest); last > first; --last)
    if (const auto verb = look_up(text.words, first, last)) return Leading{*verb, text.words[last - 1].end};
  return std::nullopt;
}

bool is_greeting(std::string_view line) {
  const Text text = read_sentences(line, 12);
  return !text.words.empty() && text.words.size() <= 6 && stands_in(greetings, text.words[0].text) &&
         !find_verb(line) && text.sentences.size() <= 1 &&
         text.words.back().clause <= text.words[0].clause + 1;
}

}  // namespace tertius::reading
