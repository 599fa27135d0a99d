#include "web/api_router.hpp"

#include <algorithm>
#include <array>

#include "broker/sha256.hpp"
#include "storage/people.hpp"
#include "web/api_access.hpp"
#include "web/api_call.hpp"

namespace tertius::web {

namespace {

constexpr std::size_t max_key_octets = 255;

// ---- which operation ----

// "{id}" stands for any one part.
std::optional<std::vector<std::string>> values_of(std::string_view pattern,
                                                  std::span<const std::string> parts) {
  std::vector<std::string> values;
  const auto wanted = path_parts(pattern);
  if (wanted.size() != parts.size()) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (wanted[i].starts_with("{"))
      values.push_back(parts[i]);
    else if (wanted[i] != parts[i])
      return std::nullopt;
  }
  return values;
}

struct Found {
  const ApiRoute* route = nullptr;
  std::vector<std::string> values;
  std::string allowed;  // the methods that this path knows
};

// A path that is spelled out goes before one with a {id}.
Found find_route(std::string_view method, std::span<const std::string> parts) {
  Found found;
  for (const ApiRoute& route : api_routes()) {
    auto values = values_of(route.path, parts);
    if (!values) continue;
    found.allowed.append(found.allowed.empty() ? "" : ", ").append(route.method);
    if (route.method != method || found.route) continue;
    found.route = &route;
    found.values = std::move(*values);
  }
  return found;
}

// ---- what is asked ----

std::optional<HttpResponse> refuse_haste(const Desk& desk, const storage::ApiToken& token) {
  const auto wait =
      desk.api_pace ? desk.api_pace("api " + std::to_string(number(token.id)), api_pace) : std::nullopt;
  if (!wait) return std::nullopt;
  auto out = problem_response(desk, {"too_many", "This token has asked for more than it may at once.",
                                     "Wait as long as Retry-After says."});
  out.headers.emplace_back("Retry-After", std::to_string(wait->count()));
  return out;
}

bool has_word(std::string_view words, std::string_view wanted) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == wanted) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

std::optional<HttpResponse> refuse_query(const ApiCall& call, const ApiRoute& route) {
  for (const auto& [name, value] : call.query) {
    if (has_word(route.query, name)) continue;
    return problem(
        call, {"wrong_parameter", "The parameter \"" + name + "\" is not known here.",
               route.query.empty() ? "There are none." : "There are: " + std::string(route.query) + "."});
  }
  return std::nullopt;
}

bool is_json(const HttpRequest& request) {
  const std::string type = header_of(request, "content-type");
  return type.substr(0, type.find_first_of("; ")) == "application/json";
}

// A body where none is wanted may be absent, or an empty object.
std::optional<HttpResponse> take_body(ApiCall& call, const ApiRoute& route) {
  if (route.method != "POST" && route.method != "PUT") return std::nullopt;
  if (call.request.body.empty() && route.body.empty()) return std::nullopt;
  if (!is_json(call.request))
    return problem(call, {"not_json", "The Content-Type has to be application/json.", ""});
  auto read = read_body(call.request.body, route.body);
  if (const auto* wrong = std::get_if<ApiProblem>(&read)) return problem(call, *wrong);
  call.body = std::move(std::get<boost::json::object>(read));
  return std::nullopt;
}

// ---- the same request again ----

std::string request_hash(const HttpRequest& request) {
  return hex_sha256(request.method + "\n" + request.path + "\n" + request.body);
}

bool is_key(std::string_view key) {
  return key.size() <= max_key_octets && std::ranges::all_of(key, [](char c) { return c > ' ' && c <= '~'; });
}

HttpResponse replay(const storage::ApiAnswer& answer) {
  HttpResponse out;
  out.status = answer.status;
  out.content_type = "application/json";
  out.headers = {
      {"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}, {"Idempotency-Replayed", "true"}};
  if (!answer.location.empty()) out.headers.emplace_back("Location", answer.location);
  out.body = answer.body;
  return out;
}

std::string header_in(const HttpResponse& response, std::string_view name) {
  const auto found = std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
  return found == response.headers.end() ? std::string() : found->second;
}

// What was refused has changed nothing and may be asked again under the same key; what was done is not done
// twice.
HttpResponse answer_once(const ApiCall& call, const ApiRoute& route) {
  const std::string key = header_of(call.request, "idempotency-key");
  if (route.method != "POST" || key.empty()) return route.handler(call);
  if (!is_key(key))
    return problem(call,
                   {"bad_request", "This Idempotency-Key is longer than 255 octets or has a space.", ""});
  const std::string hash = request_hash(call.request);
  if (const auto before = storage::find_api_answer(call.desk.db, call.token.id, key, call.desk.now)) {
    if (before->request_hash == hash) return replay(*before);
    return problem(call, {"other_request", "This Idempotency-Key belongs to another request of this token.",
                          "Take a new key for a new request."});
  }
  HttpResponse out = route.handler(call);
  if (out.status < 300)
    storage::add_api_answer(call.desk.db, call.token.id, key,
                            {hash, out.status, header_in(out, "Location"), out.body}, call.desk.now);
  return out;
}

std::string tag_of(std::string_view body) { return "\"" + hex_sha256(body).substr(0, 24) + "\""; }

bool names_tag(std::string_view header, const std::string& tag) {
  return header == "*" || header.find(tag) != header.npos;
}

// RFC 9110 8.8.3: of what this person sees, so that a change they may not know of does not show in it.
HttpResponse tagged(const HttpRequest& request, HttpResponse out) {
  if (out.status != 200) return out;
  const std::string tag = tag_of(out.body);
  out.headers.emplace_back("ETag", tag);
  if (!names_tag(header_of(request, "if-none-match"), tag)) return out;
  out.status = 304;
  out.body.clear();
  return out;
}

HttpResponse respond_as(ApiCall call, const ApiRoute& route) {
  if (auto refusal = refuse_scope(call.desk, *route.scope, call.token)) return *refusal;
  if (auto refusal = refuse_haste(call.desk, call.token)) return *refusal;
  if (auto refusal = refuse_query(call, route)) return *refusal;
  if (auto refusal = take_body(call, route)) return *refusal;
  storage::use_api_token(call.desk.db, call.token, call.desk.now);
  if (route.method == "GET") return tagged(call.request, route.handler(call));
  return answer_once(call, route);
}

HttpResponse wrong_method(const Desk& desk, const std::string& allowed, bool asks) {
  auto out = problem_response(desk, {"wrong_method", "This path knows: " + allowed + ".", ""});
  if (asks) out = nothing_left();  // OPTIONS
  out.headers.emplace_back("Allow", allowed);
  return out;
}

}  // namespace

bool is_api_path(std::string_view path) { return path == "/api" || path.starts_with("/api/"); }

HttpResponse respond_api(const HttpRequest& request, Desk& desk) {
  const auto parts = path_parts(request.path);
  const bool is_v1 = parts.size() >= 2 && parts[1] == "v1";
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  Found found;
  if (is_v1) found = find_route(method, std::span(parts).subspan(2));
  if (found.allowed.empty())
    return problem_response(desk, {"not_found", "There is no " + request.path + ".",
                                   "/api/v1/openapi.json describes all there is."});
  if (!found.route) return wrong_method(desk, found.allowed, method == "OPTIONS");
  ApiCall call{request, desk, {}, {}, std::move(found.values), read_form(request.query), {}};
  if (!found.route->scope) return tagged(request, found.route->handler(call));
  auto token = authenticate(bearer_secret(request), desk);
  if (auto* refusal = std::get_if<HttpResponse>(&token)) return std::move(*refusal);
  call.token = std::move(std::get<storage::ApiToken>(token));
  call.person = storage::load_person(desk.db, call.token.person);
  return respond_as(std::move(call), *found.route);
}

std::optional<HttpResponse> refuse_changed(const ApiCall& call, const boost::json::value& now) {
  const std::string wanted = header_of(call.request, "if-match");
  const HttpResponse shown = json_response(200, now);
  if (wanted.empty() || names_tag(wanted, tag_of(shown.body))) return std::nullopt;
  return problem(call, {"changed_meanwhile", "It is not any more as If-Match says.", "Read it again."});
}

}  // namespace tertius::web
