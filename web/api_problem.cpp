#include "web/api_problem.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "web/api_json.hpp"

namespace tertius::web {

namespace {

constexpr auto kinds = std::to_array<ProblemKind>({
    {"bad_request", 400, "This request cannot be read"},
    {"bad_json", 400, "The body is not JSON as we read it"},
    {"no_token", 401, "A token is needed"},
    {"bad_token", 401, "This token is not good"},
    {"insufficient_scope", 403, "This token may not do that"},
    {"not_a_member", 403, "Only members may do that"},
    {"not_found", 404, "There is no such thing, or it is not yours to see"},
    {"wrong_method", 405, "Not with this method"},
    {"not_for_us", 406, "None of these recipients is one of ours"},
    {"refused", 409, "Nothing was changed"},
    {"changed_meanwhile", 412, "It has changed since you read it"},
    {"too_long", 413, "This is more than is read"},
    {"not_json", 415, "The body has to be JSON"},
    {"not_a_letter", 415, "The body has to be a letter, or a form that holds one"},
    {"wrong_member", 422, "A member of the body is not as it should be"},
    {"wrong_parameter", 422, "A parameter is not as it should be"},
    {"turned_back", 422, "The request was not sent on"},
    {"other_request", 422, "This Idempotency-Key was used for another request"},
    {"too_many", 429, "Too many requests"},
    {"no_letter", 503, "There is no letter in this form"},
    {"try_later", 503, "The database does not answer just now"},
});

const ProblemKind& find_kind(std::string_view name) {
  const auto found = std::ranges::find(kinds, name, &ProblemKind::name);
  if (found == kinds.end()) throw std::logic_error("there is no problem " + std::string(name));
  return *found;
}

}  // namespace

std::span<const ProblemKind> problem_kinds() { return kinds; }

boost::json::array findings_json(std::span<const Finding> findings) {
  boost::json::array out;
  for (const Finding& finding : findings) {
    out.push_back(boost::json::object{{"rule", finding.rule},
                                      {"severity", severity_name(finding.severity)},
                                      {"field", finding.field},
                                      {"what", say(finding.what)},
                                      {"hint", say(finding.hint)}});
  }
  return out;
}

HttpResponse problem_response(const Desk& desk, const ApiProblem& problem) {
  return problem_response(desk.links, problem);
}

HttpResponse problem_response(const Links& links, const ApiProblem& problem) {
  const ProblemKind& kind = find_kind(problem.kind);
  boost::json::object body{
      {"type", links.public_url + "/api/v1/openapi.json#/x-problems/" + std::string(kind.name)},
      {"title", kind.title},
      {"status", kind.status},
      {"detail", problem.detail}};
  if (!problem.hint.empty()) body["hint"] = problem.hint;
  for (const auto& member : problem.more) body.insert(member);
  HttpResponse out;
  out.status = kind.status;
  out.content_type = "application/problem+json";
  out.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
  out.body = boost::json::serialize(body);
  return out;
}

HttpResponse refusal_response(const Desk& desk, Refusal refusal) {
  const RefusalText& words = refusal_text(refusal);
  return problem_response(desk, {"refused", std::string(words.what), std::string(words.hint)});
}

HttpResponse rejection_response(const Desk& desk, const Rejected& rejected, const Person& viewer) {
  ApiProblem problem{"turned_back", rejected.what, rejected.hint};
  if (!rejected.findings.empty()) problem.more["findings"] = findings_json(rejected.findings);
  boost::json::array candidates;
  for (const Person& person : rejected.candidates) {
    if (may_see(desk, viewer.id, person.id)) candidates.push_back(person_json(person));
  }
  if (!candidates.empty()) problem.more["candidates"] = std::move(candidates);
  return problem_response(desk, problem);
}

}  // namespace tertius::web
