#include "daemon/main/output.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "broker/utf8.hpp"

namespace tertius::daemon {

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    const bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
    append_code_point(out, control ? U' ' : point);
  }
  return out;
}

void print_json(const boost::json::value& value) { std::cout << boost::json::serialize(value) << "\n"; }

void print_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], count_code_points(printable(row[i])));
  }
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = printable(row[i]);
      const bool last = i + 1 == row.size();
      std::cout << cell << (last ? "\n" : std::string(widths[i] - count_code_points(cell) + 2, ' '));
    }
  }
}

std::string iso_time(Time time) {
  const std::string text = time_text(time);  // "2026-03-09 14:05 UTC"
  const auto seconds = unix_seconds(time) % 60;
  return text.substr(0, 10) + "T" + text.substr(11, 5) + ":" + (seconds < 10 ? "0" : "") +
         std::to_string(seconds) + "Z";
}

boost::json::value to_json(const Person& person) {
  return boost::json::object{
      {"id", number(person.id)},
      {"name", person.name},
      {"organisation", person.organisation},
      {"title", person.title},
      {"email", person.address ? boost::json::value(text(*person.address)) : boost::json::value()},
      {"language", person.language},
      {"member", person.member},
      {"stopped", person.stopped}};
}

boost::json::value to_json(const Introduction& introduction) {
  boost::json::object out{{"id", number(introduction.id)},
                          {"state", state_name(introduction.state)},
                          {"requester", number(introduction.requester)},
                          {"target", number(introduction.target)},
                          {"revision", introduction.revision},
                          {"created_at", iso_time(introduction.created_at)},
                          {"state_since", iso_time(introduction.state_since)}};
  const auto connector = current_connector(introduction);
  out["connector"] = connector ? boost::json::value(number(*connector)) : boost::json::value();
  if (const auto& held = introduction.held) {
    out["held"] = boost::json::object{{"by", role_name(held->by)},
                                      {"decision", decision_name(held->decision.kind)},
                                      {"effective_at", iso_time(held->effective_at)}};
  }
  return out;
}

}  // namespace tertius::daemon
