// The coach's rules on the cover note, R's private words to C.

#include <array>

#include "broker/coach_rules.hpp"
#include "broker/words.hpp"

namespace tertius::rules {

namespace {

constexpr auto ways_out = std::to_array<std::string_view>({
    "no worries",
    "no problem",
    "no pressure",
    "no need",
    "no obligation",
    "understand if",
    "understand completely",
    "if not",
    "only if",
    "comfortable",
    "decline",
    "say no",
    "a no",
    "either way",
    "totally fine",
    "perfectly fine",
    "fine if",
    "ok if",
    "okay if",
    "don't hesitate to",
    "not the right",
    "rather not",
    "no hard feelings",
    "if you feel",
    "if you think",
    "feel free to",
    "no is fine",
    "happy to hear no",
    "if it fits",
    "if it makes sense",
    "if this is a bad",
    "if it's a bad",
    "skip",
    "ignore this",
    "without a word",
    "not mind",
});
constexpr auto known_from = std::to_array<std::string_view>({
    "know",       "met",           "meet",     "worked",      "work",         "colleague*",  "together",
    "friend*",    "classmate*",    "since",    "we both",     "studied",      "spoke",       "talked",
    "years",      "introduced me", "catch up", "good to see", "great to see", "nice to see", "last time",
    "after our",  "our call",      "our chat", "our coffee",  "our lunch",    "neighbour*",  "neighbor*",
    "shared",     "team",          "remember", "back at",     "at our",       "alumn*",      "cousin",
    "brother",    "sister",        "uncle",    "mentor*",     "your student", "our time",    "reunion",
    "conference", "seeing you",
});

bool leaves_open_how_known(const Passage& note) {
  return note.words > 0 && note.english && !has_any_phrase(note.spaced, known_from);
}

Wording connector_name(const Reading& reading) {
  const auto& connectors = reading.facts.connectors;
  return connectors.empty() ? wording("the person who is to introduce you")
                            : verbatim(first_name(connectors.front()));
}

}  // namespace

Remarks gives_easy_out(const Reading& reading) {
  const auto& note = reading.cover_note;
  const auto hint = wording("Add: \"If this is not the right moment, a no is perfectly fine.\"");
  if (note.words == 0)
    return {{"cover_note",
             wording("There is no cover note to {}.", connector_name(reading)),
             wording("Write two sentences: how you know each other and why you ask. {}", hint),
             {}}};
  if (!note.english || has_any_phrase(note.spaced, ways_out)) return {};
  return {{"cover_note",
           wording("The cover note leaves {} no easy way to say no.", connector_name(reading)),
           hint,
           {}}};
}

Remarks says_how_known(const Reading& reading) {
  const auto& note = reading.cover_note;
  if (reading.facts.connector_long_silent)
    return {{"cover_note",
             wording("You and {} have not written to each other for over a year.", connector_name(reading)),
             wording("Write to them first, or say when you last spoke."),
             {}}};
  if (reading.facts.connector_unproven || !leaves_open_how_known(note)) return {};  // Q23 says it
  return {{"cover_note",
           wording("The cover note does not say how you and {} know each other.", connector_name(reading)),
           wording("Add where you met or when you last spoke."),
           {}}};
}

Remarks tie_is_real(const Reading& reading) {
  if (!reading.facts.connector_unproven || !leaves_open_how_known(reading.cover_note)) return {};
  return {{"cover_note",
           wording("{} is not among your contacts, and the cover note does not say how you know each other.",
                   connector_name(reading)),
           wording("Add where you met or when you last spoke."),
           {}}};
}

}  // namespace tertius::rules
