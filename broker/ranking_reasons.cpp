#include "broker/ranking_reasons.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "broker/name_words.hpp"
#include "broker/words.hpp"

namespace tertius {

namespace {

constexpr auto legal_forms = std::to_array<std::string_view>({
    "inc",     "incorporated", "llc", "ltd", "limited", "gmbh", "ag",  "corp", "corporation", "co",
    "company", "plc",          "sa",  "sas", "sarl",    "bv",   "nv",  "ab",   "oy",          "as",
    "aps",     "srl",          "spa", "kg",  "se",      "pty",  "the", "and",  "of",
});
// A title's words that say rank or nothing, not profession.
constexpr auto rank_words = std::to_array<std::string_view>({
    "senior",      "junior",
    "sr",          "jr",
    "lead",        "head",
    "chief",       "officer",
    "director",    "manager",
    "vice",        "president",
    "vp",          "svp",
    "evp",         "associate",
    "assistant",   "principal",
    "staff",       "global",
    "executive",   "managing",
    "general",     "of",
    "the",         "and",
    "for",         "at",
    "in",          "to",
    "a",           "an",
    "deputy",      "group",
    "team",        "member",
    "board",       "owner",
    "consultant",  "interim",
    "co",          "specialist",
    "coordinator", "intern",
    "working",     "student",
    "retired",     "self",
    "employed",    "freelance",
    "independent", "ii",
    "iii",         "i",
    "former",      "acting",
    "regional",    "international",
    "world",       "wide",
});

template <class Table>
std::vector<std::string> words_beside(std::string_view text, const Table& table) {
  std::vector<std::string> kept;
  const auto form = spaced(text);
  for (const auto word : split_words(form)) {
    if (std::ranges::find(table, word) == table.end()) kept.emplace_back(word);
  }
  return kept;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

Wording number_wording(long number) { return verbatim(std::to_string(number)); }

std::optional<Wording> answered(const AnswerRecord& record) {
  const auto decided = std::lround(record.decided);
  if (decided < 1) return std::nullopt;
  const auto forwarded = std::min(std::lround(record.forwarded), decided);
  if (forwarded < 1) return std::nullopt;
  return wording("forwarded {} of the last {}", number_wording(forwarded), number_wording(decided));
}

std::optional<Wording> long_silence(const Tie& tie, Time now) {
  constexpr std::chrono::days year{365};
  if (tie.source != TieSource::mail || !tie.since || now - *tie.since < year) return std::nullopt;
  return wording("no mail between you for over a year: write to them first");
}

Wording open_already(int count) {
  if (count == 1) return wording("has one request open already");
  return wording("has {} requests open already", number_wording(count));
}

}  // namespace

std::optional<Wording> shared_context(const Person& connector, const Person& target) {
  const auto organisation = joined(words_beside(connector.organisation, legal_forms));
  if (!organisation.empty() && organisation == joined(words_beside(target.organisation, legal_forms)))
    return wording("both at {}", target.organisation);
  const auto theirs = words_beside(target.title, rank_words);
  for (const auto& word : words_beside(connector.title, rank_words)) {
    if (std::ranges::find(theirs, word) != theirs.end()) return wording("same profession: {}", word);
  }
  return std::nullopt;
}

Wording evidence_wording(const std::string& evidence) {
  constexpr std::string_view dated = "connected on LinkedIn since ";
  const std::size_t year = evidence.rfind(' ') + 1;
  if (!evidence.starts_with(dated)) return {evidence};
  if (year <= dated.size()) return {std::string(dated) + "{}", {verbatim(evidence.substr(dated.size()))}};
  const std::string month = evidence.substr(dated.size(), year - 1 - dated.size());
  return {std::string(dated) + "{}", {{month + " {}", {verbatim(evidence.substr(year))}}}};
}

const Tie* decisive_tie(const std::vector<Tie>& ties, PersonId first) {
  const auto before = [&](const Tie& a, const Tie& b) {
    const auto order = [&](const Tie& tie) {
      const bool rating = tie.source == TieSource::rating;
      return std::pair(rating ? (tie.owner == first ? 2 : 1) : 0, tie.strength);
    };
    return order(a) > order(b);
  };
  const Tie* best = nullptr;
  for (const auto& tie : ties) {
    if (!(tie.strength > 0)) continue;  // NaN too
    if (best == nullptr || before(tie, *best)) best = &tie;
  }
  return best;
}

std::vector<Wording> ranking_reasons(const Candidate& candidate, const Person& target, Time now) {
  std::vector<Wording> reasons;
  const auto add = [&](std::optional<Wording> words) {
    if (words) reasons.push_back(std::move(*words));
  };
  const Wording name = verbatim(first_name(candidate.connector));
  const Wording theirs = verbatim(first_name(target));
  const auto* to_target = decisive_tie(candidate.target_ties, candidate.connector.id);
  const auto* to_requester = decisive_tie(candidate.requester_ties, candidate.connector.id);
  if (to_target != nullptr && !to_target->evidence.empty())
    add(wording("{} and {}: {}", name, theirs, evidence_wording(to_target->evidence)));
  if (to_requester != nullptr && !to_requester->evidence.empty())
    add(wording("you and {}: {}", name, evidence_wording(to_requester->evidence)));
  if (const auto context = shared_context(candidate.connector, target))
    add(wording("{} and {}: {}", name, theirs, *context));
  add(answered(candidate.answers));
  if (candidate.mutual > 1)
    add(wording("you and {} have {} contacts in common", name, number_wording(candidate.mutual)));
  if (candidate.answers.open > 0) add(open_already(candidate.answers.open));
  if (to_requester != nullptr) add(long_silence(*to_requester, now));
  return reasons;
}

}  // namespace tertius
