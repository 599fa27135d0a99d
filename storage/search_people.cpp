#include <algorithm>

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/people.hpp"
#include "storage/person_rows.hpp"

namespace tertius::storage {
namespace {

constexpr std::size_t max_words = 8;  // each number of words is one prepared statement
constexpr std::string_view beyond_any_word = "\xF4\x8F\xBF\xBF";  // U+10FFFF

// The longest word is looked up in the index; the others are looked for in the few rows that it leaves.
// MATERIALIZED keeps the two apart: left to itself, PostgreSQL 15 with a plan from when the tables were small
// compares every person with every word (20,000 people: 9 s instead of 13 ms).
std::string search_sql(std::size_t words) {
  std::string sql =
      "FROM (WITH found AS MATERIALIZED (SELECT * FROM people WHERE id IN "
      "(SELECT person FROM person_words WHERE word >= $3 AND word < $4)) SELECT * FROM found) AS people "
      "WHERE 1 = 1";
  for (std::size_t i = 1; i < words; ++i) sql += " AND " + called_like("$" + std::to_string(i + 4));
  return sql + " ORDER BY CASE WHEN folded_name = $1 THEN 0 ELSE 1 END, folded_name, id LIMIT $2";
}

}  // namespace

std::vector<Person> search_people(Database& db, const std::string& words, int limit) {
  const std::string folded = spaced(words);
  std::vector<std::string_view> wanted = split_words(folded);
  if (wanted.empty()) return {};
  std::stable_sort(wanted.begin(), wanted.end(),
                   [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
  wanted.resize(std::min(wanted.size(), max_words));
  std::vector<Value> arguments{folded, value_of(limit), value_of(wanted[0]),
                               std::string(wanted[0]).append(beyond_any_word)};
  // A word holds no % or _: spaced() leaves letters, digits and apostrophes.
  for (std::size_t i = 1; i < wanted.size(); ++i) arguments.push_back("% " + std::string(wanted[i]) + "%");
  return select_people(db, search_sql(wanted.size()), arguments);
}

}  // namespace tertius::storage
