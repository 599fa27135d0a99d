#pragma once
// Times, limits and quotas of an introduction's life; the defaults are the product's. Config fills it
// (daemon/config).

#include <array>
#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace tertius {

using std::chrono::days;
using std::chrono::seconds;

// Reminders, never answers, wait for a civil hour: between `from` and `to` o'clock in the community's zone,
// not at weekends.
struct QuietHours {
  int from = 21;
  int to = 8;
  bool weekends = true;
  seconds utc_offset{0};
};

// What a click on a decision link needs to count. In order: each is stricter than the one before.
enum class ClickPolicy {
  one_click,   // the first sign of a person; a known browser at once
  bound,       // a press of the button where the browser is not known
  strict,      // a press of the button everywhere
  reply_only,  // pages show; answers are mailed
};
std::string_view click_policy_name(ClickPolicy policy);
std::optional<ClickPolicy> find_click_policy(std::string_view name);

struct Policy {
  ClickPolicy click = ClickPolicy::one_click;
  seconds hold_bound{60};
  seconds hold_unbound{600};
  seconds hold_reply{120};

  std::array<days, 2> connector_reminders{days{3}, days{7}};
  days connector_expiry{14};
  days nudge_pause{4};  // between two times that R has the connector asked or reminded
  days target_reminder{5};
  days target_expiry{14};
  days draft_expiry{7};
  days requester_expiry{14};  // revising, redirected: R's turn
  days outcome_question{7};   // after the introduction
  days outcome_expiry{21};

  int max_open_per_requester = 5;
  int max_open_per_pair = 1;
  int max_yearly_per_pair = 3;
  days pair_cooldown{30};
  bool one_open_ask_per_target = true;

  int max_revisions = 3;
  int max_snoozes = 3;
  days longest_snooze{180};
  days longest_pause{30};  // an out-of-office that names a year is not believed

  QuietHours quiet;
};

}  // namespace tertius
