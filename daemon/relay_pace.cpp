#include "daemon/relay_pace.hpp"

#include <algorithm>
#include <array>

namespace tertius::daemon {

namespace {

using namespace std::chrono_literals;

// A wrong password tried every minute locks accounts; an operator who has mended it waits at most this long.
constexpr auto pauses = std::to_array<std::chrono::seconds>({1min, 5min, 15min, 1h});

// A turn that is missed by more than that (a pause lay between) is none: all of them would go in one second.
constexpr std::chrono::seconds longest_kept{10};

constexpr std::size_t many_domains = 10'000;

std::chrono::microseconds between(int per_minute) {
  return per_minute <= 0 ? 0us : std::chrono::microseconds{1min} / per_minute;
}

}  // namespace

std::optional<Time> RelayPace::paused_until(Time now) const {
  return refusals_ > 0 && now < resumes_ ? std::optional(resumes_) : std::nullopt;
}

void RelayPace::forget_free_domains(Time now) {
  if (next_of_domain_.size() >= many_domains)
    std::erase_if(next_of_domain_, [&](const auto& entry) { return entry.second <= now; });
}

void RelayPace::forgive() {
  resumes_ = {};
  ++epoch_;
}

// Cancelled mails never come for theirs.
void RelayPace::forget_stale_turns(Time now) {
  while (!turns_by_time_.empty() && turns_by_time_.begin()->first + longest_kept < now) {
    turns_.erase(turns_by_time_.begin()->second);
    turns_by_time_.erase(turns_by_time_.begin());
  }
}

bool RelayPace::uses_kept_turn(NoticeId notice, Time now) {
  forget_stale_turns(now);
  const auto kept = turns_.find(notice);
  if (kept == turns_.end()) return false;
  turns_by_time_.erase({kept->second, notice});
  turns_.erase(kept);
  return true;
}

// One domain's far-off turn must not be everybody's: the common rate counts from when the mail could have
// gone but for its domain.
Time RelayPace::turn_of(const PacedMail& mail, Time now) {
  if (uses_kept_turn(mail.notice, now)) return now;
  if (rates_.per_minute <= 0 && rates_.per_minute_and_domain <= 0) return now;
  forget_free_domains(now);
  Fine& of_domain = next_of_domain_[mail.domain];
  const Fine free = std::max(Fine{now}, next_);
  const Fine turn = std::max(free, of_domain);
  next_ = free + between(rates_.per_minute);
  of_domain = turn + between(rates_.per_minute_and_domain);
  const Time due = std::chrono::floor<std::chrono::seconds>(turn);
  if (mail.is_answer || due <= now) return now;
  turns_.emplace(mail.notice, due);
  turns_by_time_.emplace(due, mail.notice);
  return due;
}

std::optional<Time> RelayPace::next_turn(Time now) {
  forget_stale_turns(now);
  return turns_by_time_.empty() ? std::nullopt : std::optional(turns_by_time_.begin()->first);
}

bool RelayPace::take(const DeliveryResult& result, Time now, int epoch) {
  if (!result.login_refused) {
    // "unharmed" says nothing of the login: the relay may be away, or we are going down.
    if (result.delivery != Delivery::unharmed) refusals_ = 0;
    return false;
  }
  // Of the mails that were on their way together, or with the old password.
  if (paused_until(now) || epoch != epoch_) return false;
  resumes_ = now + pauses[std::min<std::size_t>(static_cast<std::size_t>(refusals_), pauses.size() - 1)];
  ++refusals_;
  return true;
}

}  // namespace tertius::daemon
