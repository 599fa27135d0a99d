// The coach while one types: the request form's fields as one JSON object of texts in, findings for each
// field out. It looks at the words and at people whom the writer may see; what else is wrong (a request
// already open, a budget spent) is said when the request is checked. Changes nothing.
#include <boost/json.hpp>

#include "broker/utf8.hpp"
#include "web/member_ask.hpp"
#include "web/member_request.hpp"
#include "web/parts.hpp"

namespace tertius::web {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_body = 100'000;

HttpResponse json_answer(int status, const json::object& object) {
  HttpResponse out;
  out.status = status;
  out.content_type = "application/json";
  out.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
  out.body = json::serialize(object);
  return out;
}

HttpResponse no_answer(int status, std::string_view why) { return json_answer(status, {{"error", why}}); }

std::optional<Form> form_in(const std::string& body) {
  json::error_code error;
  const json::value read = json::parse(body, error);
  if (error || !read.is_object()) return std::nullopt;
  Form form;
  for (const auto& [name, value] : read.as_object()) {
    if (!value.is_string()) return std::nullopt;
    form[std::string(name)] = std::string(value.as_string());
  }
  return form;
}

json::object findings_of(const std::vector<Finding>& findings) {
  json::object by_field;
  for (const Finding& finding : findings) {
    json::value& list = by_field[finding.field];
    if (!list.is_array()) list = json::array();
    list.as_array().push_back(json::object{{"severity", severity_name(finding.severity)},
                                           {"what", say(finding.what)},
                                           {"hint", say(finding.hint)}});
  }
  return by_field;
}

}  // namespace

HttpResponse show_coach(const Call&) { return see_other("/ask"); }

HttpResponse post_coach(const Call& call) {
  if (!is_members_request(call)) return no_answer(401, "Sign in first.");
  if (!is_same_origin(call.request, call.desk.links.public_url))
    return no_answer(403, "This did not come from one of our own pages.");
  if (call.request.body.size() > longest_body) return no_answer(413, "That is too long for a request.");
  const auto form = form_in(call.request.body);
  if (!form) return no_answer(400, "That is no JSON object of texts.");
  const MemberRequest read = read_member_request(call, *form);
  return json_answer(200, {{"findings", findings_of(call.desk.coach(read.request, read.known))}});
}

}  // namespace tertius::web
