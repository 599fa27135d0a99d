#pragma once
// Dates as people write them in replies: "2w", "in two weeks", "next month", "after the 15th", "im März",
// "2027-01-05", "来月". Only the future counts; a date that has passed this year is next year's. Pure.

#include <optional>
#include <string_view>

#include "broker/sentences.hpp"
#include "broker/time.hpp"

namespace tertius::reading {

struct When {
  Time time{};            // midnight UTC of the day; for a span of days, weeks or months the same hour as now
  std::size_t first = 0;  // words [first, last)
  std::size_t last = 0;
};

// The first date among the words [first, last).
std::optional<When> find_when(const Text& text, std::size_t first, std::size_t last, Time now);
std::optional<Time> find_when(std::string_view text, Time now);

}  // namespace tertius::reading
