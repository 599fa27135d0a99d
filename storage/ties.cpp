#include <algorithm>

#include "storage/columns.hpp"
#include "storage/gone.hpp"
#include "storage/names.hpp"
#include "storage/people.hpp"

namespace tertius::storage {
namespace {

Tie read_tie(const Row& found) {
  RowReader row(found);
  Tie tie;
  tie.owner = row.id<PersonId>();
  tie.contact = row.id<PersonId>();
  tie.source = row.named(find_tie_source);
  tie.strength = row.real();
  tie.since = row.optional_time();
  tie.evidence = row.text();
  return tie;
}

// `tail` is what follows FROM ties.
std::vector<Tie> select(Database& db, std::string_view tail, const std::vector<Value>& arguments) {
  std::vector<Tie> ties;
  const std::string head = "SELECT owner, contact, source, strength, since, evidence FROM ties ";
  for (const Row& row : db.rows(head + std::string(tail), arguments)) ties.push_back(read_tie(row));
  return ties;
}

}  // namespace

void put_tie(Database& db, const Tie& tie) {
  db.run(
      "INSERT INTO ties (owner, contact, source, strength, since, evidence) VALUES ($1, $2, $3, $4, $5, $6) "
      "ON CONFLICT (owner, contact, source) DO UPDATE SET strength = excluded.strength, since = "
      "excluded.since, "
      "evidence = excluded.evidence",
      {value_of(tie.owner), value_of(tie.contact), value_of(tie_source_name(tie.source)), tie.strength,
       value_of(tie.since), tie.evidence});
}

std::vector<Tie> ties_of(Database& db, PersonId owner) {
  return select(db, "WHERE owner = $1 ORDER BY contact, source", {value_of(owner)});
}

std::vector<Tie> ties_to(Database& db, PersonId contact) {
  return select(db, "WHERE contact = $1 ORDER BY owner, source", {value_of(contact)});
}

std::vector<Tie> ties_between(Database& db, PersonId owner, PersonId contact) {
  return select(db, "WHERE owner = $1 AND contact = $2 ORDER BY source",
                {value_of(owner), value_of(contact)});
}

std::optional<Tie> find_tie(Database& db, PersonId owner, PersonId contact, TieSource source) {
  const std::vector<Tie> found =
      select(db, "WHERE owner = $1 AND contact = $2 AND source = $3",
             {value_of(owner), value_of(contact), value_of(tie_source_name(source))});
  if (found.empty()) return std::nullopt;
  return found.front();
}

bool has_way_over(Database& db, PersonId asker, PersonId other) {
  return std::ranges::any_of(ties_between(db, other, asker),
                             [&](const Tie& tie) { return opens_way(tie, asker); });
}

std::int64_t delete_ties(Database& db, PersonId owner, PersonId contact) {
  keep_gone(db, owner, contact);
  db.run(
      "INSERT INTO perhaps_forgotten (person) SELECT DISTINCT contact FROM ties WHERE owner = $1 AND contact "
      "= "
      "$2 ON CONFLICT DO NOTHING",
      {value_of(owner), value_of(contact)});
  return db.run("DELETE FROM ties WHERE owner = $1 AND contact = $2", {value_of(owner), value_of(contact)});
}

std::vector<Tie> ties_of_behind(Database& db, PersonId owner, PersonId contact, const std::string& source,
                                int limit) {
  return select(db, "WHERE owner = $1 AND (contact, source) > ($2, $3) ORDER BY contact, source LIMIT $4",
                {value_of(owner), value_of(contact), source, value_of(limit)});
}

// Page by page: twenty million rows at once, as an engine hands them out, are several gigabytes.
void each_tie(Database& db, const std::function<void(const Tie&)>& on_tie) {
  constexpr std::size_t page_rows = 10'000;
  std::vector<Tie> page =
      select(db, "ORDER BY owner, contact, source LIMIT $1", {static_cast<std::int64_t>(page_rows)});
  while (true) {
    for (const Tie& tie : page) on_tie(tie);
    if (page.size() < page_rows) return;
    const Tie& last = page.back();
    page =
        select(db, "WHERE (owner, contact, source) > ($2, $3, $4) ORDER BY owner, contact, source LIMIT $1",
               {static_cast<std::int64_t>(page_rows), value_of(last.owner), value_of(last.contact),
                value_of(tie_source_name(last.source))});
  }
}

std::vector<Tie> all_ties(Database& db) {
  std::vector<Tie> ties;
  each_tie(db, [&](const Tie& tie) { ties.push_back(tie); });
  return ties;
}

}  // namespace tertius::storage
