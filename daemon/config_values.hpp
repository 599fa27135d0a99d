#pragma once
// How each kind of value is taken from the file into the configuration: what is wrong with it, or nothing.
// For the table in config_rows.cpp.

#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "daemon/client_network.hpp"
#include "daemon/config.hpp"

namespace tertius::daemon {

template <auto Member>
const char* take_text(Config& config, const toml::node& node) {
  const auto value = node.value<std::string>();
  if (!value || !node.is_string()) return "wants a text in quotes";
  config.*Member = *value;
  return nullptr;
}

template <auto Member, int Least, int Most>
const char* take_number(Config& config, const toml::node& node) {
  const auto value = node.value<std::int64_t>();
  if (!value || !node.is_integer()) return "wants a whole number";
  if (*value < Least || *value > Most) return "is out of range";
  config.*Member = static_cast<int>(*value);
  return nullptr;
}

template <auto Member, int Least, int Most>
const char* take_limit(Config& config, const toml::node& node) {
  const auto value = node.value<std::int64_t>();
  if (!value || !node.is_integer()) return "wants a whole number";
  if (*value < Least || *value > Most) return "is out of range";
  config.policy.*Member = static_cast<int>(*value);
  return nullptr;
}

template <auto Member, int Most>
const char* take_duration(Config& config, const toml::node& node) {
  using Duration = std::remove_reference_t<decltype(config.policy.*Member)>;
  const auto value = node.value<std::int64_t>();
  if (!value || !node.is_integer()) return "wants a whole number";
  if (*value < 0 || *value > Most) return "is out of range";
  config.policy.*Member = Duration{static_cast<typename Duration::rep>(*value)};
  return nullptr;
}

inline constexpr auto securities = std::to_array<std::pair<std::string_view, mail::Security>>(
    {{"none", mail::Security::none}, {"starttls", mail::Security::starttls}, {"tls", mail::Security::tls}});

inline const char* take_security(Config& config, const toml::node& node) {
  const auto value = node.value<std::string>().value_or("");
  const auto found =
      std::find_if(securities.begin(), securities.end(), [&](const auto& s) { return s.first == value; });
  if (found == securities.end()) return "wants \"none\", \"starttls\" or \"tls\"";
  config.smtp_security = found->second;
  return nullptr;
}

inline const char* take_proxy(Config& config, const toml::node& node) {
  const auto value = node.value<std::string>();
  if (!value || !node.is_string()) return "wants a text in quotes";
  if (!value->empty() && !is_numeric_address(*value)) return "wants a numeric address, such as \"10.0.0.5\"";
  config.web_proxy = *value;
  return nullptr;
}

inline const char* take_click_policy(Config& config, const toml::node& node) {
  const auto found = find_click_policy(node.value<std::string>().value_or(""));
  if (!found) return "wants \"one_click\", \"bound\", \"strict\" or \"reply_only\"";
  config.policy.click = *found;
  return nullptr;
}

inline const char* take_reminders(Config& config, const toml::node& node) {
  const auto* list = node.as_array();
  auto& reminders = config.policy.connector_reminders;
  if (!list || list->size() != reminders.size()) return "wants two numbers of days, such as [3, 7]";
  for (std::size_t i = 0; i < reminders.size(); ++i) {
    const auto value = (*list)[i].value<std::int64_t>();
    if (!value || *value < 1 || *value > 365) return "wants two numbers of days, such as [3, 7]";
    reminders[i] = days{static_cast<int>(*value)};
  }
  return reminders[0] < reminders[1] ? nullptr : "wants the earlier day first";
}

template <auto Member>
const char* take_hour(Config& config, const toml::node& node) {
  const auto value = node.value<std::int64_t>();
  if (!value || *value < 0 || *value > 23) return "wants an hour from 0 to 23";
  config.policy.quiet.*Member = static_cast<int>(*value);
  return nullptr;
}

inline const char* take_zone(Config& config, const toml::node& node) {
  const auto value = node.value<std::int64_t>();
  constexpr std::int64_t widest = 840;  // UTC+14, Kiribati
  if (!value || *value < -widest || *value > widest) return "wants minutes from UTC, from -840 to 840";
  config.policy.quiet.utc_offset = std::chrono::minutes{*value};
  return nullptr;
}

inline const char* take_weekends(Config& config, const toml::node& node) {
  const auto value = node.value<bool>();
  if (!value || !node.is_boolean()) return "wants true or false";
  config.policy.quiet.weekends = *value;
  return nullptr;
}

template <auto Member>
const char* take_truth(Config& config, const toml::node& node) {
  const auto value = node.value<bool>();
  if (!value || !node.is_boolean()) return "wants true or false";
  config.*Member = *value;
  return nullptr;
}

template <auto Member>
const char* take_retention(Config& config, const toml::node& node) {
  constexpr std::int64_t most = 36'500;
  const auto value = node.value<std::int64_t>();
  if (!value || !node.is_integer()) return "wants a whole number";
  if (*value < 0 || *value > most) return "is out of range";
  config.retention.*Member = days{static_cast<int>(*value)};
  return nullptr;
}

inline const char* take_roles(Config& config, const toml::node& node) {
  constexpr auto wanted = "wants some of [\"web\", \"lmtp\", \"send\", \"clock\", \"imap\"]";
  const auto* list = node.as_array();
  if (!list || list->empty()) return wanted;
  DaemonRoles roles;
  for (const auto& one : *list) {
    const auto role = find_daemon_role(one.value<std::string>().value_or(""));
    if (!role) return wanted;
    roles.set(static_cast<std::size_t>(*role));
  }
  config.roles = roles;
  return nullptr;
}

}  // namespace tertius::daemon
