#pragma once
// What the API answers where it does not do what was asked (RFC 9457): one row for each kind of problem.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <string_view>

#include "broker/coach.hpp"
#include "broker/step.hpp"
#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::web {

struct ProblemKind {
  std::string_view name;  // the last part of its `type`
  int status;
  std::string_view title;
};
std::span<const ProblemKind> problem_kinds();

struct ApiProblem {
  std::string_view kind;  // a name of the table
  std::string detail;     // this time
  std::string hint = {};  // what to do about it
  boost::json::object more = {};
};
HttpResponse problem_response(const Links& links, const ApiProblem& problem);
HttpResponse problem_response(const Desk& desk, const ApiProblem& problem);

// What the coach says, in the reader's plain English.
boost::json::array findings_json(std::span<const Finding> findings);

// A refusal of step(): nothing has changed.
HttpResponse refusal_response(const Desk& desk, Refusal refusal);
// What is wrong with a request, with the coach's findings. Candidates are those that `viewer` may see.
HttpResponse rejection_response(const Desk& desk, const Rejected& rejected, const Person& viewer);

}  // namespace tertius::web
