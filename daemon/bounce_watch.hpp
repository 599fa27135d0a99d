#pragma once
// Sees a storm of bounces: an import of dead addresses, a block list, a domain that was sold. Providers
// punish the sender for going on (Amazon SES reviews accounts at 5% bounced and stops them at 10%). Pure.

#include <deque>
#include <utility>

#include "broker/delivery.hpp"
#include "broker/time.hpp"

namespace tertius::daemon {

class BounceWatch {
 public:
  // Of the newest mails that a relay has answered for good.
  static constexpr std::size_t newest = 50;
  static constexpr std::chrono::hours within{1};

  explicit BounceWatch(int most) : most_(most) {}  // 0: never a storm

  // True once, when `most` of them have bounced; then it begins anew.
  bool take(Delivery delivery, Time now);

 private:
  int most_;
  std::deque<std::pair<Time, bool>> answers_;  // when, and whether it bounced
};

}  // namespace tertius::daemon
