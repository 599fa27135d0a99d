#include "storage/my_contacts.hpp"

#include <algorithm>
#include <set>

#include "broker/utf8.hpp"
#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/fields_json.hpp"
#include "storage/forgotten.hpp"
#include "storage/gone.hpp"
#include "storage/merging.hpp"
#include "storage/names.hpp"
#include "storage/own_words.hpp"
#include "storage/person_rows.hpp"

namespace tertius::storage {
namespace {

constexpr std::size_t max_words = 8;       // each number of words is one prepared statement
constexpr std::size_t longest_word = 100;  // SQLite throws at a LIKE pattern of 50,000 octets

// `column` as $1 sees it: a member's own, else what $1's files say.
std::string seen_sql(const std::string& column) {
  return "CASE WHEN member = 1 THEN " + column + " ELSE COALESCE((SELECT own." + column +
         " FROM own_words own WHERE own.owner = $1 AND own.contact = people.id), " + column + ") END";
}

std::string filter_sql(std::size_t words, std::size_t first_argument) {
  std::string sql = "FROM people WHERE id IN (SELECT contact FROM ties WHERE owner = $1)";
  for (std::size_t i = 0; i < words; ++i)
    sql += " AND " + seen_sql("folded") + " LIKE $" + std::to_string(first_argument + i);
  return sql;
}

// A word holds no % or _: spaced() leaves letters, digits and apostrophes.
std::vector<Value> patterns_of(const std::string& words) {
  const std::string folded = spaced(words);
  std::vector<Value> patterns;
  for (const std::string_view word : split_words(folded))
    if (patterns.size() < max_words)
      patterns.push_back("% " + std::string(utf8_prefix(word, longest_word)) + "%");
  return patterns;
}

std::vector<Value> joined(std::vector<Value> first, const std::vector<Value>& more) {
  first.insert(first.end(), more.begin(), more.end());
  return first;
}

// A connector who is named but not yet asked stands in no other table.
std::set<PersonId> named_in_open_introductions(Database& db) {
  std::set<PersonId> named;
  for (const Row& row : db.rows("SELECT connectors FROM introductions WHERE is_open = 1")) {
    const auto people = read_people(row.text(0));
    named.insert(people.begin(), people.end());
  }
  return named;
}

constexpr std::string_view unneeded =
    "FROM people WHERE id = $1 AND member = 0 "
    "AND NOT EXISTS (SELECT 1 FROM ties WHERE contact = $1) "
    "AND NOT EXISTS (SELECT 1 FROM ties WHERE owner = $1) "
    "AND NOT EXISTS (SELECT 1 FROM introductions WHERE requester = $1) "
    "AND NOT EXISTS (SELECT 1 FROM introductions WHERE target = $1) "
    "AND NOT EXISTS (SELECT 1 FROM asks WHERE connector = $1) "
    "AND NOT EXISTS (SELECT 1 FROM outbox WHERE person = $1) "
    "AND NOT EXISTS (SELECT 1 FROM import_ties WHERE contact = $1 AND gone_at IS NOT NULL AND had = 1) "
    "AND NOT EXISTS (SELECT 1 FROM merged WHERE gone = $1)";

void forget_if_unneeded(Database& db, PersonId person) {
  const auto found = select_people(db, unneeded, {value_of(person)});
  if (found.empty()) return;
  keep_refusals(db, found.front());
  release_merged(db, person);
  forget_words(db, person);
  db.run("DELETE FROM people WHERE id = $1", {value_of(person)});
}

}  // namespace

ContactList list_contacts(Database& db, PersonId owner, const std::string& words, int from, int limit) {
  const auto patterns = patterns_of(words);
  ContactList list;
  list.total =
      db.row("SELECT COUNT(*) " + filter_sql(patterns.size(), 2), joined({value_of(owner)}, patterns))
          ->integer(0);
  const auto people = select_people(
      db, filter_sql(patterns.size(), 4) + " ORDER BY " + seen_sql("folded_name") + ", id LIMIT $2 OFFSET $3",
      joined({value_of(owner), value_of(limit), value_of(from)}, patterns));
  for (const Person& person : people)
    list.contacts.push_back({as_seen_by(db, owner, person), ties_between(db, owner, person.id)});
  return list;
}

std::optional<KnownContact> find_contact(Database& db, PersonId owner, PersonId contact) {
  auto ties = ties_between(db, owner, contact);
  if (ties.empty()) return std::nullopt;
  return KnownContact{as_seen_by(db, owner, load_person(db, contact)), std::move(ties)};
}

std::vector<SourceCount> count_ties_by_source(Database& db, PersonId owner) {
  std::vector<SourceCount> counts;
  for (const Row& found :
       db.rows("SELECT source, COUNT(*) FROM ties WHERE owner = $1 GROUP BY source ORDER BY source",
               {value_of(owner)})) {
    RowReader row(found);
    const auto source = row.named(find_tie_source);
    counts.push_back({source, row.integer()});
  }
  return counts;
}

std::int64_t forget_tie(Database& db, PersonId owner, PersonId contact, TieSource source) {
  keep_gone(db, owner, contact);
  db.run("INSERT INTO perhaps_forgotten (person) VALUES ($1) ON CONFLICT DO NOTHING", {value_of(contact)});
  return db.run("DELETE FROM ties WHERE owner = $1 AND contact = $2 AND source = $3",
                {value_of(owner), value_of(contact), value_of(tie_source_name(source))});
}

std::int64_t forget_source(Database& db, PersonId owner, TieSource source) {
  keep_gone(db, owner, source);
  const std::vector<Value> arguments{value_of(owner), value_of(tie_source_name(source))};
  db.run(
      "INSERT INTO perhaps_forgotten (person) SELECT contact FROM ties WHERE owner = $1 AND source = $2 "
      "ON CONFLICT DO NOTHING",
      arguments);
  return db.run("DELETE FROM ties WHERE owner = $1 AND source = $2", arguments);
}

std::int64_t forget_unneeded(Database& db, int most) {
  const auto rows =
      db.rows("SELECT person FROM perhaps_forgotten ORDER BY person LIMIT $1", {value_of(most)});
  if (rows.empty()) return 0;
  const auto named = named_in_open_introductions(db);
  for (const Row& row : rows) {
    const PersonId person{row.integer(0)};
    if (!named.contains(person)) forget_if_unneeded(db, person);
    settle_words(db, person);
    db.run("DELETE FROM perhaps_forgotten WHERE person = $1", {value_of(person)});
  }
  return static_cast<std::int64_t>(rows.size());
}

}  // namespace tertius::storage
