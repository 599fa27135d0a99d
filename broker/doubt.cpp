#include "broker/doubt.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "broker/judgement.hpp"
#include "broker/verbs.hpp"
#include "broker/words.hpp"

namespace tertius::reading {
namespace {

// Folded, as whole words. What judge() needs a sentence around to know.
constexpr std::string_view words_of_caution =
    "wait hold until till unless once only first condition conditions before after instead cannot cant wont "
    "dont not "
    "no never mistake error accident accidentally accidental ignore doubt hesitation hesitate sorry rather "
    "assistant except nicht kein keine nein erst bevor warte warten versehen versehentlich irrtum ignorieren "
    "bedingung falls wenn statt sondern "
    "pas non jamais attendez attendre avant apres seulement reserve erreur condition si "
    "nunca espere espera antes despues solo error condicion accidental sin "
    "nao espere depois apenas erro condicao "
    "aspetta dopo prima errore solo niet wacht eerst pas fout vergissing inte vanta forst fel nie czekaj "
    "najpierw "
    "blad ungern";

// A hash table: these are looked up for every word of every line that was cut.
bool has_word_of_caution(const Text& text) {
  static const auto words = [] {
    const auto list = split_words(words_of_caution);
    return std::unordered_set<std::string_view>(list.begin(), list.end());
  }();
  return std::ranges::any_of(text.words, [](const Word& word) { return words.contains(word.text); });
}

// 不, 没, 先, 等; ない, まず, 待.
bool has_character_of_caution(std::string_view text) {
  constexpr auto characters =
      std::to_array<std::string_view>({"不", "没", "沒", "先", "等", "别", "ない", "ません", "まず", "待"});
  return std::ranges::any_of(characters, [&](auto one) { return text.find(one) != text.npos; });
}

bool speaks_against(const Reading& reading) {
  return reading.refuses || reading.stops || reading.revises || reading.contrasts || reading.conditional ||
         reading.hedges || reading.negates || reading.puts_off || reading.wavers;
}

bool is_verb_against(std::string_view line) {
  const auto verb = find_verb(line);
  return verb && (*verb == Verb::no || *verb == Verb::later || *verb == Verb::revise ||
                  *verb == Verb::redirect || *verb == Verb::stop);
}

}  // namespace

bool has_endless_sentence(const Text& text) {
  return std::ranges::any_of(text.sentences, [](const Sentence& sentence) {
    return sentence.last - sentence.first > longest_sentence;
  });
}

bool has_doubt(std::string_view text) {
  if (trimmed(text).empty()) return false;
  constexpr std::size_t max_words = 2'000;  // more than anybody's line holds; each takes 80 octets here
  const Text read = read_sentences(text, max_words + 1);
  if (read.words.size() > max_words) return true;
  if (has_endless_sentence(read) || has_character_of_caution(text) || has_word_of_caution(read)) return true;
  if (std::ranges::any_of(lines_of(text), is_verb_against)) return true;
  return std::ranges::any_of(judge(text, Role::connector, Time{}, {}).readings, speaks_against);
}

bool takes_back(std::string_view sentence, bool addressed) {
  constexpr std::string_view takers =
      " wait hold provided ignore mistake accident accidentally instead unless oops warte irrtum versehen "
      "versehentlich "
      "stattdessen attendez erreur espera aspetta wacht vanta czekaj ";
  const Text text = read_sentences(sentence);
  const auto has = [&](std::string_view word) {
    return std::ranges::any_of(text.words, [&](const Word& one) { return one.text == word; });
  };
  if (text.words.empty()) return false;
  const auto takes = [&](const Word& word) { return takers.find(" " + word.text + " ") != takers.npos; };
  const std::string& first = text.words.front().text;
  if (addressed) return takes(text.words.front());
  const bool asks = has("ask") || has("call") || has("check") || has("talk") || has("speak");
  return std::ranges::any_of(text.words, takes) ||
         (has("only") && (has("if") || has("when") || has("once"))) || (asks && has("first")) ||
         (has("erst") && (has("wenn") || has("nach"))) || first == "after" || first == "if" ||
         first == "once" || first == "when" || (first == "to" && text.words.size() <= 3);
}

}  // namespace tertius::reading
