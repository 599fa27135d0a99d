#include "broker/when.hpp"

#include <array>
#include <chrono>

#include "broker/calendar_words.hpp"

namespace tertius::reading {
namespace {

using namespace std::chrono;

// One attempt at one place: the date there, and how many words it takes.
struct Read {
  sys_days day{};
  std::size_t length = 0;
  bool is_month = false;  // "in March": after it means the month after
};

class Reader {
 public:
  Reader(const Text& text, std::size_t first, std::size_t last, Time now)
      : text_(text), first_(first), last_(last), now_(now), today_(floor<days>(now)) {}

  std::optional<When> find() const {
    for (std::size_t at = first_; at < last_; ++at)
      if (may_begin_date(word(at)))
        if (const auto found = read_at(at)) return found;
    return std::nullopt;
  }

 private:
  std::string_view word(std::size_t at) const {
    return at < last_ ? std::string_view(text_.words[at].text) : std::string_view{};
  }
  std::string_view before(std::size_t at) const { return at > first_ ? word(at - 1) : std::string_view{}; }
  std::string_view before_article(std::size_t at) const {
    return is_article(before(at)) && at > first_ + 1 ? word(at - 2) : before(at);
  }

  std::optional<When> read_at(std::size_t at) const {
    if (const auto span = read_span(at)) return span;
    using Attempt = std::optional<Read> (Reader::*)(std::size_t) const;
    constexpr std::array<Attempt, 9> attempts{
        &Reader::read_numeric, &Reader::read_asian, &Reader::read_day_of_month_name,
        &Reader::read_next,    &Reader::read_this,  &Reader::read_named_day,
        &Reader::read_ordinal, &Reader::read_end,   &Reader::read_month};
    for (Attempt attempt : attempts) {
      auto read = (this->*attempt)(at);
      if (!read) continue;
      if (is_past_marker(before_article(at)) && !is_date_preposition(before_article(at))) return std::nullopt;
      if (is_after(before_article(at))) read->day = day_after(*read);
      if (read->day > today_) return When{Time{read->day}, at, at + read->length};
    }
    return std::nullopt;
  }

  static sys_days day_after(const Read& read) {
    if (!read.is_month) return read.day + days{1};
    const year_month_day day{read.day};
    return sys_days{(day.year() / day.month() + months{1}) / 1};
  }

  // "2w", "two weeks", "a couple of weeks", "2週間", "两周", "2个月".
  std::optional<When> read_span(std::size_t at) const {
    const std::string_view first = word(at);
    const std::size_t digits = std::min(first.find_first_not_of("0123456789"), first.size());
    if (digits > 0 && digits < first.size() && digits <= 3)
      return span(at, at + 1, find_number(first.substr(0, digits)), find_unit(first.substr(digits)), false);
    const auto count = find_number(first);
    std::size_t next = at + 1;
    if (word(next) == "of" || word(next) == "个" || word(next) == "個" || word(next) == "ヶ" ||
        word(next) == "か" || word(next) == "カ" || word(next) == "paar")
      ++next;
    const auto unit = find_unit(word(next));
    const bool asian_date = word(next) == "月" || word(next) == "日" || word(next) == "年";
    if (asian_date && next == at + 1) return std::nullopt;
    const bool weak = !text_.words[at].numeric && count == 1 && !is_date_preposition(before(at));
    return span(at, next + 1, weak ? std::nullopt : count, unit, true);
  }

  std::optional<When> span(std::size_t first, std::size_t last, std::optional<int> count,
                           std::optional<Unit> unit, bool apart) const {
    if (!count || !unit || *count < 1) return std::nullopt;
    if (apart && (is_past_marker(word(last)) ||
                  (is_past_marker(before(first)) && !is_date_preposition(before(first)))))
      return std::nullopt;
    if (before(first) == "for" || before(first) == "since" || before(first) == "od") return std::nullopt;
    switch (*unit) {
      case Unit::day: return When{now_ + days{*count}, first, last};
      case Unit::week: return When{now_ + days{7 * *count}, first, last};
      case Unit::month: return When{now_ + (add_months(*count) - today_), first, last};
      case Unit::year: return When{now_ + (add_months(12 * *count) - today_), first, last};
    }
    return std::nullopt;
  }

  sys_days add_months(int count) const {
    const auto there = year_month_day{today_} + months{count};
    return there.ok() ? sys_days{there} : sys_days{there.year() / there.month() / std::chrono::last};
  }

  std::optional<int> number(std::size_t at) const {
    return at < last_ && text_.words[at].numeric && text_.words[at].text.size() <= 4
               ? std::optional(std::stoi(text_.words[at].text))
               : std::nullopt;
  }
  bool joins(std::size_t at) const {
    return at + 1 < last_ && text_.words[at + 1].begin == text_.words[at].end + 1;
  }

  // 2027-01-05, 5.1.2027, 15.3., 15/3/2027. Between two numbers up to twelve the day is read first.
  std::optional<Read> read_numeric(std::size_t at) const {
    const auto a = number(at), b = number(at + 1), c = number(at + 2);
    if (!a || !b || !joins(at)) return std::nullopt;
    const bool three = c && joins(at + 1);
    if (*a >= 2000 && three) return make(*a, *b, *c, 3);
    if (*a > 31 || *b > 31) return std::nullopt;
    const auto [day, month] = *b > 12 ? std::pair(*b, *a) : std::pair(*a, *b);
    if (three) return make(*c < 100 ? 2000 + *c : *c, month, day, 3);
    return upcoming(month, day, 2);
  }

  // 3月15日, 3月, 15日, 来週, 下个月, 明天, 明日.
  std::optional<Read> read_asian(std::size_t at) const {
    if (word(at) == "明" && (word(at + 1) == "天" || word(at + 1) == "日")) return Read{today_ + days{1}, 2};
    if (word(at) == "明" && word(at + 1) == "年")
      return Read{sys_days{(year_month_day{today_}.year() + years{1}) / 1 / 1}, 2};
    const auto a = find_number(word(at));
    if (!a) return std::nullopt;
    if (word(at + 1) == "月") {
      const auto b = find_number(word(at + 2));
      if (b && (word(at + 3) == "日" || word(at + 3) == "号")) return upcoming(*a, *b, 4);
      return month_begin(*a, 2);
    }
    return word(at + 1) == "日" || word(at + 1) == "号" ? day_of_month(*a, 2) : std::nullopt;
  }

  // "15 March", "15. März", "15 de marzo", "15th of March 2027"; "March 15", "March 15th".
  std::optional<Read> read_day_of_month_name(std::size_t at) const {
    const auto day = number(at) ? number(at) : find_ordinal(word(at));
    if (day) {
      const std::size_t link = word(at + 1) == "of" || word(at + 1) == "de" ? 1 : 0;
      const auto month = find_month(word(at + 1 + link));
      return month ? named(*month, *day, at, 2 + link) : std::nullopt;
    }
    const auto month = find_month(word(at));
    const auto after = find_ordinal(word(at + 1)) ? find_ordinal(word(at + 1)) : number(at + 1);
    return month && after && *after <= 31 ? named(*month, *after, at, 2) : std::nullopt;
  }

  std::optional<Read> named(int month, int day, std::size_t at, std::size_t length) const {
    const std::size_t link = word(at + length) == "de" ? 1 : 0;
    const auto year = number(at + length + link);
    if (year && *year >= 2000) return make(*year, month, day, length + link + 1);
    return upcoming(month, day, length);
  }

  // "next week", "la semana próxima", "下周", "来月".
  std::optional<Read> read_next(std::size_t at) const {
    const bool in_front = is_next(word(at));
    const std::size_t other = in_front ? at + (word(at + 1) == "个" || word(at + 1) == "個" ? 2 : 1) : at;
    if (!in_front &&
        !(is_next(word(at + 1)) && (find_unit(word(at)) || find_weekday(word(at)) || find_month(word(at)))))
      return std::nullopt;
    const std::size_t length = in_front ? other - at + 1 : 2;
    if (const auto unit = find_unit(word(other))) return Read{begin_of_next(*unit), length};
    if (const auto weekday = find_weekday(word(other))) return Read{next_weekday(*weekday), length};
    if (const auto month = find_month(word(other))) return month_begin(*month, length);
    return std::nullopt;
  }

  // "not this week": from the next one on. Without a "not" beside it, it is no date to wait for.
  std::optional<Read> read_this(std::size_t at) const {
    const std::size_t skip = word(at + 1) == "har" ? 1 : 0;  // "den här veckan"
    const auto unit = find_unit(word(at + 1 + skip));
    if (!is_this(word(at)) || !unit || *unit == Unit::day) return std::nullopt;
    const bool after = is_date_preposition(before(at)) && at > first_ + 1 && is_negator(word(at - 2));
    const bool negated = is_negator(before(at)) || is_negator(word(at + 2 + skip)) || after;
    return negated ? std::optional(Read{begin_of_next(*unit), 2 + skip}) : std::nullopt;
  }

  std::optional<Read> read_named_day(std::size_t at) const {
    // German "morgen" and Spanish "mañana" are also the morning: "am Morgen", "de la mañana".
    if (is_tomorrow(word(at)) && before(at) != "am" && before(at) != "guten" && before(at) != "la")
      return Read{today_ + days{1}, 1};
    const auto weekday = find_weekday(word(at));
    return weekday ? std::optional(Read{next_weekday(*weekday), 1}) : std::nullopt;
  }

  // "the 15th"; "nach dem 15.", "après le 15", "el 15": a bare number wants an article and a preposition.
  std::optional<Read> read_ordinal(std::size_t at) const {
    if (const auto day = find_ordinal(word(at))) return day_of_month(*day, 1);
    const auto day = number(at);
    const bool dated =
        is_article(before(at)) && is_date_preposition(before_article(at)) && before_article(at) != before(at);
    return day && dated && !find_unit(word(at + 1)) ? day_of_month(*day, 1) : std::nullopt;
  }

  // "end of the month", "Ende März", "fin du mois".
  std::optional<Read> read_end(std::size_t at) const {
    if (!is_end(word(at))) return std::nullopt;
    for (std::size_t i = at + 1; i <= at + 3 && i < last_; ++i) {
      const auto today = year_month_day{today_};
      if (find_unit(word(i)) == Unit::month)
        return Read{sys_days{today.year() / today.month() / std::chrono::last}, i - at + 1};
      if (find_unit(word(i)) == Unit::year) return Read{sys_days{today.year() / 12 / 31}, i - at + 1};
      if (const auto month = find_month(word(i)))
        if (const auto begin = month_begin(*month, 1)) {
          const year_month_day day{begin->day};
          return Read{sys_days{day.year() / day.month() / std::chrono::last}, i - at + 1};
        }
    }
    return std::nullopt;
  }

  std::optional<Read> read_month(std::size_t at) const {
    const auto month = find_month(word(at));
    if (!month) return std::nullopt;
    if (!is_date_preposition(before_article(at)) && is_short_month(word(at))) return std::nullopt;
    if (const auto year = number(at + 1); year && *year >= 2000) return make(*year, *month, 1, 2);
    return month_begin(*month, 1);
  }

  static std::optional<Read> make(int y, int m, int d, std::size_t length) {
    if (y < 2000 || y > 2199 || m < 1 || d < 1) return std::nullopt;
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    return date.ok() ? std::optional(Read{sys_days{date}, length}) : std::nullopt;
  }
  std::optional<Read> upcoming(int m, int d, std::size_t length) const {
    const int y = static_cast<int>(year_month_day{today_}.year());
    const auto here = make(y, m, d, length);
    return here && here->day > today_ ? here : make(y + 1, m, d, length);
  }
  std::optional<Read> month_begin(int m, std::size_t length) const {
    auto read = upcoming(m, 1, length);
    if (read) read->is_month = true;
    return read;
  }
  std::optional<Read> day_of_month(int d, std::size_t length) const {
    const year_month_day today{today_};
    const int y = static_cast<int>(today.year());
    const int m = static_cast<int>(static_cast<unsigned>(today.month()));
    const auto here = make(y, m, d, length);
    if (here && here->day > today_) return here;
    return m == 12 ? make(y + 1, 1, d, length) : make(y, m + 1, d, length);
  }

  sys_days next_weekday(int weekday_number) const {
    const weekday wanted{static_cast<unsigned>(weekday_number)};
    const days ahead = wanted - weekday{today_};
    return today_ + (ahead == days{0} ? days{7} : ahead);
  }
  sys_days begin_of_next(Unit unit) const {
    const year_month_day today{today_};
    switch (unit) {
      case Unit::day: return today_ + days{1};
      case Unit::week: return next_weekday(1);
      case Unit::month: return sys_days{(today.year() / today.month() + months{1}) / 1};
      case Unit::year: return sys_days{(today.year() + years{1}) / 1 / 1};
    }
    return today_;
  }

  const Text& text_;
  std::size_t first_, last_;
  Time now_;
  sys_days today_;
};

}  // namespace

std::optional<When> find_when(const Text& text, std::size_t first, std::size_t last, Time now) {
  return Reader(text, first, last, now).find();
}

std::optional<Time> find_when(std::string_view written, Time now) {
  const Text text = read_sentences(written);
  const auto found = find_when(text, 0, text.words.size(), now);
  return found ? std::optional(found->time) : std::nullopt;
}

}  // namespace tertius::reading
