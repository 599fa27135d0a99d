#include "daemon/bounce_watch.hpp"

#include <algorithm>

namespace tertius::daemon {

bool BounceWatch::take(Delivery delivery, Time now) {
  if (delivery != Delivery::sent && delivery != Delivery::bounced) return false;
  answers_.emplace_back(now, delivery == Delivery::bounced);
  while (answers_.size() > newest || answers_.front().first + within < now) answers_.pop_front();
  const auto bounced = std::ranges::count(answers_, true, &std::pair<Time, bool>::second);
  if (most_ == 0 || bounced < most_) return false;
  answers_.clear();
  return true;
}

}  // namespace tertius::daemon
