#pragma once
// Dates in contact files: "09 Mar 2019", "March 9, 2019", "2019-03-09", "03/09/19", "3/9/19, 2:10 PM". Pure.

#include <optional>
#include <string>
#include <string_view>

#include "broker/time.hpp"

namespace tertius::contacts {

// Which of two numbers is the month; files keep to one order throughout.
enum class DateOrder { month_first, day_first };

std::optional<Time> find_date(std::string_view text, DateOrder order);

// True where only day-first can be meant: "23/04/19".
bool needs_day_first(std::string_view text);

// "March 2019".
std::string month_text(Time time);

}  // namespace tertius::contacts
