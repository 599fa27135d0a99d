#pragma once
// Our structs as the API shows them. Ids are texts: JavaScript's numbers end at 2^53.

#include <boost/json/object.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "storage/outbox.hpp"
#include "web/desk.hpp"

namespace tertius::web {

// "2026-03-09T14:05:00Z" (RFC 3339)
std::string json_time(Time time);
boost::json::value json_time(const std::optional<Time>& time);
// A date or a whole RFC 3339 time in UTC; empty where it is neither.
std::optional<Time> find_time(std::string_view text);

template <class Id>
std::string id_text(Id id) {
  return std::to_string(static_cast<std::int64_t>(id));
}
template <class Id>
std::optional<Id> find_id(std::string_view text) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size() || id <= 0) return std::nullopt;
  return static_cast<Id>(id);
}

// Without the address, which is nobody's but the person's own before an introduction.
boost::json::object person_json(const Person& person);
boost::json::object person_json(const Person& person, bool with_address);
// Whom R may not see has no id: by one id two addresses would tell that they are one person's.
boost::json::object target_json(const Desk& desk, PersonId requester, const Person& target);

// As this person may see it, who has `role` in it (broker/standing.hpp).
boost::json::object introduction_json(const Desk& desk, const Introduction& introduction, Role role);
// With all that nobody else may see.
boost::json::object whole_introduction_json(const Desk& desk, const Introduction& introduction);

}  // namespace tertius::web
