#include "storage/near_words.hpp"

#include <algorithm>
#include <set>

#include "broker/near_words.hpp"
#include "broker/utf8.hpp"
#include "storage/bulk.hpp"
#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

constexpr std::string_view beyond_any_word = "\xF4\x8F\xBF\xBF";  // U+10FFFF
constexpr std::size_t most_words = 8;
// Four letters less one are the beginning of very many words: with fewer than five nothing is guessed beyond
// the end of the word.
constexpr std::size_t shortest_beginning = 5;

// At most so many rows of each range of the index are looked at.
std::vector<Row> rows_near(Database& db, const std::string& key, bool beginnings) {
  constexpr std::int64_t enough = 100;
  const std::string end = beginnings ? key + std::string(beyond_any_word) : key + '\x01';
  return db.rows("SELECT word FROM near_words WHERE near >= $1 AND near < $2 ORDER BY near, word LIMIT $3",
                 {key, end, enough});
}

using NearRow = std::pair<std::string, std::string>;  // near, word

// Somebody bears it still, and it is not there yet.
bool is_wanted(Database& db, const std::string& word) {
  return db
      .row(
          "SELECT 1 WHERE EXISTS (SELECT 1 FROM person_words WHERE word = $1) "
          "AND NOT EXISTS (SELECT 1 FROM near_words WHERE near = $1 AND word = $1)",
          {word})
      .has_value();
}

std::vector<NearRow> rows_of(Database& db, const std::set<std::string>& words) {
  std::vector<NearRow> rows;
  for (const std::string& word : words)
    if (has_near_words(word) && is_wanted(db, word))
      for (std::string& near : near_keys(word)) rows.emplace_back(std::move(near), word);
  std::ranges::sort(rows);
  return rows;
}

}  // namespace

void add_near_words(Database& db, const std::set<std::string>& words) {
  const std::vector<NearRow> rows = rows_of(db, words);
  insert_pairs(db, "INSERT INTO near_words (near, word)", rows.size(),
               [&](std::size_t i) { return std::pair<Value, Value>(rows[i].first, rows[i].second); });
}

void add_near_words(Database& db, std::string_view word) {
  if (!has_near_words(word)) return;
  const bool is_new = db.run("INSERT INTO near_words (near, word) VALUES ($1, $1) ON CONFLICT DO NOTHING",
                             {value_of(word)}) > 0;
  if (!is_new) return;
  db.run(
      "INSERT INTO near_words SELECT DISTINCT substr(CAST($1 AS TEXT), 1, place - 1) || substr(CAST($1 AS "
      "TEXT), place + 1), CAST($1 AS TEXT) FROM (WITH RECURSIVE places (place) AS (SELECT 1 UNION ALL SELECT "
      "place + 1 FROM places WHERE place < CAST($2 AS BIGINT)) SELECT place FROM places) AS found "
      "WHERE place >= 1 ON CONFLICT DO NOTHING",
      {value_of(word), static_cast<std::int64_t>(count_code_points(word))});
}

void drop_near_words(Database& db, std::string_view word) {
  if (!has_near_words(word)) return;
  if (db.row("SELECT 1 FROM person_words WHERE word = $1 LIMIT 1", {value_of(word)})) return;
  for (const std::string& key : near_keys(word))
    db.run("DELETE FROM near_words WHERE near = $1 AND word = $2", {key, value_of(word)});
}

std::vector<std::string> find_near_words(Database& db, std::string_view typed) {
  if (!has_near_words(typed)) return {};
  const bool beginnings = count_code_points(typed) >= shortest_beginning;
  std::set<std::string> seen;
  std::vector<std::string> words;
  for (const std::string& key : near_keys(typed)) {
    for (const Row& row : rows_near(db, key, beginnings)) {
      const std::string& word = row.text(0);
      if (!is_near(typed, word) || word.starts_with(typed) || !seen.insert(word).second) continue;
      words.push_back(word);
    }
  }
  const auto distance = [&](const std::string& word) {
    return word.size() > typed.size() ? word.size() - typed.size() : typed.size() - word.size();
  };
  std::ranges::stable_sort(words, {}, distance);
  words.resize(std::min(words.size(), most_words));
  return words;
}

}  // namespace tertius::storage
