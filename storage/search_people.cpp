#include <algorithm>
#include <limits>

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/people.hpp"
#include "storage/person_rows.hpp"
#include "storage/word_bearers.hpp"

namespace tertius::storage {
namespace {

constexpr std::size_t max_words = 8;  // each number of words is one prepared statement
constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t frequent = 1'000;

std::string search_sql(const Database& db, const WordWalk& walk) {
  std::string sql = people_who_bear_sql(db, walk, 3) + " WHERE 1 = 1";
  const std::size_t patterns = 4 + walk_arguments(walk).size();
  for (std::size_t i = 1; i < walk.words.size(); ++i)
    sql += " AND " + called_like("$" + std::to_string(patterns + i - 1));
  return sql + " ORDER BY CASE WHEN folded_name = $1 THEN 0 ELSE 1 END, folded_name, id LIMIT $2";
}

}  // namespace

std::vector<Person> search_people(Database& db, const std::string& words, int limit) {
  const std::string folded = spaced(words);
  const std::vector<std::string_view> split = split_words(folded);
  if (split.empty()) return {};
  std::vector<std::string> wanted(split.begin(), split.end());
  wanted.resize(std::min(wanted.size(), max_words));
  WordWalk walk = plan_walk(db, std::move(wanted), frequent, true);
  if (walk.words.size() > 1) walk.intersects = walk.intersects || walk.is_cut;  // whatever it takes
  walk.most = all;
  std::vector<Value> arguments{folded, value_of(limit), all};
  for (Value& value : walk_arguments(walk)) arguments.push_back(std::move(value));
  // A word holds no % or _: spaced() leaves letters, digits and apostrophes.
  for (std::size_t i = 1; i < walk.words.size(); ++i) arguments.push_back("% " + walk.words[i] + "%");
  return select_people(db, search_sql(db, walk), arguments);
}

}  // namespace tertius::storage
