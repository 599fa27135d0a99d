// What the API's handlers share: responses and pages of listings.
#include <boost/json/serialize.hpp>

#include "web/api_call.hpp"
#include "web/api_router.hpp"

namespace tertius::web {

namespace {

constexpr int most_at_once = 200;

// Cursors are hexadecimal, so that nobody reads them and no character needs escaping.
std::string hex(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    out += {digits[octet >> 4], digits[octet & 15]};
  }
  return out;
}

std::optional<std::string> find_hex(std::string_view text) {
  std::string out;
  if (text.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned octet = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + i + 2, octet, 16);
    if (error != std::errc{} || end != text.data() + i + 2) return std::nullopt;
    out += static_cast<char>(octet);
  }
  return out;
}

std::optional<std::vector<std::string>> read_cursor(std::string_view cursor, std::size_t parts) {
  std::vector<std::string> out;
  while (true) {
    const auto end = cursor.find('.');
    auto part = find_hex(cursor.substr(0, end));
    if (!part) return std::nullopt;
    out.push_back(std::move(*part));
    if (end == cursor.npos) break;
    cursor.remove_prefix(end + 1);
  }
  return out.size() == parts ? std::optional(std::move(out)) : std::nullopt;
}

// For a query: everything but letters and digits.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      out += c;
    else
      out += "%" + hex(std::string_view(&c, 1));
  }
  return out;
}

std::string next_url(const ApiCall& call, const std::string& cursor) {
  std::string url = call.desk.links.public_url + call.request.path + "?";
  for (const auto& [name, value] : call.query) {
    if (name != "cursor") url += name + "=" + escaped(value) + "&";
  }
  return url + "cursor=" + cursor;
}

}  // namespace

HttpResponse json_response(int status, const boost::json::value& body) {
  HttpResponse out;
  out.status = status;
  out.content_type = "application/json";
  out.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
  out.body = boost::json::serialize(body);
  return out;
}

HttpResponse nothing_left(int status) {
  HttpResponse out;
  out.status = status;
  out.content_type = "application/json";
  out.headers = {{"Cache-Control", "no-store"}};
  return out;
}

HttpResponse problem(const ApiCall& call, const ApiProblem& problem) {
  return problem_response(call.desk, problem);
}

HttpResponse not_found(const ApiCall& call) {
  return problem(call, {"not_found", "There is none with this id, or it is not yours to see.", ""});
}

std::variant<Paging, ApiProblem> read_paging(const ApiCall& call, std::size_t parts) {
  Paging out;
  if (const std::string limit = field(call.query, "limit"); !limit.empty()) {
    const auto number = find_id<std::int64_t>(limit);
    if (!number || *number > most_at_once)
      return ApiProblem{"wrong_parameter", "The parameter \"limit\" has to be a number from 1 to 200.", ""};
    out.limit = static_cast<int>(*number);
  }
  if (const std::string cursor = field(call.query, "cursor"); !cursor.empty()) {
    auto behind = read_cursor(cursor, parts);
    if (!behind)
      return ApiProblem{"wrong_parameter", "This \"cursor\" is none of ours.",
                        "Take it from the page before as it stands there."};
    out.behind = std::move(*behind);
  }
  return out;
}

std::string make_cursor(std::span<const std::string> parts) {
  std::string out;
  for (const std::string& part : parts) out.append(&part == parts.data() ? "" : ".").append(hex(part));
  return out;
}

storage::Place place_of(const Paging& paging) {
  if (paging.behind.empty()) return {};
  return {find_id<std::int64_t>(paging.behind[0]).value_or(0),
          find_id<std::int64_t>(paging.behind[1]).value_or(0)};
}

HttpResponse page_of(const ApiCall& call, boost::json::array items, const std::string& next) {
  boost::json::object body{{"items", std::move(items)}, {"next", nullptr}};
  if (next.empty()) return json_response(200, body);
  body["next"] = next;
  HttpResponse out = json_response(200, body);
  out.headers.emplace_back("Link", "<" + next_url(call, next) + ">; rel=\"next\"");
  return out;
}

HttpResponse api_sorry(const Links& links) {
  HttpResponse out;
  out.status = 503;
  out.content_type = "application/problem+json";
  out.headers = {{"Cache-Control", "no-store"}, {"Retry-After", "60"}};
  out.body = boost::json::serialize(boost::json::object{
      {"type", links.public_url + "/api/v1/openapi.json#/x-problems/try_later"},
      {"title", "The database does not answer just now"},
      {"status", 503},
      {"detail", "Nothing was changed."},
      {"hint", "Ask again in a minute; with the same Idempotency-Key nothing is done twice."}});
  return out;
}

}  // namespace tertius::web
