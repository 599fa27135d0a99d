#include "tests/support/web/json_shape.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <map>
#include <set>

namespace tertius::web {

namespace json = boost::json;

namespace {

using Misfits = std::vector<std::string>;

std::string name_of(const json::value& value) {
  if (value.is_null()) return "null";
  if (value.is_bool()) return "boolean";
  if (value.is_string()) return "string";
  if (value.is_array()) return "array";
  if (value.is_object()) return "object";
  return value.is_double() ? "number" : "integer";
}

bool is_of_type(const json::value& value, const json::value& type) {
  if (const auto* several = type.if_array())
    return std::ranges::any_of(*several, [&](const json::value& one) { return is_of_type(value, one); });
  const std::string name = name_of(value), wanted(type.as_string());
  return name == wanted || (wanted == "number" && name == "integer");
}

struct Place {
  const json::value& value;
  const json::object& schema;
  const json::value& document;
  const std::string& path;
};

bool matches_a_pattern(const Place& at, const json::value& pattern) {
  if (pattern != "^[0-9]+$") return false;  // the one there is
  if (!at.value.is_string()) return true;   // a rule for texts alone
  const auto& text = at.value.as_string();
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void append(Misfits& all, Misfits more) {
  for (auto& one : more) all.push_back(std::move(one));
}

Misfits check_properties(const Place& at, const json::value& properties) {
  Misfits out;
  if (!at.value.is_object()) return out;
  for (const auto& [name, value] : at.value.get_object()) {
    const auto* schema = properties.as_object().if_contains(name);
    const std::string path = at.path + "/" + std::string(name);
    if (schema)
      append(out, misfits(value, *schema, at.document, path));
    else
      out.push_back(path + " is not in the schema");
  }
  return out;
}

Misfits check_required(const Place& at, const json::value& required) {
  Misfits out;
  if (!at.value.is_object()) return out;
  for (const auto& name : required.as_array())
    if (!at.value.get_object().contains(name.as_string()))
      out.push_back(at.path + " lacks " + std::string(name.as_string()));
  return out;
}

Misfits check_items(const Place& at, const json::value& items) {
  Misfits out;
  if (!at.value.is_array()) return out;
  for (const auto& one : at.value.get_array()) append(out, misfits(one, items, at.document, at.path + "/*"));
  return out;
}

Misfits check_one_of(const Place& at, const json::value& schemas) {
  const auto fits = std::ranges::count_if(schemas.as_array(), [&](const json::value& schema) {
    return misfits(at.value, schema, at.document).empty();
  });
  return fits == 1 ? Misfits{} : Misfits{at.path + " fits " + std::to_string(fits) + " of oneOf"};
}

Misfits verdict(const Place& at, bool good, const std::string& keyword) {
  return good ? Misfits{} : Misfits{at.path + " breaks " + keyword + ": " + json::serialize(at.value)};
}

double number(const json::value& value) { return value.to_number<double>(); }

using Check = std::function<Misfits(const Place&, const json::value&)>;
const std::map<std::string, Check, std::less<>>& checks() {
  static const std::map<std::string, Check, std::less<>> all = {
      {"type", [](const Place& at,
                  const json::value& rule) { return verdict(at, is_of_type(at.value, rule), "type"); }},
      {"enum",
       [](const Place& at, const json::value& rule) {
         return verdict(at, std::ranges::find(rule.as_array(), at.value) != rule.as_array().end(), "enum");
       }},
      {"pattern",
       [](const Place& at, const json::value& rule) {
         return verdict(at, matches_a_pattern(at, rule), "pattern");
       }},
      {"maxLength",
       [](const Place& at, const json::value& rule) {
         return verdict(at, at.value.as_string().size() <= rule.to_number<std::size_t>(), "maxLength");
       }},
      {"maxItems",
       [](const Place& at, const json::value& rule) {
         return verdict(at, at.value.as_array().size() <= rule.to_number<std::size_t>(), "maxItems");
       }},
      {"minimum",
       [](const Place& at, const json::value& rule) {
         return verdict(at, !at.value.is_number() || number(at.value) >= number(rule), "minimum");
       }},
      {"exclusiveMinimum",
       [](const Place& at, const json::value& rule) {
         return verdict(at, !at.value.is_number() || number(at.value) > number(rule), "exclusiveMinimum");
       }},
      {"maximum",
       [](const Place& at, const json::value& rule) {
         return verdict(at, !at.value.is_number() || number(at.value) <= number(rule), "maximum");
       }},
      {"properties", check_properties},
      {"required", check_required},
      {"items", check_items},
      {"oneOf", check_one_of},
      // A moment in UTC, as json_time() writes it.
      {"format",
       [](const Place& at, const json::value&) {
         const std::string text(at.value.as_string());
         return verdict(at, text.size() == 20 && text[10] == 'T' && text[19] == 'Z', "format");
       }},
  };
  return all;
}

}  // namespace

const json::value& resolved(const json::value& schema, const json::value& document) {
  const auto* ref = schema.as_object().if_contains("$ref");
  return ref ? document.at_pointer(std::string(ref->as_string()).substr(1)) : schema;
}

std::vector<std::string> misfits(const json::value& value, const json::value& schema,
                                 const json::value& document, const std::string& path) {
  static const std::set<std::string, std::less<>> without_a_rule = {"description", "default",
                                                                    "additionalProperties"};
  Misfits out;
  const json::object& rules = resolved(schema, document).as_object();
  const Place at{value, rules, document, path};
  for (const auto& [keyword, rule] : rules) {
    if (without_a_rule.contains(std::string_view(keyword.data(), keyword.size()))) continue;
    const auto check = checks().find(std::string_view(keyword.data(), keyword.size()));
    if (check == checks().end())
      out.push_back(path + ": the keyword " + std::string(keyword) + " is not known");
    else
      append(out, check->second(at, rule));
  }
  return out;
}

}  // namespace tertius::web
