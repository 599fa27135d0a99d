#include "storage/people_page.hpp"

#include <algorithm>

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/people.hpp"
#include "storage/person_rows.hpp"

namespace tertius::storage {
namespace {

constexpr std::size_t max_words = 8;
constexpr std::string_view beyond_any_word = "\xF4\x8F\xBF\xBF";  // U+10FFFF
constexpr std::string_view in_order = " AND (folded_name, id) > ($2, $3) ORDER BY folded_name, id LIMIT $4";

// Members come straight from their index in order; one's own contacts are few.
std::vector<Person> everybody(Database& db, PersonId viewer, const NamePlace& behind, int limit) {
  // MATERIALIZED: see word_bearers.cpp.
  const std::string contacts =
      "FROM (WITH found AS MATERIALIZED (SELECT * FROM people WHERE id IN "
      "(SELECT contact FROM ties WHERE owner = $1)) SELECT * FROM found) AS people "
      "WHERE member = 0 AND name <> ''";
  const std::vector<Value> from{value_of(viewer), behind.folded_name, behind.id, value_of(limit)};
  std::vector<Person> out = select_people(db, contacts + std::string(in_order), from);
  for (Person& member :
       select_people(db,
                     "FROM people WHERE member = 1 AND name <> '' AND (folded_name, id) > ($1, $2) ORDER BY "
                     "folded_name, id LIMIT $3",
                     {behind.folded_name, behind.id, value_of(limit)}))
    out.push_back(std::move(member));
  const auto key = [](const Person& person) { return std::pair(spaced(person.name), person.id); };
  std::ranges::sort(out, {}, key);
  out.resize(std::min(out.size(), static_cast<std::size_t>(limit)));
  return out;
}

// As search_people() goes about it.
std::string search_sql(std::size_t words) {
  std::string sql =
      "FROM (WITH found AS MATERIALIZED (SELECT * FROM people WHERE id IN "
      "(SELECT person FROM person_words WHERE word >= $5 AND word < $6)) SELECT * FROM found) AS people "
      "WHERE name <> '' AND (member = 1 OR id IN (SELECT contact FROM ties WHERE owner = $1))";
  for (std::size_t i = 0; i < words; ++i)
    sql +=
        " AND CASE WHEN member = 1 THEN folded ELSE COALESCE((SELECT own.folded FROM own_words own WHERE "
        "own.owner = $1 AND own.contact = people.id), folded) END LIKE $" +
        std::to_string(i + 7);
  return sql + std::string(in_order);
}

}  // namespace

NamePlace place_of(const Person& person) { return {spaced(person.name), number(person.id)}; }

std::vector<Person> people_page(Database& db, PersonId viewer, const std::string& words,
                                const NamePlace& behind, int limit) {
  const std::string folded = spaced(words);
  std::vector<std::string_view> wanted = split_words(folded);
  if (wanted.empty()) return words.empty() ? everybody(db, viewer, behind, limit) : std::vector<Person>{};
  std::ranges::stable_sort(wanted, std::greater{}, &std::string_view::size);
  wanted.resize(std::min(wanted.size(), max_words));
  std::vector<Value> arguments{value_of(viewer),    behind.folded_name,
                               behind.id,           value_of(limit),
                               value_of(wanted[0]), std::string(wanted[0]).append(beyond_any_word)};
  for (std::size_t i = 0; i < wanted.size(); ++i) arguments.push_back("% " + std::string(wanted[i]) + "%");
  return select_people(db, search_sql(wanted.size()), arguments);
}

}  // namespace tertius::storage
