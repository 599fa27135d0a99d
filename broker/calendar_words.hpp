#pragma once
// The words of dates in the languages replies are read in, folded; for when.cpp.

#include <optional>
#include <string_view>

namespace tertius::reading {

enum class Unit { day, week, month, year };

// One look for what the tables of units, numbers, months, days and "next", "this", "end" hold: of a hundred
// words few are.
bool may_begin_date(std::string_view word);

std::optional<Unit> find_unit(std::string_view word);
std::optional<int> find_number(std::string_view word);   // 0 to 366, in digits or words
std::optional<int> find_ordinal(std::string_view word);  // "15th", "1er"
std::optional<int> find_month(std::string_view word);    // 1 to 12
bool is_short_month(std::string_view word);  // also another word ("mar", "may"): wants a day beside it
std::optional<int> find_weekday(std::string_view word);  // 0 is Sunday

bool is_next(std::string_view word);
bool is_this(std::string_view word);
bool is_tomorrow(std::string_view word);
bool is_after(std::string_view word);
bool is_end(std::string_view word);
bool is_date_preposition(std::string_view word);
bool is_article(std::string_view word);
bool is_negator(std::string_view word);
bool is_past_marker(std::string_view word);  // "ago", "for", "last", "seit"

}  // namespace tertius::reading
