#include "storage/network_rows.hpp"

#include <algorithm>
#include <limits>

#include "broker/network_builder.hpp"
#include "storage/columns.hpp"
#include "storage/names.hpp"

namespace tertius::storage {
namespace {

constexpr std::int64_t page_rows = 10'000;
constexpr std::int64_t before_all = std::numeric_limits<std::int64_t>::min();

// The columns of a person, but for the id.
constexpr std::string_view person_columns =
    "people.member, people.stopped, people.consent, CASE WHEN people.address IS NULL THEN 0 ELSE 1 END, "
    "preferences.shown_as_connector ";

NetworkPerson read_network_person(PersonId id, RowReader& row) {
  NetworkPerson person{.id = id};
  person.member = row.flag();
  person.stopped = row.flag();
  person.meets_nobody = row.named(find_consent) == Consent::never;
  person.has_address = row.flag();
  person.shown = row.optional_named(find_shown).value_or(Shown::named);
  return person;
}

std::vector<NetworkPerson> read_people(Database& db) {
  static const std::string sql = "SELECT people.id, " + std::string(person_columns) +
                                 "FROM people LEFT JOIN preferences ON preferences.person = people.id "
                                 "WHERE people.id > $1 ORDER BY people.id LIMIT $2";
  std::vector<NetworkPerson> people;
  for (std::int64_t behind = before_all;;) {
    const auto page = db.rows(sql, {behind, page_rows});
    for (const Row& found : page) {
      RowReader row(found);
      behind = row.integer();
      people.push_back(read_network_person(PersonId{behind}, row));
    }
    if (page.size() < page_rows) return people;
  }
}

void read_ties(Database& db, NetworkBuilder& builder) {
  std::vector<Value> behind{page_rows, before_all, before_all, std::string()};
  while (true) {
    const auto page = db.rows(
        "SELECT owner, contact, source, strength FROM ties WHERE (owner, contact, source) > ($2, $3, $4) "
        "ORDER BY owner, contact, source LIMIT $1",
        behind);
    for (const Row& found : page) {
      RowReader row(found);
      const auto owner = row.id<PersonId>(), contact = row.id<PersonId>();
      const auto source = row.named(find_tie_source);
      builder.add_tie(owner, contact, tie_code(source, row.real()));
    }
    if (page.size() < page_rows) return;
    const Row& last = page.back();
    behind = {page_rows, last.integer(0), last.integer(1), last.text(2)};
  }
}

void read_refusals(Database& db, NetworkBuilder& builder) {
  std::vector<Value> behind{page_rows, before_all, before_all, std::string()};
  while (true) {
    const auto page = db.rows(
        "SELECT person, other, address FROM do_not_ask WHERE (person, other, address) > ($2, $3, $4) "
        "ORDER BY person, other, address LIMIT $1",
        behind);
    for (const Row& row : page) builder.add_refusal({PersonId{row.integer(0)}, PersonId{row.integer(1)}});
    if (page.size() < page_rows) return;
    const Row& last = page.back();
    behind = {page_rows, last.integer(0), last.integer(1), last.text(2)};
  }
}

std::int64_t settled_now(Database& db) {
  return db
      .row(db.is_postgres()
               ? "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) - 1"
               : "SELECT COALESCE(MAX(seq), 0) FROM network_changes")
      ->integer(0);
}

// A database that was moved to another server counts its transactions from anew there: what is marked with
// one that has not been yet would be news for years.
void forget_another_servers_numbers(Database& db) {
  if (!db.is_postgres()) return;
  db.run(
      "UPDATE network_changes SET seq = 0 WHERE seq >= "
      "(SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT))");
}

// Whoever is new since, with the number of the change.
std::map<PersonId, std::int64_t> marks_since(Database& db, const NetworkPlace& since) {
  std::map<PersonId, std::int64_t> marks;
  for (const Row& row : db.rows("SELECT person, seq FROM network_changes WHERE seq > $1", {since.settled}))
    marks.emplace(PersonId{row.integer(0)}, row.integer(1));
  return marks;
}

bool is_followed(const NetworkPlace& place, PersonId person, std::int64_t seq) {
  const auto found = place.ahead.find(person);
  return found != place.ahead.end() && found->second == seq;
}

using Changes = std::map<PersonId, PersonChange>;

void add_people(Database& db, std::int64_t since, Changes& changes) {
  static const std::string sql =
      "SELECT people.id, " + std::string(person_columns) +
      "FROM network_changes JOIN people ON people.id = network_changes.person "
      "LEFT JOIN preferences ON preferences.person = people.id WHERE network_changes.seq > $1";
  for (const Row& found : db.rows(sql, {since})) {
    RowReader row(found);
    const auto at = changes.find(row.id<PersonId>());
    if (at == changes.end()) continue;
    at->second.gone = false;
    at->second.person = read_network_person(at->first, row);
  }
}

void add_ties(Database& db, std::int64_t since, Changes& changes) {
  for (const Row& found :
       db.rows("SELECT ties.owner, ties.contact, ties.source, ties.strength FROM network_changes "
               "JOIN ties ON ties.owner = network_changes.person WHERE network_changes.seq > $1",
               {since})) {
    RowReader row(found);
    const auto at = changes.find(row.id<PersonId>());
    if (at == changes.end()) continue;
    const auto contact = row.id<PersonId>();
    const auto source = row.named(find_tie_source);
    at->second.ties.push_back({contact, tie_code(source, row.real())});
  }
}

void add_refusals(Database& db, std::int64_t since, Changes& changes) {
  for (const Row& row :
       db.rows("SELECT do_not_ask.person, do_not_ask.other FROM network_changes "
               "JOIN do_not_ask ON do_not_ask.person = network_changes.person WHERE network_changes.seq > $1",
               {since})) {
    const auto at = changes.find(PersonId{row.integer(0)});
    if (at != changes.end()) at->second.refusals.push_back(PersonId{row.integer(1)});
  }
}

}  // namespace

LoadedNetwork load_network(Database& db) {
  forget_another_servers_numbers(db);
  NetworkPlace place{settled_now(db)};
  NetworkBuilder builder(read_people(db));
  read_ties(db, builder);
  read_refusals(db, builder);
  return {std::move(builder).build(), std::move(place)};
}

NetworkNews load_network_news(Database& db, const NetworkPlace& since) {
  NetworkNews news;
  news.place.settled = std::max(settled_now(db), since.settled);
  Changes changes;
  for (const auto& [person, seq] : marks_since(db, since)) {
    if (seq > news.place.settled) news.place.ahead.emplace(person, seq);
    if (is_followed(since, person, seq)) continue;
    PersonChange& change = changes[person];
    change.person.id = person;
    change.gone = true;  // until a row of theirs is found
  }
  if (changes.empty()) return news;
  add_people(db, since.settled, changes);
  add_ties(db, since.settled, changes);
  add_refusals(db, since.settled, changes);
  news.changes.reserve(changes.size());
  for (auto& [person, change] : changes) news.changes.push_back(std::move(change));
  return news;
}

}  // namespace tertius::storage
