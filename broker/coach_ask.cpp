// The coach's rules on what a pitch asks for: one bounded thing, few questions, no bare deadline.

#include <algorithm>
#include <array>

#include "broker/coach_rules.hpp"
#include "broker/words.hpp"

namespace tertius::rules {

namespace {

// Words that make a sentence a wish: conditionals, hopes, courtesies. Wide on purpose: with a call, a meeting
// or a question in the same sentence they are a request, and a sensible one must never be missed.
constexpr auto ask_forms = std::to_array<std::string_view>({
    "could",    "can",         "would",        "may",         "might",      "shall",    "should",
    "will you", "are you",     "do you have",  "is there",    "any chance", "i'd",      "we'd",
    "it'd",     "you'd",       "that'd",       "i'll",        "hope*",      "hoping",   "glad",
    "grateful", "gratefully",  "please",       "appreciate*", "welcome",    "if you",   "love",
    "like to",  "wonder*",     "looking for",  "looking to",  "ask",        "asking",   "request*",
    "need",     "want",        "let me",       "whether",     "worth",      "invit*",   "keen",
    "wish",     "propose*",    "suggest*",     "how about",   "what about", "thankful", "delighted",
    "honoured", "honored",     "spare",        "eager",       "seek",       "happy",    "up for",
    "open to",  "my question", "one question", "tell me",     "all i",
});
constexpr auto ask_things = std::to_array<std::string_view>({
    "call*",    "meet*",      "coffee",        "tea",       "lunch",        "breakfast",   "dinner",
    "drink",    "chat*",      "conversation*", "talk*",     "speak*",       "question*",   "zoom",
    "video",    "phone",      "minute*",       "min",       "mins",         "hour*",       "advice",
    "feedback", "thoughts",   "opinion*",      "view*",     "perspective*", "reply",       "answer*",
    "demo*",    "visit*",     "interview*",    "read*",     "look*",        "review*",     "tell",
    "share*",   "recommend*", "point*",        "pilot*",    "test*",        "try",         "join*",
    "mentor*",  "host*",      "hear*",         "ask",       "guidance",     "suggestion*", "line",
    "lines",    "email",      "comment*",      "discuss*",  "learn*",       "input",       "introduction*",
    "session",  "tour",       "walk",          "sentence*", "critique",     "show",        "sit down",
    "quote",    "explain",    "compare*",      "buzz",      "catch up",     "write",       "panel",
    "talk",     "respond",    "response",      "time",
});
constexpr auto durations = std::to_array<std::string_view>({
    "minute*",
    "min",
    "mins",
    "hour*",
    "half an hour",
    "half hour",
    "quick",
    "short",
    "brief",
    "briefly",
    "one question",
    "two questions",
    "three questions",
    "a question",
    "single question",
    "one page",
    "one line",
    "two lines",
    "a few lines",
    "few questions",
    "couple of questions",
    "1 question",
    "2 questions",
    "3 questions",
    "one or two",
    "two or three",
    "15m",
    "20m",
    "30m",
    "coffee",
    "lunch",
    "breakfast",
    "dinner",
    "one sentence",
    "a sentence",
    "next week",
    "next month",
    "this week",
    "this month",
    "an afternoon",
    "a morning",
    "one paragraph",
    "yes or no",
});
constexpr auto topics = std::to_array<std::string_view>({
    "about",  "on",       "regarding", "concerning",   "around",       "whether",      "how",  "discuss*",
    "learn*", "compare*", "which",     "what",         "why",          "to hear",      "over", "into",
    "where",  "when",     "who",       "for feedback", "talk through", "walk through",
});
// Not the modal ones: "Would you be up for a chat sometime?" is a plea without a bound.
constexpr auto question_words = std::to_array<std::string_view>(
    {" what ", " how ", " which ", " why ", " who ", " where ", " when ", " do ", " does ", " did ", " is ",
     " are ", " have ", " has ", " should ", " was ", " were ", " if "});
// What a request looks like in the other languages that people write here.
constexpr auto asks_elsewhere = std::to_array<std::string_view>({
    "minut*",    "stunde*",   "telefon*", "gesprach*", "treffen",  "kaffee",    "frage*",   "austausch*",
    "appel*",    "rendez*",   "cafe",     "question*", "echange*", "reunion*",  "llamada*", "charla*",
    "pregunta*", "chiamata*", "incontr*", "domanda*",  "caffe",    "conversa*", "reuniao",  "ligacao",
    "pergunta*", "gesprek*",  "vraag*",   "koffie",    "samtal*",  "mote",      "fraga",    "kaffe",
    "rozmow*",   "spotkani*", "pytani*",  "meeting",   "call",     "zoom",      "video*",   "heure*",
    "hora*",     "ora",       "godzin*",  "uur",
});

// A question that says by itself what it wants: "Which channels would you skip?", "Would Acme sponsor a day a
// week of it?"
bool is_open_question(const Sentence& sentence) {
  static constexpr auto modals = std::to_array<std::string_view>({" would ", " could ", " can ", " will "});
  static constexpr auto unbounded =
      std::to_array<std::string_view>({"chat*", "call*", "meet*", "talk*", "speak*", "connect*", "help*",
                                       "conversation", "sometime", "some time"});
  constexpr std::size_t fewest_words = 5;  // "Does it make sense?" asks nothing of T
  constexpr std::size_t fewest_words_of_plea = 7;
  const auto begins = [&](auto word) { return sentence.spaced.starts_with(word); };
  const auto words = split_words(sentence.spaced).size();
  if (!sentence.asks || words < fewest_words) return false;
  if (std::ranges::any_of(question_words, begins)) return true;
  return words >= fewest_words_of_plea && std::ranges::any_of(modals, begins) &&
         !has_any_phrase(sentence.spaced, unbounded);
}

// "Will you come to the last night?", "May we put that to you?": a question to T by its first two words.
bool is_plea(const Sentence& sentence) {
  static constexpr auto verbs =
      std::to_array<std::string_view>({"could", "would", "can", "will", "may", "might", "shall", "do"});
  static constexpr auto pronouns = std::to_array<std::string_view>({"you", "we", "i"});
  const auto words = split_words(sentence.spaced);
  return sentence.asks && words.size() >= 2 && std::ranges::find(verbs, words[0]) != verbs.end() &&
         std::ranges::find(pronouns, words[1]) != pronouns.end();
}

bool asks(const Sentence& sentence) {
  const bool form = sentence.asks || has_any_phrase(sentence.spaced, ask_forms);
  return (form && has_any_phrase(sentence.spaced, ask_things)) || is_plea(sentence) ||
         is_open_question(sentence);
}

bool is_bounded(const Sentence& sentence) {
  return has_any_phrase(sentence.spaced, durations) || has_any_phrase(sentence.spaced, topics);
}

bool is_unspaced_script(std::string_view text) {
  return count_words(text) > split_words(spaced(text)).size() * 2;  // Chinese, Japanese
}

Wording suggested_ask(const Reading& reading) {
  const auto& organisation = reading.target_organisation;
  const auto topic = organisation.empty() ? verbatim("...") : wording("how {} ...", organisation);
  return wording(
      "End with one question, such as: \"Could we speak for 20 minutes about {}, in the next two weeks?\"",
      topic);
}

constexpr auto hurry_phrases = std::to_array<std::string_view>({
    "asap",
    "as soon as possible",
    "urgent*",
    "deadline*",
    "right away",
    "immediately",
    "quickly as possible",
    "time sensitive",
});
constexpr auto date_words = std::to_array<std::string_view>({
    "january",  "february", "march",    "april",     "june",       "july",      "august",   "september",
    "october",  "november", "december", "monday",    "tuesday",    "wednesday", "thursday", "friday",
    "saturday", "sunday",   "tomorrow", "next week", "next month", "may 1*",    "may 2*",
});

std::size_t question_marks(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count(text, '?'));
}

}  // namespace

Remarks asks_one_thing(const Reading& reading) {
  const auto& pitch = reading.pitch;
  if (pitch.words == 0 || is_unspaced_script(pitch.text)) return {};
  const auto nothing = Remark{"pitch",
                              wording("The pitch does not ask {} for anything.", reading.target_first),
                              suggested_ask(reading),
                              {}};
  if (!pitch.english) {
    const bool any = question_marks(pitch.text) > 0 || has_any_phrase(pitch.spaced, asks_elsewhere);
    return any ? Remarks{} : Remarks{nothing};
  }
  const Sentence* unbounded = nullptr;
  for (std::size_t i = 0; i < pitch.sentences.size(); ++i) {
    const auto& sentence = pitch.sentences[i];
    if (!asks(sentence)) continue;
    const bool bounded_next = i + 1 < pitch.sentences.size() && is_bounded(pitch.sentences[i + 1]);
    if (is_open_question(sentence) || is_bounded(sentence) || bounded_next) return {};
    unbounded = &sentence;
  }
  if (unbounded == nullptr) return {nothing};
  return {{"pitch",
           wording("The pitch does not say how much it asks for: {} has neither a length nor a topic.",
                   snippet(unbounded->text)),
           suggested_ask(reading),
           {}}};
}

Remarks few_questions(const Reading& reading) {
  if (reading.pitch.words == 0) return {};
  const auto count = question_marks(reading.request.pitch);
  if (count >= 1 && count <= 3) return {};
  if (count == 0)
    return {{"pitch",
             wording("The pitch has no question mark; mails with one to three questions are answered most."),
             wording("Put what you ask as a question."),
             {}}};
  return {{"pitch",
           wording("The pitch has {} question marks; one to three are answered most.", std::to_string(count)),
           wording("Keep the one that matters most."),
           {}}};
}

Remarks deadline_has_reason(const Reading& reading) {
  const auto& pitch = reading.pitch;
  if (!has_any_phrase(pitch.spaced, hurry_phrases)) return {};
  const bool reason = has_phrase(pitch.spaced, "because") || has_phrase(pitch.spaced, "since") ||
                      has_phrase(pitch.spaced, "as we");
  if (reason && has_any_phrase(pitch.spaced, date_words)) return {};
  return {{"pitch",
           wording("The pitch is in a hurry without a date and a reason."),
           wording("Say by when and why: \"by 12 March, because the board meets on the 14th\"."),
           {}}};
}

}  // namespace tertius::rules
