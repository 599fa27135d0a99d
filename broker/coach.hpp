#pragma once
// Deterministic checks on a request before anybody is bothered with it. Every finding says the field, what is
// wrong and a wording that mends it. Rules stand in one table. A rule that blocks must let every sensible
// pitch pass: where it cannot judge (another language, a target without a name) it says nothing. Pure, linear
// time.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "broker/person.hpp"
#include "broker/request.hpp"
#include "broker/wording.hpp"

namespace tertius {

enum class Severity { blocks, warns, informs };
std::string_view severity_name(Severity severity);

struct Rule {
  std::string_view id;      // "Q5"
  std::string_view checks;  // one line, for the docs
  Severity severity;
};
std::span<const Rule> coach_rules();

struct Finding {
  std::string rule;
  Severity severity{};
  std::string field;  // subject, pitch, cover_note, request
  Wording what;       // "The pitch does not say why you want to meet Gail."
  Wording hint;       // "Add a sentence such as: ..."
};

// What the checks need beside the words.
struct CoachFacts {
  Person requester;
  Person target;
  std::vector<Person> connectors;          // wished; may be empty
  std::vector<std::string> other_targets;  // names in the subject beside the target (Q17)
  bool same_request_open = false;          // Q18
  bool pair_budget_spent = false;          // Q22
  // Of the first connector, by R's own contacts alone: C's may not be told.
  bool connector_unproven = false;     // R has no tie to C (Q23)
  bool connector_long_silent = false;  // R's last mail with C is over a year old (Q20)
};

// What an operator wants otherwise: another severity, or none: the rule is off.
struct RuleChange {
  std::string id;
  std::optional<Severity> severity;
};

// Blocking findings first. `send_anyway` changes nothing here: whoever sends goes by blocks() and the
// request.
std::vector<Finding> coach(const Request& request, const CoachFacts& facts,
                           std::span<const RuleChange> changes = {});
bool blocks(const std::vector<Finding>& findings);

// "Introduction: Alice Chen (Acme) and Gail Goodman"; organisations are dropped, the target's first, until it
// fits 60 characters where names allow (Q1).
std::string pitch_subject(const Person& requester, const Person& target, const Sentences& sentences = {});
// "Introduce Alice Chen (Acme) to Gail Goodman (Constant Contact)?"; within 78 characters, the requester's
// organisation dropped first: the connector knows the requester.
std::string request_subject(const Person& requester, const Person& target);

}  // namespace tertius
