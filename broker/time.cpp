#include "broker/time.hpp"

#include <array>
#include <cstdio>

namespace tertius {

namespace {

constexpr std::array<const char*, 12> months = {"January",   "February", "March",    "April",
                                                "May",       "June",     "July",     "August",
                                                "September", "October",  "November", "December"};

struct Civil {
  std::chrono::year_month_day day;
  std::chrono::hh_mm_ss<std::chrono::seconds> clock;
};

Civil civil(Time time) {
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day{midnight}, std::chrono::hh_mm_ss{time - midnight}};
}

}  // namespace

std::string time_text(Time time) {
  const auto [day, clock] = civil(time);
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u %02d:%02d UTC", int(day.year()),
                unsigned(day.month()), unsigned(day.day()), int(clock.hours().count()),
                int(clock.minutes().count()));
  return out.data();
}

std::string date_text(Time time) {
  const auto day = civil(time).day;
  return std::to_string(unsigned(day.day())) + " " + months[unsigned(day.month()) - 1] + " " +
         std::to_string(int(day.year()));
}

}  // namespace tertius
