#include "broker/reply_meaning.hpp"

#include <algorithm>
#include <array>

#include "broker/doubt.hpp"
#include "broker/find_person.hpp"
#include "broker/judgement.hpp"
#include "broker/verbs.hpp"
#include "broker/when.hpp"

namespace tertius {
namespace {

using namespace reading;

// Nobody decides in sixty thousand octets or four thousand words; what is not read to the end decides
// nothing.
constexpr std::size_t max_text = 60'000;
constexpr std::size_t max_words = 4000;

constexpr std::array<std::string_view, 8> names{"forward", "decline", "revise", "redirect",
                                                "later",   "stop",    "accept", "unclear"};

// Who answers what, and when.
struct Asked {
  Role by;
  Time now;
  std::string_view notice;
};

Meaning meaning(MeaningKind kind, std::string_view note, std::string why) {
  Meaning made;
  made.kind = kind;
  made.note = std::string(trimmed(note));
  made.why.push_back(std::move(why));
  return made;
}

// The first line that says something, and what follows it.
struct Opening {
  std::string_view line;
  std::string_view rest;
  std::string_view from_line;  // both
};

Opening find_opening(std::string_view text) {
  std::string_view rest = trimmed(text);
  for (int skipped = 0; skipped < 3 && !rest.empty(); ++skipped) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    const std::string_view after = trimmed(rest.substr(end));
    if (after.empty() || !is_greeting(line)) return {line, after, rest};
    rest = after;
  }
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  return {trimmed(rest.substr(0, end)), trimmed(rest.substr(end)), rest};
}

std::optional<MeaningKind> kind_of(Verb verb, Role by) {
  const bool connector = by == Role::connector;
  switch (verb) {
    case Verb::yes:
    case Verb::acknowledge: return connector ? MeaningKind::forward : MeaningKind::accept;
    case Verb::pass_on: return connector ? std::optional(MeaningKind::forward) : std::nullopt;
    case Verb::meet: return by == Role::target ? std::optional(MeaningKind::accept) : std::nullopt;
    case Verb::no: return MeaningKind::decline;
    case Verb::revise: return connector ? std::optional(MeaningKind::revise) : std::nullopt;
    case Verb::later: return MeaningKind::later;
    case Verb::redirect: return connector ? std::optional(MeaningKind::redirect) : std::nullopt;
    case Verb::stop: return MeaningKind::stop;
  }
  return std::nullopt;
}

bool agrees(MeaningKind kind) { return kind == MeaningKind::forward || kind == MeaningKind::accept; }

// What follows "forward" on its own line is C's word to T and may hold nearly anything; it is stopped by what
// takes the word back. After a mere "yes" a question or a condition takes it back too.
std::optional<std::string> second_thought(std::string_view rest, Verb verb, const Asked& asked) {
  const Judged judged = judge(rest, asked.by, asked.now, asked.notice);
  const bool weak = verb == Verb::yes || verb == Verb::acknowledge;
  for (std::size_t i = 0; i < judged.readings.size(); ++i) {
    const Reading& reading = judged.readings[i];
    const std::string sentence = std::to_string(i + 1);
    const Sentence& spoken = judged.text.sentences[i];
    if (takes_back(rest.substr(spoken.begin, spoken.end - spoken.begin), reading.addresses))
      return "sentence " + sentence + " takes it back";
    if (reading.refuses || reading.stops) return "sentence " + sentence + " refuses";
    if (reading.puts_off && asked.by == Role::connector) return "sentence " + sentence + " puts it off";
    if (reading.revises && (weak || reading.wants_change)) return "sentence " + sentence + " wants changes";
    if (reading.wavers && (weak || reading.conditional)) return "sentence " + sentence + " has a doubt";
    if (i == 0 && reading.turns) return "it begins with a but";
    if (i == 0 && reading.denies) return "it begins with a no";
    if (reading.hedges && (weak || reading.contrasts)) return "sentence " + sentence + " has a doubt";
    if (reading.asks && !reading.addresses) return "sentence " + sentence + " asks";
    if (weak && (reading.goes_on || reading.asks || reading.conditional || reading.contrasts ||
                 !reading.person.empty()))
      return "sentence " + sentence + " has a doubt";
  }
  return std::nullopt;
}

bool has_other_verb(std::string_view rest, MeaningKind kind, Role by) {
  for (std::string_view line : lines_of(rest))
    if (const auto verb = find_verb(line))
      if (kind_of(*verb, by) != kind) return true;
  return false;
}

Meaning decide_by_sentences(std::string_view text, const Asked& asked);

// The word our mails teach, and its like in other languages. Behind it "too busy this year" is the reason;
// behind a mere "no" it may be a date.
bool is_formal_no(std::string_view line) {
  constexpr auto stems =
      std::to_array<std::string_view>({"declin", "reject", "ablehn", "abgelehnt", "refus", "rechaz", "recus",
                                       "rifiut", "afwijz", "avboj", "odrzu", "odmaw"});
  const std::string word = squeezed(line);
  return std::ranges::any_of(stems, [&](auto stem) { return word.find(stem) != std::string::npos; });
}

Meaning decide_by_verb(Verb verb, const Opening& opening, const Asked& asked) {
  const auto& [by, now, notice] = asked;
  const auto kind = kind_of(verb, by);
  if (!kind) return meaning(MeaningKind::unclear, opening.from_line, "that is not theirs to say");
  if (has_other_verb(opening.rest, *kind, by))
    return meaning(MeaningKind::unclear, opening.from_line, "two words that contradict each other");
  if (agrees(*kind))
    if (const auto doubt = second_thought(opening.rest, verb, asked)) {
      Meaning other = decide_by_sentences(opening.from_line, asked);
      if (agrees(other.kind)) other.kind = MeaningKind::unclear;
      other.why.push_back("after \"" + std::string(opening.line) + "\": " + *doubt);
      return other;
    }
  if (*kind == MeaningKind::redirect) return meaning(MeaningKind::unclear, opening.from_line, "nobody named");
  if (*kind == MeaningKind::revise && opening.rest.empty())
    return meaning(MeaningKind::revise, "", "exact word");
  Meaning made = meaning(*kind, opening.rest, "exact word: " + std::string(opening.line));
  if (*kind == MeaningKind::later) made.until = find_when(opening.from_line, now);
  if (*kind == MeaningKind::decline && !opening.rest.empty()) {
    Meaning more = decide_by_sentences(opening.rest, asked);
    const bool later = more.kind == MeaningKind::later && !is_formal_no(opening.line);
    if (more.kind == MeaningKind::redirect || later || more.kind == MeaningKind::stop) return more;
    if (agrees(more.kind)) return meaning(MeaningKind::unclear, opening.from_line, "no, then yes");
  }
  return made;
}

// "later 2w", "try bob@example.org", "changes: shorter": the word and what belongs to it, on one line.
std::optional<Meaning> decide_by_argument(const Opening& opening, Time now) {
  const auto leading = find_leading_verb(opening.line);
  if (!leading) return std::nullopt;
  const std::string_view argument = trimmed(opening.line.substr(leading->length));
  const Text words = read_sentences(argument);
  if (words.words.empty()) return std::nullopt;
  const bool marked = argument.starts_with(':') || argument.starts_with("：");
  if (leading->verb == Verb::later) {
    const auto when = find_when(words, 0, words.words.size(), now);
    if (!when || when->last < words.words.size()) return std::nullopt;
    Meaning made = meaning(MeaningKind::later, opening.rest, "later, with a date");
    made.until = when->time;
    return made;
  }
  if (leading->verb == Verb::redirect) {
    const std::string person = find_person(argument, words, 0, words.words.size());
    const bool whole = person.size() + 4 >= trimmed(argument).size() || person.find('@') != std::string::npos;
    if (person.empty() || !whole) return std::nullopt;
    Meaning made = meaning(MeaningKind::redirect, opening.rest, "somebody else named");
    made.redirect_to = person;
    return made;
  }
  if (leading->verb != Verb::revise || !marked) return std::nullopt;
  return meaning(MeaningKind::revise, opening.from_line.substr(opening.from_line.find(':') + 1),
                 "changes, with words");
}

// The text without the sentences that agree: what C adds for T.
std::string without_agreement(std::string_view text, const Judged& judged) {
  std::string note;
  std::size_t from = 0;
  for (std::size_t i = 0; i < judged.readings.size(); ++i) {
    if (!judged.readings[i].agrees && !judged.readings[i].bare_yes) continue;
    const Sentence& sentence = judged.text.sentences[i];
    note += text.substr(from, sentence.begin - from);
    from = sentence.end;
  }
  note += text.substr(std::min(from, text.size()));
  const std::string_view rest = trimmed(note);
  return std::string(read_sentences(rest, 1).words.empty() ? std::string_view{} : rest);
}

struct Tally {
  bool agrees = false, bare_yes = false, wavers = false, refuses = false, stops = false, asks = false,
       contrasts = false;
  bool conditional = false, hedges = false, negates = false, goes_on = false;
  std::size_t first_revision = SIZE_MAX, first_delay = SIZE_MAX, last_agreement = 0, first_refusal = SIZE_MAX;
  std::optional<Time> until;
  std::string person;
};

void add(Tally& tally, const Reading& reading, std::size_t i) {
  tally.agrees |= reading.agrees;
  tally.bare_yes |= reading.bare_yes;
  tally.wavers |= reading.wavers;
  tally.refuses |= reading.refuses;
  tally.stops |= reading.stops;
  tally.asks |= reading.asks;
  tally.contrasts |= reading.contrasts;
  tally.conditional |= reading.conditional;
  tally.hedges |= reading.hedges;
  tally.negates |= reading.negates;
  tally.goes_on |= reading.goes_on;
  const bool change =
      reading.conditional && reading.wants_change && (reading.wavers || reading.refuses || reading.agrees);
  if (reading.revises || change) tally.first_revision = std::min(tally.first_revision, i);
  if (reading.puts_off || (reading.until && (reading.wavers || reading.refuses || reading.bare_yes))) {
    tally.first_delay = std::min(tally.first_delay, i);
    if (!tally.until) tally.until = reading.until;
  }
  if (reading.refuses) tally.first_refusal = std::min(tally.first_refusal, i);
  if (reading.agrees || reading.bare_yes) tally.last_agreement = i + 1;
  if (!reading.person.empty() && (tally.person.empty() || !reading.revises)) tally.person = reading.person;
}

std::optional<MeaningKind> other_decision(const Tally& tally) {
  const bool revises = tally.first_revision != SIZE_MAX, delays = tally.first_delay != SIZE_MAX;
  if (tally.stops) return tally.agrees ? MeaningKind::unclear : MeaningKind::stop;
  const bool asks_for_changes = revises && tally.person.find('@') == std::string::npos;
  if (!tally.person.empty() && !asks_for_changes) return MeaningKind::redirect;
  if (revises && delays)
    return tally.first_revision <= tally.first_delay && !tally.until ? MeaningKind::revise
                                                                     : MeaningKind::later;
  if (revises) return MeaningKind::revise;
  if (delays) return MeaningKind::later;
  if (!tally.refuses) return std::nullopt;
  if ((tally.agrees || tally.bare_yes) && !tally.contrasts) return MeaningKind::unclear;
  return MeaningKind::decline;
}

// T has no text to change and nobody to name: such an answer is asked about.
bool may_say(MeaningKind kind, Role by) {
  return by == Role::connector || (kind != MeaningKind::revise && kind != MeaningKind::redirect);
}

Meaning decide_by_sentences(std::string_view text, const Asked& asked) {
  const auto& [by, now, notice] = asked;
  const Judged judged = judge(text, by, now, notice);
  Tally tally;
  for (std::size_t i = 0; i < judged.readings.size(); ++i) add(tally, judged.readings[i], i);
  if (const auto other = other_decision(tally)) {
    if (!may_say(*other, by)) return meaning(MeaningKind::unclear, text, "that is not theirs to say");
    Meaning made = meaning(*other, text, "sentences");
    if (*other == MeaningKind::later) made.until = tally.until ? tally.until : find_when(text, now);
    if (*other == MeaningKind::redirect) made.redirect_to = tally.person;
    return made;
  }
  if (!tally.agrees && !tally.bare_yes) return meaning(MeaningKind::unclear, text, "no decision found");
  if (tally.wavers || tally.asks)
    return meaning(MeaningKind::unclear, text, "a decision, and a doubt about it");
  const bool doubt = tally.contrasts || tally.conditional || tally.hedges;
  if (!tally.agrees && (doubt || tally.negates || tally.goes_on))
    return meaning(MeaningKind::unclear, text, "yes, with a doubt");
  if (doubt && tally.contrasts) return meaning(MeaningKind::unclear, text, "a decision, and a but");
  const MeaningKind yes = by == Role::connector ? MeaningKind::forward : MeaningKind::accept;
  return meaning(yes, without_agreement(text, judged), "sentences");
}

// R is asked yes-or-no questions only ("did you speak?").
Meaning read_requester(const Opening& opening, const Asked& asked) {
  if (const auto verb = find_verb(opening.line)) {
    if (*verb == Verb::yes || *verb == Verb::no || *verb == Verb::stop)
      return decide_by_verb(*verb, opening, asked);
    if (*verb == Verb::later) return meaning(MeaningKind::decline, opening.from_line, "not yet");
  }
  const Judged judged = judge(opening.from_line, asked.by, asked.now, asked.notice);
  if (!judged.readings.empty() && judged.readings[0].stops)
    return meaning(MeaningKind::stop, opening.from_line, "sentences");
  const auto leading = find_leading_verb(opening.line);
  const bool clear = !judged.readings.empty() && !judged.readings[0].contrasts && !judged.readings[0].asks;
  if (leading && clear && leading->length < opening.line.size() && opening.line[leading->length] == ',') {
    if (leading->verb == Verb::yes && !judged.readings[0].negates)
      return meaning(MeaningKind::accept, opening.from_line, "yes");
    if (leading->verb == Verb::no) return meaning(MeaningKind::decline, opening.from_line, "no");
  }
  return meaning(MeaningKind::unclear, opening.from_line, "neither yes nor no");
}

}  // namespace

std::string_view meaning_name(MeaningKind kind) { return names[static_cast<std::size_t>(kind)]; }

Meaning reply_meaning(std::string_view text, Role by, Time now, std::string_view answered) {
  const Asked asked{by, now, answered};
  if (text.size() > max_text) return meaning(MeaningKind::unclear, {}, "too long for an answer");
  const Text read = read_sentences(text, max_words + 1);
  if (read.words.size() > max_words) return meaning(MeaningKind::unclear, {}, "too long for an answer");
  if (has_endless_sentence(read)) return meaning(MeaningKind::unclear, text, "a sentence without an end");
  const Opening opening = find_opening(text);
  if (opening.line.empty()) return meaning(MeaningKind::unclear, "", "nothing was said");
  const bool reports = opening.line.ends_with(':') && !opening.rest.empty();  // "Gail answered me:"
  if (reports && by != Role::requester)
    return meaning(MeaningKind::unclear, text, "what follows may be somebody else's words");
  if (by == Role::requester) return read_requester(opening, asked);
  if (const auto verb = find_verb(opening.line)) return decide_by_verb(*verb, opening, asked);
  if (auto made = decide_by_argument(opening, now); made && may_say(made->kind, by)) return std::move(*made);
  return decide_by_sentences(opening.from_line, asked);
}

Meaning reply_meaning(const ReplyText& reply, Role by, Time now, std::string_view answered) {
  if (reply.disagrees) return meaning(MeaningKind::unclear, reply.text, "its parts say different things");
  Meaning made = reply_meaning(reply.text, by, now, answered);
  if (!agrees(made.kind)) return made;
  if (reply.doubtful) return meaning(MeaningKind::unclear, reply.text, "a doubt among what was cut");
  if (!reply.shown.empty() && reply_meaning(reply.shown, by, now, answered).kind != made.kind)
    return meaning(MeaningKind::unclear, reply.text, "the HTML part says something else");
  return made;
}

}  // namespace tertius
