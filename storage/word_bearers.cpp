#include "storage/word_bearers.hpp"

#include <algorithm>
#include <utility>

namespace tertius::storage {
namespace {

constexpr std::string_view beyond_any_word = "\xF4\x8F\xBF\xBF";  // U+10FFFF

// Whom more have is not intersected: a letter or two begin the words of a hundred thousand.
constexpr std::int64_t too_frequent = 20'000;

std::string after_all_that_begin(const std::string& word) { return word + std::string(beyond_any_word); }

std::int64_t count_bearers(Database& db, const std::string& word, std::int64_t most) {
  return db
      .row(
          "SELECT COUNT(*) FROM (SELECT person FROM person_words WHERE word >= $1 AND word < $2 LIMIT $3) AS "
          "found",
          {word, after_all_that_begin(word), most})
      ->integer(0);
}

std::string argument(std::size_t number) { return "$" + std::to_string(number); }

std::string is_in_range(const std::string& word, std::size_t first) {
  return word + " >= " + argument(first) + " AND " + word + " < " + argument(first + 1);
}

// SQLite seeks the person and the word in one index. On PostgreSQL || makes the word no key of any, so that
// the person is: left to itself, 15 with a plan from when the tables were small walks through the word's
// range for each person, or joins the two ranges.
std::string has_word(const Database& db, std::size_t first) {
  return "(SELECT COUNT(*) FROM person_words other WHERE other.person = walked.person AND " +
         is_in_range(db.is_postgres() ? "other.word || ''" : "other.word", first) + ") > 0";
}

std::string bearers_of(std::size_t first) {
  return "SELECT person FROM person_words WHERE " + is_in_range("word", first);
}

// The least of the counts, and the rarest word put first.
std::int64_t put_rarest_first(Database& db, std::vector<std::string>& words, std::int64_t most) {
  std::int64_t least = most;
  auto rarest = words.begin();
  for (auto word = words.begin(); word != words.end(); ++word) {
    const std::int64_t bearers = count_bearers(db, *word, least);
    if (bearers < least) rarest = word;
    least = bearers;
  }
  std::rotate(words.begin(), rarest, rarest + 1);
  return least;
}

// Whether at least two are rare enough to be intersected; they are first then.
bool put_two_rarest_first(Database& db, std::vector<std::string>& words) {
  std::vector<std::pair<std::int64_t, std::string>> counted;
  for (std::string& word : words) {
    const std::int64_t bearers = count_bearers(db, word, too_frequent);
    counted.emplace_back(bearers, std::move(word));
  }
  std::ranges::stable_sort(counted, {}, &std::pair<std::int64_t, std::string>::first);
  std::ranges::transform(counted, words.begin(), [](auto& one) { return std::move(one.second); });
  return counted.size() > 1 && counted[1].first < too_frequent;
}

}  // namespace

WordWalk plan_walk(Database& db, std::vector<std::string> words, std::int64_t most, bool thorough) {
  std::ranges::stable_sort(words, std::greater{}, &std::string::size);
  WordWalk walk{.words = std::move(words), .most = most};
  if (put_rarest_first(db, walk.words, most) < most) return walk;
  walk.intersects = thorough && put_two_rarest_first(db, walk.words);
  walk.is_cut = !walk.intersects;
  return walk;
}

std::string bearers_sql(const Database& db, const WordWalk& walk, std::size_t first) {
  const std::size_t ranges = first + (walk.intersects ? 1 : 2);
  const std::string walked = walk.intersects
                                 ? bearers_of(ranges) + " INTERSECT " + bearers_of(ranges + 2)
                                 : bearers_of(ranges) + " ORDER BY word, person LIMIT " + argument(first + 1);
  std::string sql = "SELECT DISTINCT person FROM (" + walked + ") AS walked WHERE 1 = 1";
  for (std::size_t i = walk.intersects ? 2 : 1; i < walk.words.size(); ++i)
    sql += " AND " + has_word(db, ranges + 2 * i);
  return sql + " ORDER BY person LIMIT " + argument(first);  // the same on both engines
}

// MATERIALIZED keeps the two apart: left to itself, PostgreSQL 15 with a plan from when the tables were small
// compares every person with every word (20,000 people: 9 s instead of 13 ms).
std::string people_who_bear_sql(const Database& db, const WordWalk& walk, std::size_t first) {
  return "FROM (WITH picked AS MATERIALIZED (" + bearers_sql(db, walk, first) +
         "), found AS MATERIALIZED (SELECT * FROM people WHERE id IN (SELECT person FROM picked)) "
         "SELECT * FROM found) AS people";
}

std::int64_t count_bearers(Database& db, const WordWalk& walk, std::int64_t most) {
  std::vector<Value> arguments{most};
  for (Value& value : walk_arguments(walk)) arguments.push_back(std::move(value));
  return db.row("SELECT COUNT(*) FROM (" + bearers_sql(db, walk, 1) + ") AS found", arguments)->integer(0);
}

std::vector<Value> walk_arguments(const WordWalk& walk) {
  std::vector<Value> out;
  if (!walk.intersects) out.emplace_back(walk.most);
  for (const std::string& word : walk.words) {
    out.emplace_back(word);
    out.emplace_back(after_all_that_begin(word));
  }
  return out;
}

}  // namespace tertius::storage
