#include "broker/coach.hpp"

#include <algorithm>
#include <array>

#include "broker/coach_rules.hpp"

namespace tertius {

namespace {

struct Check {
  Rule rule;
  Remarks (*run)(const Reading&);
};

using enum Severity;
constexpr auto checks = std::to_array<Check>({
    {{"Q1", "the subject names the target", blocks}, rules::subject_names_target},
    {{"Q2", "the subject is neither vague nor a reply", warns}, rules::subject_says_something},
    {{"Q3", "the pitch starts fresh, without quoted mail", blocks}, rules::starts_fresh},
    {{"Q4", "the pitch can be forwarded without editing", blocks}, rules::needs_no_editing},
    {{"Q5", "the pitch says why it is this target", blocks}, rules::says_why_target},
    {{"Q6", "the pitch says who the requester is", warns}, rules::says_who_requester_is},
    {{"Q7", "the pitch asks for one bounded thing", blocks}, rules::asks_one_thing},
    {{"Q8", "one to three question marks", informs}, rules::few_questions},
    {{"Q9", "the pitch says what the target gains", warns}, rules::says_what_target_gains},
    {{"Q10", "50 to 125 words; blocks when empty or above 350", warns}, rules::length_is_right},
    {{"Q11", "reading grade of at most 8 (English)", warns}, rules::reads_easily},
    {{"Q12", "fits a phone: short paragraphs, few links, no attachment", warns}, rules::fits_a_phone},
    {{"Q13", "the cover note gives an easy way out", warns}, rules::gives_easy_out},
    {{"Q14", "greeting and thanks", informs}, rules::is_courteous},
    {{"Q15", "no shouting", informs}, rules::does_not_shout},
    {{"Q16", "a purpose, and a pitch that agrees with it", warns}, rules::purpose_fits},
    {{"Q17", "one target in each request", blocks}, rules::one_target},
    {{"Q18", "no other open request for the same target", blocks}, rules::no_other_open},
    {{"Q19", "names spelled as on record, nobody else greeted", blocks}, rules::names_spelled},
    {{"Q20", "the cover note says how the two know each other", warns}, rules::says_how_known},
    {{"Q21", "no secrets in the pitch", warns}, rules::keeps_secrets_out},
    {{"Q22", "the connector has not been asked too often", blocks}, rules::budget_left},
    {{"Q23", "the requester and the connector know each other", warns}, rules::tie_is_real},
    {{"Q24", "a deadline has a date and a reason", informs}, rules::deadline_has_reason},
});

constexpr auto rule_rows = [] {
  std::array<Rule, checks.size()> rows{};
  std::ranges::transform(checks, rows.begin(), &Check::rule);
  return rows;
}();

}  // namespace

std::span<const Rule> coach_rules() { return rule_rows; }

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::blocks: return "blocks";
    case Severity::warns: return "warns";
    case Severity::informs: return "informs";
  }
  return {};
}

std::vector<Finding> coach(const Request& request, const CoachFacts& facts,
                           std::span<const RuleChange> changes) {
  const auto reading = read_request(request, facts);
  std::vector<Finding> findings;
  for (const auto& check : checks) {
    const auto changed = std::ranges::find(changes, check.rule.id, &RuleChange::id);
    if (changed != changes.end() && !changed->severity) continue;
    for (auto& remark : check.run(reading)) {
      auto severity = remark.severity.value_or(check.rule.severity);
      if (changed != changes.end()) severity = *changed->severity;
      findings.push_back({std::string(check.rule.id), severity, std::move(remark.field),
                          std::move(remark.what), std::move(remark.hint)});
    }
  }
  std::ranges::stable_sort(findings, {}, &Finding::severity);
  return findings;
}

bool blocks(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [](const Finding& f) { return f.severity == Severity::blocks; });
}

}  // namespace tertius
