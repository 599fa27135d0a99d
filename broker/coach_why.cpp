// The coach's rule on why a pitch goes to this target: the name, something of T's work, and a reason.

#include <algorithm>
#include <array>

#include "broker/coach_mentions.hpp"
#include "broker/coach_rules.hpp"
#include "broker/words.hpp"

namespace tertius::rules {

namespace {

// What everybody has, so that "your time" says nothing of T; any other "your ..." is T's own: work, team,
// book, oven.
constexpr auto common_things = std::to_array<std::string_view>({
    "time",         "help",         "consideration", "attention", "reply",    "response",      "answer",
    "inbox",        "convenience",  "day",           "week",      "patience", "understanding", "kindness",
    "support",      "busy",         "brain",         "schedule",  "calendar", "earliest",      "guidance",
    "advice",       "feedback",     "thoughts",      "opinion",   "interest", "assistance",    "network",
    "introduction", "availability", "input",         "name",      "email",    "mail",          "valuable",
    "precious",     "kind",         "generous",      "reading",   "choosing", "trouble",       "preference",
    "own",          "sake",         "side",          "end",
});
constexpr auto work_verbs = std::to_array<std::string_view>({
    "built",    "build",     "wrote",     "write",     "written",  "lead",     "led",       "run",
    "ran",      "founded",   "started",   "grew",      "grown",    "scaled",   "said",      "gave",
    "given",    "published", "worked",    "work",      "joined",   "made",     "described", "spoke",
    "invested", "invest",    "teach",     "taught",    "went",     "were",     "did",       "done",
    "moved",    "took",      "taken",     "sold",      "hired",    "hire",     "study",     "chair",
    "organise", "organize",  "organised", "organized", "designed", "launched", "sit",       "advise",
    "advised",  "use",       "manage",    "managed",   "set",      "raised",   "solved",    "seen",
    "dealt",    "handled",   "turned",    "brought",   "changed",  "opened",   "know",      "learned",
    "faced",    "helped",    "back",      "backed",    "collect",  "cover",    "curate",    "make",
    "buy",      "host",
});
constexpr auto fillers = std::to_array<std::string_view>({
    "have",     "also", "once",  "already", "recently",  "both", "and",  "personally",
    "yourself", "had",  "first", "clearly", "not",       "only", "must", "has",
    "long",     "now",  "just",  "still",   "currently", "are",
});
// Possessives for the reader in other languages: enough to see that the pitch speaks of T's own work.
constexpr auto your_elsewhere = std::to_array<std::string_view>({
    "ihr",    "ihre",  "ihren", "ihrem", "ihrer",  "dein",   "deine", "deinen", "deinem",
    "deiner", "votre", "vos",   "ton",   "ta",     "tes",    "su",    "sus",    "tu",
    "tus",    "seu",   "sua",   "seus",  "vostro", "vostra", "suo",   "tuo",    "tua",
    "uw",     "jouw",  "din",   "ditt",  "dina",   "pani",   "pana",  "twoj*",
});

template <class Table>
bool stands_in(const Table& table, std::string_view word) {
  return std::ranges::any_of(table, [&](std::string_view row) {
    return row.ends_with('*') ? word.starts_with(row.substr(0, row.size() - 1)) : word == row;
  });
}

// "your recent talk", "you once built", "how you hire".
bool speaks_of_work(const std::string& form) {
  const auto words = split_words(form);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "your") {
      if (i + 1 < words.size() && !stands_in(common_things, words[i + 1])) return true;
    }
    if (words[i] != "you" && words[i] != "you've" && words[i] != "you're") continue;
    const bool how = i > 0 && (words[i - 1] == "how" || words[i - 1] == "why" || words[i - 1] == "what");
    auto next = i + 1;
    while (next < words.size() && stands_in(fillers, words[next])) ++next;
    if (next < words.size() && (stands_in(work_verbs, words[next]) || words[next].ends_with("ed") || how))
      return true;
  }
  return false;
}

bool names_place_of_target(std::string_view text, std::string_view spaced_text, const Reading& reading) {
  return names_organisation(text, spaced_text, reading.target_organisation) ||
         names_role(spaced_text, reading.facts.target.title);
}

bool speaks_of_target(const Reading& reading) {
  const auto& pitch = reading.pitch;
  if (names_place_of_target(pitch.text, pitch.spaced, reading)) return true;
  if (pitch.english) return speaks_of_work(pitch.spaced);
  const bool unknown = reading.target_organisation.empty() && reading.facts.target.title.empty();
  return unknown || has_any_phrase(pitch.spaced, your_elsewhere);
}

constexpr auto reasons = std::to_array<std::string_view>({
    "because",        "since",          "so that",        "reason*",        "why",
    "which is",       "how you",        "how your",       "how to",         "learn*",
    "understand*",    "experience*",    "perspective",    "insight*",       "admir*",
    "impress*",       "inspir*",        "notic*",         "i read",         "i've read",
    "i saw",          "i've seen",      "i heard",        "i listened",     "i watched",
    "i attended",     "i enjoyed",      "caught my",      "struck me",      "stuck with me",
    "stayed with me", "we are",         "we're",          "i am working",   "i'm working",
    "working on",     "building",       "build*",         "struggl*",       "facing",
    "same",           "similar*",       "relevant",       "relat*",         "fits",
    "fit for",        "match*",         "solv*",          "interest*",      "curious",
    "explor*",        "consider*",      "decid*",         "trying",         "prepar*",
    "writing",        "research*",      "i'm launching",  "i am launching", "launch*",
    "we help",        "we make",        "we built",       "we run",         "we sell",
    "after reading",  "after hearing",  "after seeing",   "reading your",   "your view",
    "your advice",    "your take",      "thought of you", "closest",        "exactly",
    "the only",       "one of the few", "the person",     "like yours",     "as you",
    "given",          "overlap*",       "common",         "translat*",      "studying",
    "i study",        "moving",         "starting",       "opening",        "planning",
    "hiring",         "problem*",       "challenge*",
});

constexpr auto bare_wishes = std::to_array<std::string_view>({
    "i need",
    "i want",
    "i would like to",
    "i'd like to",
    "i would love to",
    "i'd love to",
    "talk to",
    "speak to",
    "speak with",
    "talk with",
    "connect*",
    "meet",
    "chat",
    "call",
});

// A sentence that tells something of T shows why it is T: "Constant Contact taught a million shops to write."
bool knows_something(const Sentence& sentence, const Reading& reading) {
  constexpr std::size_t fewest_words = 6;
  if (sentence.asks || split_words(sentence.spaced).size() < fewest_words) return false;
  if (has_any_phrase(sentence.spaced, bare_wishes)) return false;
  return names_place_of_target(sentence.text, sentence.spaced, reading) || speaks_of_work(sentence.spaced);
}

bool gives_reason(const Reading& reading) {
  if (!reading.pitch.english) return true;
  return std::ranges::any_of(reading.pitch.sentences, [&](const Sentence& sentence) {
    return has_any_phrase(sentence.spaced, reasons) || knows_something(sentence, reading);
  });
}

Wording suggested_reason(const Reading& reading) {
  const auto& organisation = reading.target_organisation;
  const auto& title = reading.facts.target.title;
  if (organisation.empty())
    return wording(
        "Add a sentence such as: \"I am writing to you because your work on ... is close to what I am trying "
        "to do: ...\"");
  const auto role =
      title.empty() ? wording("at {}", organisation) : wording("as {} of {}", title, organisation);
  return wording(
      "Add a sentence such as: \"I am writing to you because, {}, you have already solved what I am working "
      "on: ...\"",
      role);
}

}  // namespace

Remarks says_why_target(const Reading& reading) {
  if (reading.pitch.words == 0 || reading.target_words.empty()) return {};
  const auto& first = reading.target_first;
  Remarks remarks;
  if (!names_person(reading.pitch.spaced, reading.target_words))
    remarks.push_back({"pitch",
                       wording("The pitch does not name {}.", reading.target_name),
                       wording("Begin with \"Dear {},\".", first),
                       {}});
  const auto hint = suggested_reason(reading);
  if (!speaks_of_target(reading)) {
    const auto& organisation = reading.target_organisation;
    const auto known = organisation.empty() ? wording("the role nor any work")
                                            : wording("{} nor the role nor any work", organisation);
    remarks.push_back(
        {"pitch",
         wording("The pitch does not say why you want to meet {}: it mentions neither {} of {}.", first,
                 known, reading.target_name),
         hint,
         {}});
  } else if (!gives_reason(reading)) {
    remarks.push_back(
        {"pitch", wording("The pitch does not say why it should be {} and nobody else.", first), hint, {}});
  }
  return remarks;
}

}  // namespace tertius::rules
