#include <algorithm>

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/people.hpp"
#include "storage/person_rows.hpp"

namespace tertius::storage {
namespace {

constexpr std::size_t max_words = 8;  // each number of words is one prepared statement
constexpr std::string_view beyond_any_word = "\xF4\x8F\xBF\xBF";  // U+10FFFF

// A name of which more people than this have a word is frequent.
constexpr std::int64_t frequent = 500;

std::string after_all_that_begin(std::string_view word) { return std::string(word).append(beyond_any_word); }

// How many have a word that begins so, as far as it matters.
std::int64_t count_people(Database& db, std::string_view word) {
  return db
      .row(
          "SELECT COUNT(*) FROM (SELECT person FROM person_words WHERE word >= $1 AND word < $2 LIMIT $3) AS "
          "found",
          {std::string(word), after_all_that_begin(word), frequent})
      ->integer(0);
}

// The rarest word is looked up in the index; the others are looked for in the few rows that it leaves. Where
// all are frequent two are looked up, and the rows of those who have both are read: of a million people
// 15,000 have a frequent first name, and reading them takes 80 ms. MATERIALIZED keeps the two apart: left to
// itself, PostgreSQL 15 with a plan from when the tables were small compares every person with every word
// (20,000 people: 9 s instead of 13 ms).
std::string search_sql(std::size_t words, bool two) {
  std::string sql =
      "FROM (WITH found AS MATERIALIZED (SELECT * FROM people WHERE id IN "
      "(SELECT person FROM person_words WHERE word >= $3 AND word < $4";
  if (two) sql += " INTERSECT SELECT person FROM person_words WHERE word >= $5 AND word < $6";
  sql += ")) SELECT * FROM found) AS people WHERE 1 = 1";
  for (std::size_t i = 1; i < words; ++i)
    sql += " AND " + called_like("$" + std::to_string(i + (two ? 6 : 4)));
  return sql + " ORDER BY CASE WHEN folded_name = $1 THEN 0 ELSE 1 END, folded_name, id LIMIT $2";
}

// The words are longest first. Whether even the rarest of several is frequent.
bool put_rarest_first(Database& db, std::vector<std::string_view>& words) {
  if (words.size() < 2) return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (count_people(db, words[i]) == frequent) continue;
    std::rotate(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i),
                words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    return false;
  }
  return true;
}

}  // namespace

std::vector<Person> search_people(Database& db, const std::string& words, int limit) {
  const std::string folded = spaced(words);
  std::vector<std::string_view> wanted = split_words(folded);
  if (wanted.empty()) return {};
  std::stable_sort(wanted.begin(), wanted.end(),
                   [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
  wanted.resize(std::min(wanted.size(), max_words));
  const bool two = put_rarest_first(db, wanted);
  std::vector<Value> arguments{folded, value_of(limit), std::string(wanted[0]),
                               after_all_that_begin(wanted[0])};
  if (two) arguments.insert(arguments.end(), {std::string(wanted[1]), after_all_that_begin(wanted[1])});
  // A word holds no % or _: spaced() leaves letters, digits and apostrophes.
  for (std::size_t i = 1; i < wanted.size(); ++i) arguments.push_back("% " + std::string(wanted[i]) + "%");
  return select_people(db, search_sql(wanted.size(), two), arguments);
}

}  // namespace tertius::storage
