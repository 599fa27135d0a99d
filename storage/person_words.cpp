#include "storage/person_words.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "broker/words.hpp"
#include "storage/bulk.hpp"
#include "storage/columns.hpp"
#include "storage/near_words.hpp"
#include "storage/people.hpp"

namespace tertius::storage {
namespace {

std::set<std::string> words_wanted(Database& db, PersonId person) {
  std::set<std::string> words;
  for (const Row& row : db.rows("SELECT folded FROM people WHERE id = $1 UNION ALL "
                                "SELECT folded FROM own_words WHERE contact = $1",
                                {value_of(person)}))
    for (const std::string_view word : split_words(row.text(0))) words.emplace(word);
  return words;
}

}  // namespace

void add_words(Database& db, PersonId person, const std::string& folded) {
  for (const std::string_view word : split_words(folded)) {
    db.run("INSERT INTO person_words (word, person) VALUES ($1, $2) ON CONFLICT DO NOTHING",
           {value_of(word), value_of(person)});
    add_near_words(db, word);
  }
}

void add_words(Database& db, const NewWords& people) {
  std::vector<std::pair<std::string, PersonId>> rows;
  std::set<std::string> words;
  for (const auto& [person, folded] : people)
    for (const std::string_view word : split_words(folded)) {
      rows.emplace_back(word, person);
      words.emplace(word);
    }
  std::ranges::sort(rows);
  insert_pairs(db, "INSERT INTO person_words (word, person)", rows.size(),
               [&](std::size_t i) { return std::pair(Value(rows[i].first), value_of(rows[i].second)); });
  add_near_words(db, words);
}

void index_words(Database& db, PersonId person) {
  std::set<std::string> wanted = words_wanted(db, person);
  for (const Row& row : db.rows("SELECT word FROM person_words WHERE person = $1", {value_of(person)})) {
    const std::string& word = row.text(0);
    if (wanted.erase(word) > 0) continue;
    db.run("DELETE FROM person_words WHERE word = $1 AND person = $2", {word, value_of(person)});
    drop_near_words(db, word);
  }
  for (const std::string& word : wanted) add_words(db, person, " " + word + " ");
}

void forget_words(Database& db, PersonId person) {
  const auto words = db.rows("SELECT word FROM person_words WHERE person = $1", {value_of(person)});
  db.run("DELETE FROM person_words WHERE person = $1", {value_of(person)});
  for (const Row& row : words) drop_near_words(db, row.text(0));
}

}  // namespace tertius::storage
