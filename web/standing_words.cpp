#include "web/standing_words.hpp"

#include <algorithm>
#include <array>

namespace tertius::web {

namespace {

using enum Standing;
constexpr Role R = Role::requester, C = Role::connector, T = Role::target;

// %R %C %T: the people; %D the day and %M the minute at which time acts.
struct WordsRow {
  Role viewer;
  Standing standing;
  std::string_view pill, kind, next, until;
};
constexpr auto rows = std::to_array<WordsRow>({
    {R, to_confirm, "to be confirmed", "wait",
     "Was it you who asked to meet %T? Confirm it, and it goes out.",
     "Unconfirmed, it is thrown away on %D."},
    {R, to_choose, "waits for you", "wait", "Choose who shall be asked to introduce you to %T.",
     "Without your choice it ends on %D."},
    {R, to_revise, "changes wanted", "wait", "%C would like changes before passing it on.",
     "Without a new version it ends on %D."},
    {R, to_report, "introduced", "good", "You and %T have each other's address. Did you speak?", ""},
    {R, with_connector, "asked", "wait", "We wait for %C, and remind them twice at most.",
     "Their time is over on %D; then somebody else on your list is asked, or it ends."},
    {R, with_target, "forwarded", "good", "%C passed it on. We wait for %T.",
     "Without an answer it ends on %D."},
    {R, introduced, "introduced", "good", "You and %T have each other's address. Good luck.", ""},
    {R, declined, "declined", "bad", "%C declined. A new request starts a new one.", ""},
    {R, target_declined, "declined", "bad", "%T declined. A new request starts a new one.", ""},
    {R, expired, "no answer", "bad", "It has ended. A new request starts a new one.", ""},
    {R, withdrawn, "withdrawn", "plain", "You withdrew it.", ""},

    {C, to_answer, "waits for you", "wait", "%R would like to meet %T. Will you pass it on?",
     "Without your answer it ends on %D."},
    {C, recorded, "recorded", "wait", "Your answer is recorded.",
     "It takes effect on %M. Until then you can undo it."},
    {C, put_off, "put off", "plain", "You wanted to be asked again. You can answer now, too.",
     "We ask you again on %D."},
    {C, with_requester, "changes asked for", "plain", "We wait for %R's new version.",
     "Without one it ends on %D."},
    {C, with_target, "forwarded", "good", "You passed it on. We wait for %T.",
     "Without an answer it ends on %D."},
    {C, introduced, "introduced", "good", "You introduced %R and %T. Thank you.", ""},
    {C, answered_no, "you declined", "plain", "You declined.", ""},
    {C, passed_to, "you declined", "plain", "You suggested somebody else.", ""},
    {C, not_answered, "no answer", "plain", "You did not answer in time.", ""},
    {C, target_declined, "declined", "bad", "%T declined.", ""},
    {C, expired, "no answer", "bad", "You passed it on, and nothing came of it.", ""},
    {C, withdrawn, "withdrawn", "plain", "%R withdrew it.", ""},
    {C, passed_on, "passed on", "good", "You passed it on; it goes its way from there.", ""},
    {C, not_theirs, "over for you", "plain", "It is not with you any more.", ""},

    {T, to_answer, "waits for you", "wait", "%R would like to meet you. %C passed it on.",
     "Without your answer it ends on %D."},
    {T, recorded, "recorded", "wait", "Your answer is recorded.",
     "It takes effect on %M. Until then you can undo it."},
    {T, put_off, "put off", "plain", "You wanted to be asked again. You can answer now, too.",
     "We ask you again on %D."},
    {T, introduced, "introduced", "good", "You and %R have been introduced by %C.", ""},
    {T, answered_no, "you declined", "plain", "You declined.", ""},
    {T, expired, "ended", "plain", "It has ended.", ""},
    {T, withdrawn, "withdrawn", "plain", "%R withdrew it.", ""},
});

const WordsRow& row_of(const Seat& seat) {
  const auto found = std::ranges::find_if(
      rows, [&](const WordsRow& r) { return r.viewer == seat.role && r.standing == seat.standing; });
  return found == rows.end() ? rows.back() : *found;
}

// What C does with their time, a "later" among it, is not for R: to R it runs out as if C had said nothing.
std::optional<Time> end_shown_to_requester(const Introduction& introduction, const Policy& policy, Time now) {
  if (introduction.asks.empty()) return std::nullopt;
  const Time end = introduction.asks.back().asked_at + policy.connector_expiry;
  return end > now ? std::optional(end) : std::nullopt;
}

std::optional<Time> next_time(Standing standing, const Introduction& introduction, const Policy& policy,
                              Time now) {
  if (standing == with_connector) return end_shown_to_requester(introduction, policy, now);
  if (standing == recorded) return introduction.held->effective_at;
  if (standing == put_off) return introduction.paused_until;
  return end_without_answer(introduction, policy);
}

// A name may hold a "%" of its own: the words are read once, from the left.
std::string filled(std::string_view words, const Names& names, std::optional<Time> time) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] != '%' || i + 1 == words.size()) {
      out += words[i];
      continue;
    }
    switch (words[++i]) {
      case 'R': out += names.requester; break;
      case 'C': out += names.connector; break;
      case 'T': out += names.target; break;
      case 'D': out += time ? date_text(*time) : ""; break;
      case 'M': out += time ? when(*time) : ""; break;
      default: break;
    }
  }
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z')
    out.front() = static_cast<char>(out.front() - 32);
  return out;
}

// No name, no address instead: the label of a person without a name is their address.
std::string label_of(const Person& person, std::string_view otherwise) {
  return person.name.empty() ? std::string(otherwise) : person_label(person);
}

}  // namespace

Names names_for(const Cast& cast) {
  return {label_of(cast.requester, "somebody"), label_of(cast.connector, "the connector"),
          label_of(cast.target, "somebody")};
}

StandingWords standing_words(const Seat& seat, const Introduction& introduction, const Names& names,
                             const Policy& policy, Time now) {
  const WordsRow& words = row_of(seat);
  const auto time = next_time(seat.standing, introduction, policy, now);
  const bool is_dated = time && !words.until.empty();
  return {{std::string(words.pill), std::string(words.kind)},
          filled(words.next, names, time),
          is_dated ? filled(words.until, names, time) : ""};
}

std::string title_for(Role viewer, const Names& names) {
  switch (viewer) {
    case Role::requester: return "You to " + names.target;
    case Role::connector: return names.requester + " to " + names.target;
    case Role::target: return names.requester + " to you";
  }
  return {};
}

namespace {

// The first row that fits. `from` none: any state.
struct HistoryWords {
  Role viewer;
  std::string_view trigger;
  std::optional<State> from;
  std::string_view words;
};
constexpr std::optional<State> any = std::nullopt;

// Held answers, silent noes and contradictions are told to whoever gave them alone; our own reminders not to
// R: after a silent no there are none.
constexpr auto history_rows = std::to_array<HistoryWords>({
    {R, "draft", any, "You asked"},
    {R, "confirm", any, "You confirmed it"},
    {R, "ask", any, "A connector was asked"},
    {R, "nudge", any, "You asked us to remind the connector"},
    {R, "forward", any, "The connector forwarded it"},
    {R, "pass_on", any, "The connector passed it on to somebody they know"},
    {R, "revise", any, "The connector asked for changes"},
    {R, "resubmit", any, "You sent a new version"},
    {R, "redirect", any, "The connector suggested somebody else"},
    {R, "accept", any, "They agreed to meet you"},
    {R, "decline", any, "It was declined"},
    {R, "expire", State::introduced, "It was closed"},
    {R, "expire", any, "No answer came"},
    {R, "bounce", any, "A mail could not be delivered"},
    {R, "withdraw", any, "You withdrew it"},
    {R, "report", any, "You told us how it went"},

    {C, "forward", any, "You forwarded it"},
    {C, "pass_on", any, "You passed it on"},
    {C, "decline", State::forwarded, "They declined"},
    {C, "decline", any, "You declined"},
    {C, "decline_silently", State::asked, "You declined, silently"},
    {C, "decline_silently", State::snoozed, "You declined, silently"},
    {C, "revise", any, "You asked for changes"},
    {C, "redirect", any, "You suggested somebody else"},
    {C, "snooze", State::asked, "You put it off"},
    {C, "snooze", State::snoozed, "You put it off"},
    {C, "wake", any, "We asked you again"},
    {C, "remind", State::asked, "We reminded you"},
    {C, "undo", State::asked, "You took your answer back"},
    {C, "undo", State::snoozed, "You took your answer back"},
    {C, "contradict", State::asked, "Two different answers came, and neither counted"},
    {C, "contradict", State::snoozed, "Two different answers came, and neither counted"},
    {C, "accept", any, "They agreed to meet"},
    {C, "expire", State::asked, "Your time was over"},
    {C, "expire", State::forwarded, "No answer came"},
    {C, "withdraw", any, "It was withdrawn"},

    {T, "forward", any, "It was passed on to you"},
    {T, "accept", any, "You agreed to meet"},
    {T, "decline", State::forwarded, "You declined"},
    {T, "decline_silently", State::forwarded, "You declined, silently"},
    {T, "snooze", State::forwarded, "You put it off"},
    {T, "remind", State::forwarded, "We reminded you"},
    {T, "undo", State::forwarded, "You took your answer back"},
    {T, "contradict", State::forwarded, "Two different answers came, and neither counted"},
    {T, "expire", State::forwarded, "Your time was over"},
    {T, "withdraw", any, "It was withdrawn"},
});

}  // namespace

std::string_view history_words(Role viewer, const std::string& trigger, State from, State to) {
  // R stopped all mail, which withdraws; C's and T's stop is a silent no.
  if (trigger == "stop")
    return to == State::withdrawn ? (viewer == R ? "You stopped all mail" : "It was withdrawn") : "";
  for (const auto& row : history_rows) {
    if (row.viewer == viewer && row.trigger == trigger && (!row.from || *row.from == from)) return row.words;
  }
  return {};
}

}  // namespace tertius::web
