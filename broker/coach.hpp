#pragma once
// Deterministic checks on a request before anybody is bothered with it. Every finding says the field, what is wrong
// and a wording that mends it. Rules stand in one table.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "broker/person.hpp"
#include "broker/request.hpp"

namespace tertius {

enum class Severity { blocks, warns, informs };

struct Rule {
  std::string_view id;       // "Q5"
  std::string_view checks;   // one line, for the docs
  Severity severity;
};
std::span<const Rule> coach_rules();

struct Finding {
  std::string rule;
  Severity severity{};
  std::string field;     // subject, pitch, cover_note, request
  std::string what;      // "The pitch does not say why you want to meet Gail."
  std::string hint;      // "Add a sentence such as: ..."
};

// What the checks need beside the words.
struct CoachFacts {
  Person requester;
  Person target;
  std::vector<Person> connectors;       // wished; may be empty
  std::vector<std::string> other_targets;  // names in the subject beside the target (Q17)
  bool same_request_open = false;       // Q18
  bool pair_budget_spent = false;       // Q22
};

std::vector<Finding> coach(const Request& request, const CoachFacts& facts);
bool blocks(const std::vector<Finding>& findings);

// "Introduction: Alice Chen (Acme) and Gail Goodman (Constant Contact)" within 60 characters where names allow (Q1).
std::string pitch_subject(const Person& requester, const Person& target);
// "Introduce Alice Chen (Acme) to Gail Goodman (Constant Contact)?"
std::string request_subject(const Person& requester, const Person& target);

}  // namespace tertius
