#include "web/plot_axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace tertius::web {

namespace {

constexpr auto months = std::to_array<std::string_view>(
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
constexpr double minute = 60, hour = 60 * minute, day = 24 * hour;

// Steps that people count time in.
constexpr auto duration_steps = std::to_array<double>(
    {1,          2,           5,           10,          15,      30,       minute,   2 * minute,
     5 * minute, 10 * minute, 15 * minute, 30 * minute, hour,    2 * hour, 3 * hour, 6 * hour,
     12 * hour,  day,         2 * day,     4 * day,     7 * day, 14 * day, 28 * day});

std::string number_text(double value, int decimals) {
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  std::string out = buffer.data();
  if (out.find('.') != out.npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
  }
  return out;
}

std::string with_thousands(double value) {
  std::string out = number_text(value, 1);
  for (auto at = std::min(out.find('.'), out.size()); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

std::string count_text(double value) {
  if (value >= 1e6) return number_text(value / 1e6, 1) + "M";
  if (value >= 1e4) return number_text(value / 1e3, 1) + "k";
  return with_thousands(value);
}

std::string duration_text(double value) {
  if (value == 0) return "0";
  if (value >= 2 * day) return number_text(value / day, 1) + " d";
  if (value >= hour) return number_text(value / hour, 1) + " h";
  if (value >= minute) return number_text(value / minute, 1) + " min";
  return number_text(value, 0) + " s";
}

// 1, 2 or 5 times a power of ten.
double decimal_step(double least) {
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least) return factor * power;
  return 10 * power;
}

double step_for(double least, PlotUnit unit) {
  if (unit == PlotUnit::count) return std::max(1.0, decimal_step(least));
  if (unit == PlotUnit::percent) return decimal_step(least);
  for (const double step : duration_steps)
    if (step >= least) return step;
  return decimal_step(least / day) * day;
}

std::chrono::year_month_day date_of(Time time) { return std::chrono::floor<std::chrono::days>(time); }

// The first bucket of each month, every `every`th month of the year; January is the year.
std::vector<DateTick> month_ticks(const std::vector<Time>& starts, unsigned every) {
  std::vector<DateTick> ticks;
  for (std::size_t i = 1; i < starts.size(); ++i) {
    const auto date = date_of(starts[i]);
    const unsigned month = static_cast<unsigned>(date.month()) - 1;
    if (date.month() == date_of(starts[i - 1]).month() || month % every != 0) continue;
    ticks.push_back(
        {i, month == 0 ? std::to_string(static_cast<int>(date.year())) : std::string(months[month])});
  }
  return ticks;
}

std::vector<DateTick> day_ticks(const std::vector<Time>& starts, std::size_t every) {
  std::vector<DateTick> ticks;
  for (std::size_t i = (starts.size() - 1) % every; i < starts.size(); i += every)
    ticks.push_back({i, short_date(starts[i])});
  return ticks;
}

bool fits(const std::vector<DateTick>& ticks, double slot, double font) {
  constexpr double gap = 8;
  for (std::size_t i = 1; i < ticks.size(); ++i) {
    const double apart = static_cast<double>(ticks[i].bucket - ticks[i - 1].bucket) * slot;
    if (apart < (text_width(ticks[i].text, font) + text_width(ticks[i - 1].text, font)) / 2 + gap)
      return false;
  }
  return true;
}

}  // namespace

std::string axis_text(double value, PlotUnit unit) {
  switch (unit) {
    case PlotUnit::count: return count_text(value);
    case PlotUnit::percent: return number_text(value, 1) + "%";
    case PlotUnit::duration: return duration_text(value);
  }
  return {};
}

std::string value_text(double value, PlotUnit unit) {
  return unit == PlotUnit::count ? with_thousands(value) : axis_text(value, unit);
}

std::vector<double> nice_ticks(double most, PlotUnit unit, int wanted) {
  if (!(most > 0) || !std::isfinite(most)) most = unit == PlotUnit::percent ? 100 : 1;
  const double step = step_for(most / std::max(1, wanted - 1), unit);
  std::vector<double> ticks{0};
  while (ticks.back() < most * (1 - 1e-9)) ticks.push_back(step * static_cast<double>(ticks.size()));
  return ticks;
}

std::string short_date(Time time) {
  const auto date = date_of(time);
  return std::to_string(static_cast<unsigned>(date.day())) + " " +
         std::string(months[static_cast<unsigned>(date.month()) - 1]);
}

std::string bucket_text(Time start, std::chrono::seconds length) {
  if (length == std::chrono::days{7}) return "week of " + date_text(start);
  if (length <= std::chrono::days{1}) return date_text(start);
  return date_text(start) + " to " + date_text(start + length - std::chrono::seconds{1});
}

// The widest of common system fonts (Verdana) has digits of 0.64 and small letters of 0.6 of its size on
// average; wide capitals make up for "i" and "l". What is beyond ASCII may be as wide as high.
double text_width(std::string_view text, double font) {
  double wide = 0;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if ((octet & 0xc0) == 0x80) continue;
    wide += octet >= 0x80 ? 1.0 : 0.65;
  }
  return wide * font;
}

std::vector<DateTick> date_ticks(const std::vector<Time>& starts, double slot, double font) {
  if (starts.empty()) return {};
  constexpr std::chrono::days long_time{130};
  if (starts.back() - starts.front() > long_time) {
    for (const unsigned every : {1u, 2u, 3u, 6u, 12u}) {
      auto ticks = month_ticks(starts, every);
      if (fits(ticks, slot, font)) return ticks;
    }
  }
  for (std::size_t every = 1; every < starts.size(); every *= 2) {
    // Days are counted in weeks from seven on.
    const bool daily = starts[1] - starts[0] == std::chrono::days{1};
    auto ticks = day_ticks(starts, daily && every > 2 ? every / 4 * 7 : every);
    if (fits(ticks, slot, font)) return ticks;
  }
  return day_ticks(starts, starts.size());
}

}  // namespace tertius::web
