// The coach's rules on the subject, the people and what is open between them.

#include <algorithm>
#include <array>
#include <cctype>

#include "broker/bare_subject.hpp"
#include "broker/coach_rules.hpp"
#include "broker/name_words.hpp"
#include "broker/utf8.hpp"
#include "broker/words.hpp"

namespace tertius {

namespace {

constexpr std::size_t longest_pitch_subject = 60;    // what an inbox list shows
constexpr std::size_t longest_request_subject = 78;  // RFC 5322 2.1.1

Person without_organisation(Person person) {
  person.organisation.clear();
  return person;
}

std::string worded(Wording words, const Person& requester, const Person& target,
                   const Sentences& sentences = {}) {
  words.values = {verbatim(person_label(requester)), verbatim(person_label(target))};
  return say(words, sentences);
}

}  // namespace

std::string pitch_subject(const Person& requester, const Person& target, const Sentences& sentences) {
  const Wording words = wording("Introduction: {} and {}");
  auto subject = worded(words, requester, target, sentences);
  if (count_code_points(subject) <= longest_pitch_subject) return subject;
  const auto short_target = without_organisation(target);
  subject = worded(words, requester, short_target, sentences);
  if (count_code_points(subject) <= longest_pitch_subject) return subject;
  return worded(words, without_organisation(requester), short_target, sentences);
}

std::string request_subject(const Person& requester, const Person& target) {
  const Wording words = wording("Introduce {} to {}?");
  auto subject = worded(words, requester, target);
  if (count_code_points(subject) <= longest_request_subject) return subject;
  const auto short_requester = without_organisation(requester);
  subject = worded(words, short_requester, target);
  if (count_code_points(subject) <= longest_request_subject) return subject;
  return worded(words, short_requester, without_organisation(target));
}

namespace rules {

namespace {

std::string suggested_subject(const Reading& reading) {
  auto target = reading.facts.target;
  if (target.name.empty()) target.name = reading.target_name;
  return "\"" + pitch_subject(reading.facts.requester, target) + "\"";
}

bool has_all_words(std::string_view spaced_text, const std::vector<std::string>& name) {
  const auto words = split_words(spaced_text);
  const auto has_word = [&](const std::string& part) {
    return std::ranges::any_of(words, [&](auto word) {
      if (word.ends_with("'s")) word.remove_suffix(2);
      return is_same_name_word(word, part);
    });
  };
  // Middle names may be left out.
  return has_word(name.back()) &&
         (has_word(name.front()) || name.size() == 1 || names_person(spaced_text, {name.front()}));
}

// A word behind a greeting that is no name: "Hi there,", "Hello everyone,", "Dear future partner,".
constexpr auto nameless = std::to_array<std::string_view>({
    "there",   "all",    "everyone",  "everybody",  "team",      "folks",    "friend",  "again",
    "my",      "sir",    "madam",     "or",         "and",       "good",     "morning", "afternoon",
    "evening", "day",    "judge",     "chef",       "doctor",    "captain",  "coach",   "reverend",
    "rabbi",   "editor", "colleague", "colleagues", "neighbour", "neighbor", "fellow",  "both",
    "guten",   "tag",    "sehr",      "geehrte",    "geehrter",  "you",
});

// The words of the greeting as written, without the greeting itself: "Hi Gail Goodman" -> Gail, Goodman.
std::vector<std::string> greeted_words(const Reading& reading) {
  std::vector<std::string> out;
  const auto& greeting = reading.pitch.greeting;
  std::size_t begin = std::min(greeting.find(' '), greeting.size());
  while (begin < greeting.size()) {
    const auto end = std::min(greeting.find(' ', begin + 1), greeting.size());
    std::string word(trim(std::string_view(greeting).substr(begin, end - begin)));
    while (!word.empty() && std::ispunct(static_cast<unsigned char>(word.back()))) word.pop_back();
    const auto folded = fold(word);
    const bool capital = !word.empty() && !std::islower(static_cast<unsigned char>(word.front()));
    const bool is_name =
        capital && !is_honorific(word) && std::ranges::find(nameless, folded) == nameless.end();
    if (is_name) out.push_back(word);
    begin = end;
  }
  return out;
}

Remark wrong_greeting(const Reading& reading, const std::string& word) {
  const auto& first = reading.target_first;
  const auto fix = wording("Write \"Hi {},\" or leave the greeting out.", first);
  const bool slip =
      std::ranges::any_of(reading.target_words, [&](const auto& part) { return is_misspelling(word, part); });
  if (slip)
    return {"pitch",
            wording("The greeting says \"{}\"; on record the name is {}.", word, reading.target_name),
            fix,
            {}};
  for (const auto& connector : reading.facts.connectors) {
    if (is_word_of_name(fold(word), name_words(connector.name)))
      return {"pitch",
              wording("The greeting speaks to {}, but the pitch goes to {}.", word, first),
              wording("{} Words to {} belong in the cover note.", fix, word),
              {}};
  }
  return {"pitch", wording("The greeting names {}, but the pitch goes to {}.", word, first), fix, {}};
}

// One word of T's name is enough: "Judge Mbeki", "Coach Gail". A title of T's own will do too: "Dear
// Director".
Remarks greets_target(const Reading& reading) {
  const auto words = greeted_words(reading);
  const auto title = spaced(reading.facts.target.title);
  const bool right = std::ranges::any_of(words, [&](const auto& word) {
    return is_word_of_name(fold(word), reading.target_words) || has_phrase(title, fold(word));
  });
  if (right || words.empty()) return {};
  return {wrong_greeting(reading, words.front())};
}

// "Gale Goodman", "Gail Goodmann": one word of the name right, its neighbour a slip away.
std::string misspelt_name(std::string_view spaced_text, const std::vector<std::string>& name) {
  if (name.size() < 2) return {};
  const auto words = split_words(spaced_text);
  const auto bare = [](std::string_view word) {
    return word.ends_with("'s") ? word.substr(0, word.size() - 2) : word;
  };
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const auto first = words[i];
    const auto last = bare(words[i + 1]);
    const bool first_right = is_word_of_name(first, {name.front()});
    const bool last_right = is_same_name_word(last, name.back());
    if ((first_right && is_misspelling(last, name.back())) ||
        (last_right && is_misspelling(first, name.front())))
      return std::string(first) + " " + std::string(last);
  }
  return {};
}

}  // namespace

Remarks subject_names_target(const Reading& reading) {
  const auto& subject = reading.request.subject;
  if (trim(subject).empty() || reading.target_words.empty()) return {};  // ours names both
  if (!has_all_words(spaced(subject), reading.target_words))
    return {{"subject",
             wording("The subject {} does not name {}.", snippet(subject), reading.target_name),
             wording("Write {}, or leave the subject empty: it is then made from the names.",
                     suggested_subject(reading)),
             {}}};
  if (count_code_points(trim(subject)) <= longest_pitch_subject) return {};
  return {{"subject", wording("The subject has more than 60 characters; inbox lists cut it off."),
           wording("Write {}.", suggested_subject(reading)), Severity::warns}};
}

Remarks subject_says_something(const Reading& reading) {
  const auto& subject = reading.request.subject;
  if (trim(subject).empty()) return {};
  const auto hint = wording("Write {}.", suggested_subject(reading));
  if (has_reply_mark(subject))
    return {{"subject",
             wording("The subject {} begins like a reply, and this is a first mail.", snippet(subject)),
             hint,
             {}}};
  constexpr auto phrases =
      std::to_array<std::string_view>({"quick question", "follow up", "following up", "touching base",
                                       "checking in", "quick favor", "quick favour"});
  if (!is_vague(subject) && !has_any_phrase(spaced(subject), phrases)) return {};
  return {{"subject",
           wording("The subject {} does not say what the mail is about.", snippet(subject)),
           hint,
           {}}};
}

Remarks one_target(const Reading& reading) {
  auto others = reading.facts.other_targets;
  if (others.empty()) others = other_targets(reading.request.target);
  if (others.empty()) return {};
  return {{"request",
           wording("The request names more than one person: {} and {}.", reading.target_name, others.front()),
           wording("Send one request for each person; one to {} can follow.", others.front()),
           {}}};
}

Remarks no_other_open(const Reading& reading) {
  if (!reading.facts.same_request_open) return {};
  return {{"request",
           wording("You already have an open request to meet {}.", reading.target_name),
           wording("Wait for its answer, or withdraw it first."),
           {}}};
}

Remarks names_spelled(const Reading& reading) {
  if (reading.target_words.empty()) return {};
  auto remarks = greets_target(reading);
  struct Place {
    std::string_view field;
    std::string_view text;
  };
  for (const auto& [field, text] :
       {Place{"pitch", reading.request.pitch}, Place{"subject", reading.request.subject}}) {
    const auto wrong = misspelt_name(spaced(text), reading.target_words);
    if (wrong.empty() || !remarks.empty()) continue;
    remarks.push_back({std::string(field),
                       wording("The name is written \"{}\"; on record it is {}.", wrong, reading.target_name),
                       wording("Write \"{}\".", reading.target_name),
                       {}});
  }
  return remarks;
}

Remarks budget_left(const Reading& reading) {
  if (!reading.facts.pair_budget_spent) return {};
  const auto& connectors = reading.facts.connectors;
  const auto name =
      connectors.empty() ? wording("This connector") : verbatim(person_label(connectors.front()));
  return {{"request",
           wording("{} has had enough requests from you for now.", name),
           wording("Choose another connector, or wait: one open request at a time, three a year, 30 days "
                   "between them."),
           {}}};
}

}  // namespace rules

}  // namespace tertius
