#pragma once
// What a person has set for themselves; what is not set is as the community's policy has it. Pure.

#include <optional>
#include <string_view>

#include "broker/policy.hpp"

namespace tertius {

// Who may see that this person could introduce them.
enum class Shown {
  named,      // by name, as one of the connectors
  anonymous,  // as "somebody who knows her"; the name comes with the request's answer
  no,         // never offered, never asked
};

inline constexpr int most_open_asks = 99;

struct Preferences {
  std::optional<ClickPolicy> click_policy;  // only ever stricter than the community's
  Shown shown = Shown::named;
  std::optional<int> quiet_from, quiet_to;  // o'clock in the community's zone
  std::optional<int> max_open_asks;  // how many may wait for this connector at once; 1 to most_open_asks

  friend bool operator==(const Preferences&, const Preferences&) = default;
};

std::string_view shown_name(Shown shown);
std::optional<Shown> find_shown(std::string_view name);

ClickPolicy click_policy_of(const Preferences& preferences, const Policy& policy);
QuietHours quiet_hours_of(const Preferences& preferences, const Policy& policy);

}  // namespace tertius
