#include "contacts/dates.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <vector>

#include "broker/words.hpp"

namespace tertius::contacts {

namespace {

constexpr std::array<std::string_view, 12> months = {"january",   "february", "march",    "april",
                                                     "may",       "june",     "july",     "august",
                                                     "september", "october",  "november", "december"};

// The first three words or numbers; times of day come behind them.
std::vector<std::string> date_parts(std::string_view text) {
  const auto form = spaced(text.substr(0, 64));
  std::vector<std::string> parts;
  for (const auto word : split_words(form)) {
    if (parts.size() < 3) parts.emplace_back(word);
  }
  return parts;
}

int number_in(const std::string& part) {
  int value = -1;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
  return error == std::errc{} && end == part.data() + part.size() ? value : -1;
}

// 1 to 12 for "mar", "march", "sept"; 0 for anything else.
int month_in(std::string_view part) {
  if (part.size() < 3) return 0;
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (months[i].starts_with(part)) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<Time> civil_day(int year, int month, int day) {
  using namespace std::chrono;
  if (year >= 0 && year < 100) year += 2000;  // no address book is older than LinkedIn (2003) by much
  if (year < 1970 || year > 2200 || month < 1 || day < 1) return std::nullopt;
  const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Time{sys_days{date}};
}

}  // namespace

std::optional<Time> find_date(std::string_view text, DateOrder order) {
  const auto parts = date_parts(text);
  if (parts.size() < 3) return std::nullopt;
  const int a = number_in(parts[0]);
  const int b = number_in(parts[1]);
  const int c = number_in(parts[2]);
  if (const int month = month_in(parts[1]); month > 0) return civil_day(c, month, a);  // 09 Mar 2019
  if (const int month = month_in(parts[0]); month > 0) return civil_day(c, month, b);  // March 9, 2019
  if (parts[0].size() == 4) return civil_day(a, b, c);                                 // 2019-03-09
  return order == DateOrder::month_first ? civil_day(c, a, b) : civil_day(c, b, a);
}

bool needs_day_first(std::string_view text) {
  const auto parts = date_parts(text);
  return parts.size() == 3 && parts[0].size() <= 2 && number_in(parts[0]) > 12 && number_in(parts[1]) >= 1 &&
         number_in(parts[1]) <= 12;
}

std::string month_text(Time time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  auto name = std::string(months[unsigned(day.month()) - 1]);
  name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
  return name + " " + std::to_string(int(day.year()));
}

}  // namespace tertius::contacts
