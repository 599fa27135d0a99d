#include "web/api_body.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace tertius::web {

namespace json = boost::json;

namespace {

// Objects of ours lie two deep; a parser without a bound is a stack that a stranger sizes.
constexpr std::size_t max_depth = 4;

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

std::string kind_in_words(BodyKind kind) {
  switch (kind) {
    case BodyKind::text: return "has to be a text";
    case BodyKind::texts: return "has to be a list of at most " + std::to_string(most_texts) + " texts";
    case BodyKind::truth: return "has to be true or false";
    case BodyKind::number: return "has to be a number";
  }
  return {};
}

bool is_texts(const json::value& value) {
  const auto* list = value.if_array();
  return list && list->size() <= most_texts &&
         std::ranges::all_of(*list, [](const json::value& one) { return one.is_string(); });
}

bool is_of(BodyKind kind, const json::value& value) {
  switch (kind) {
    case BodyKind::text: return value.is_string();
    case BodyKind::texts: return is_texts(value);
    case BodyKind::truth: return value.is_bool();
    case BodyKind::number: return value.is_number();
  }
  return false;
}

// False where it is longer than it may be.
bool clean(json::value& value, std::size_t most) {
  if (auto* list = value.if_array())
    return std::ranges::all_of(*list, [&](json::value& one) { return clean(one, most); });
  if (!value.is_string()) return true;
  const std::string cleaned = clean_text(view(value.get_string()));
  value = cleaned;
  return cleaned.size() <= most;
}

std::optional<ApiProblem> take(json::value& value, const BodyMember& member) {
  if (value.is_null() && member.nullable) return std::nullopt;
  if (!is_of(member.kind, value)) return wrong_member(member.name, kind_in_words(member.kind));
  if (clean(value, member.most)) return std::nullopt;
  return wrong_member(member.name, "is longer than " + std::to_string(member.most) + " octets");
}

std::optional<ApiProblem> check(json::object& body, std::span<const BodyMember> members) {
  for (auto& [name, value] : body) {
    const auto member = std::ranges::find(members, view(name), &BodyMember::name);
    if (member == members.end()) return wrong_member(view(name), "is not known here");
    if (auto problem = take(value, *member)) return problem;
  }
  for (const BodyMember& member : members) {
    if (member.required && !body.contains(json::string_view(member.name.data(), member.name.size())))
      return wrong_member(member.name, "is missing");
  }
  return std::nullopt;
}

const json::value* find(const json::object& body, std::string_view name) {
  return body.if_contains(json::string_view(name.data(), name.size()));
}

}  // namespace

ApiProblem wrong_member(std::string_view name, const std::string& why) {
  // RFC 6901 3: "~" and "/" of a name are escaped in a pointer.
  std::string pointer = "#/";
  for (const char c : name) pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return {"wrong_member",
          "\"" + std::string(name) + "\" " + why + ".",
          "",
          {{"errors", json::array{json::object{{"pointer", pointer}, {"detail", why}}}}}};
}

std::variant<json::object, ApiProblem> read_body(std::string_view text, std::span<const BodyMember> members) {
  json::parse_options strict;
  strict.max_depth = max_depth;
  json::error_code error;
  json::value parsed = json::parse(json::string_view(text.data(), text.size()), error, {}, strict);
  if (error) return ApiProblem{"bad_json", "The body is no JSON: " + error.message() + "."};
  auto* body = parsed.if_object();
  if (!body) return ApiProblem{"bad_json", "The body has to be a JSON object."};
  if (auto problem = check(*body, members)) return *problem;
  return std::move(*body);
}

std::string text_in(const json::object& body, std::string_view name) {
  const auto* value = find(body, name);
  return value && value->is_string() ? std::string(view(value->get_string())) : std::string();
}

std::vector<std::string> texts_in(const json::object& body, std::string_view name) {
  std::vector<std::string> out;
  if (const auto* value = find(body, name))
    for (const auto& one : value->get_array()) out.emplace_back(view(one.get_string()));
  return out;
}

bool truth_in(const json::object& body, std::string_view name) {
  const auto* value = find(body, name);
  return value && value->is_bool() && value->get_bool();
}

std::optional<double> number_in(const json::object& body, std::string_view name) {
  const auto* value = find(body, name);
  if (!value || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

}  // namespace tertius::web
