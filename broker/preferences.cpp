#include "broker/preferences.hpp"

#include <algorithm>
#include <array>

namespace tertius {

namespace {

constexpr std::array<std::string_view, 3> shown_names{"named", "anonymous", "no"};
constexpr std::array<std::string_view, 4> click_policy_names{"one_click", "bound", "strict", "reply_only"};

template <class Enum, std::size_t n>
std::optional<Enum> find_in(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

}  // namespace

std::string_view shown_name(Shown shown) { return shown_names[static_cast<std::size_t>(shown)]; }
std::optional<Shown> find_shown(std::string_view name) { return find_in<Shown>(shown_names, name); }

std::string_view click_policy_name(ClickPolicy policy) {
  return click_policy_names[static_cast<std::size_t>(policy)];
}
std::optional<ClickPolicy> find_click_policy(std::string_view name) {
  return find_in<ClickPolicy>(click_policy_names, name);
}

ClickPolicy click_policy_of(const Preferences& preferences, const Policy& policy) {
  return std::max(preferences.click_policy.value_or(policy.click), policy.click);
}

QuietHours quiet_hours_of(const Preferences& preferences, const Policy& policy) {
  QuietHours hours = policy.quiet;
  if (preferences.quiet_from && preferences.quiet_to)
    hours.from = *preferences.quiet_from, hours.to = *preferences.quiet_to;
  return hours;
}

}  // namespace tertius
