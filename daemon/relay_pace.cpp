#include "daemon/relay_pace.hpp"

#include <algorithm>
#include <array>

namespace tertius::daemon {

namespace {

using namespace std::chrono_literals;

// A wrong password tried every minute locks accounts; an operator who has mended it waits at most this long.
constexpr auto pauses = std::to_array<std::chrono::seconds>({1min, 5min, 15min, 1h});

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

Time RelayPace::turn_of(NoticeId notice, const std::string& domain, Time now) {
  if (turns_.erase(notice) > 0) return now;
  if (rates_.per_minute <= 0 && rates_.per_minute_and_domain <= 0) return now;
  forget_free_domains(now);
  Fine& of_domain = next_of_domain_[domain];
  const Fine turn = std::max({Fine{now}, next_, of_domain});
  if (rates_.per_minute > 0) next_ = turn + between(rates_.per_minute);
  of_domain = turn + between(rates_.per_minute_and_domain);
  const Time due = std::chrono::floor<std::chrono::seconds>(turn);
  if (due > now) turns_.emplace(notice, due);
  return std::max(due, now);
}

bool RelayPace::take(const DeliveryResult& result, Time now) {
  if (!result.login_refused) {
    // "unharmed" says nothing of the login: the relay may be away, or we are going down.
    if (result.delivery != Delivery::unharmed) refusals_ = 0;
    return false;
  }
  if (paused_until(now)) return false;  // of the mails that were on their way together
  resumes_ = now + pauses[std::min<std::size_t>(static_cast<std::size_t>(refusals_), pauses.size() - 1)];
  ++refusals_;
  return true;
}

}  // namespace tertius::daemon
