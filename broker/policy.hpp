#pragma once
// Times, limits and quotas of an introduction's life; the defaults are the product's. Config fills it
// (daemon/config).

#include <array>
#include <chrono>
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

struct Policy {
  seconds hold_bound{60};
  seconds hold_unbound{600};
  seconds hold_reply{120};

  std::array<days, 2> connector_reminders{days{3}, days{7}};
  days connector_expiry{14};
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
