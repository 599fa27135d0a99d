// When time alone acts: the next deadline of each state, and the hours at which a reminder may arrive.
#include <algorithm>

#include "broker/step.hpp"

namespace tertius {

namespace {

Time later_of(Time a, std::optional<Time> b) { return b ? std::max(a, *b) : a; }

// The target's clock runs from the forward, and anew from the end of a pause.
Time target_clock(const Introduction& introduction) {
  return later_of(introduction.forwarded_at.value_or(introduction.state_since), introduction.paused_until);
}

Time asked_deadline(const Introduction& introduction, const Policy& policy) {
  const Ask& ask = introduction.asks.back();
  const auto sent = static_cast<std::size_t>(introduction.reminders);
  if (sent >= policy.connector_reminders.size()) return ask.expires_at;
  // An absence moves the end; the reminders move with it, so that not all are due on the first day back.
  const Time from = ask.expires_at - policy.connector_expiry;
  return std::min(later_of(from + policy.connector_reminders[sent], introduction.paused_until),
                  ask.expires_at);
}

Time forwarded_deadline(const Introduction& introduction, const Policy& policy) {
  const Time from = target_clock(introduction);
  // Who asked to be asked later is asked on that day; whose machine said "away" gets some days more.
  if (introduction.reminders == 0 && introduction.snoozes > 0) return from;
  return from + (introduction.reminders == 0 ? policy.target_reminder : policy.target_expiry);
}

// A silent no ends exactly when silence would have ended.
Time silent_deadline(const Introduction& introduction, const Policy& policy) {
  if (introduction.forwarded_at) return target_clock(introduction) + policy.target_expiry;
  return introduction.asks.back().expires_at;
}

bool is_quiet(Time time, const QuietHours& quiet) {
  const Time local = time + quiet.utc_offset;
  const auto midnight = std::chrono::floor<days>(local);
  const auto hour = std::chrono::duration_cast<std::chrono::hours>(local - midnight).count();
  const std::chrono::weekday weekday{midnight};
  if (quiet.weekends && (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday)) return true;
  if (quiet.from <= quiet.to) return hour >= quiet.from && hour < quiet.to;
  return hour >= quiet.from || hour < quiet.to;
}

}  // namespace

std::optional<Time> next_deadline(const Introduction& introduction, const Policy& policy) {
  if (introduction.held) return introduction.held->effective_at;
  switch (introduction.state) {
    case State::drafted: return introduction.created_at + policy.draft_expiry;
    case State::asked: return asked_deadline(introduction, policy);
    case State::revising:
    case State::redirected: return introduction.state_since + policy.requester_expiry;
    case State::snoozed: return introduction.paused_until.value_or(introduction.state_since);
    case State::declined_silently: return silent_deadline(introduction, policy);
    case State::forwarded: return forwarded_deadline(introduction, policy);
    case State::introduced:
      return introduction.introduced_at.value_or(introduction.state_since) +
             (introduction.outcome_asked ? policy.outcome_expiry : policy.outcome_question);
    case State::closed:
    case State::declined:
    case State::target_declined:
    case State::expired:
    case State::withdrawn: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Time> end_without_answer(const Introduction& introduction, const Policy& policy) {
  switch (introduction.state) {
    case State::asked:
    case State::snoozed: return introduction.asks.back().expires_at;
    case State::declined_silently: return silent_deadline(introduction, policy);
    case State::forwarded: return target_clock(introduction) + policy.target_expiry;
    case State::introduced:
      return introduction.introduced_at.value_or(introduction.state_since) + policy.outcome_expiry;
    case State::drafted:
    case State::revising:
    case State::redirected:
    case State::closed:
    case State::declined:
    case State::target_declined:
    case State::expired:
    case State::withdrawn: return next_deadline(introduction, policy);
  }
  return std::nullopt;
}

Time next_civil_time(Time time, const QuietHours& quiet) {
  constexpr int hours_in_a_week = 7 * 24;
  Time civil = time;
  for (int i = 0; i < hours_in_a_week && is_quiet(civil, quiet); ++i) {
    civil = std::chrono::floor<std::chrono::hours>(civil) + std::chrono::hours{1};
  }
  return civil;
}

}  // namespace tertius
