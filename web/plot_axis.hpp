#pragma once
// What stands along the time axis of a plot. Pure.

#include <string>
#include <vector>

#include "web/plot.hpp"

namespace tertius::web {

struct DateTick {
  std::size_t bucket = 0;
  std::string text;
};

// Round dates, as many as fit beside each other at `slot` pixels a bucket: month names over long times, else
// every first, second, fourth, ... bucket, counted from the last.
std::vector<DateTick> date_ticks(const std::vector<Time>& starts, double slot, double font);

}  // namespace tertius::web
