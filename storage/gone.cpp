#include "storage/gone.hpp"

#include "storage/columns.hpp"
#include "storage/names.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"

namespace tertius::storage {
namespace {

constexpr std::int64_t short_list = 8;  // contacts: half of so few is no sign of a part

constexpr std::string_view mine_names =
    "EXISTS (SELECT 1 FROM import_ties mine WHERE mine.import = $1 AND mine.contact = named.contact AND "
    "mine.source = named.source AND mine.gone_at IS NULL)";

bool is_same_list(std::int64_t named, std::int64_t named_again) {
  return named_again > 0 && (2 * named_again >= named || named <= short_list);
}

struct Missing {
  PersonId contact{};
  TieSource source{};
};

// Whom a superseded file had let go stands as gone in it, so that nobody looks further back.
std::vector<Missing> find_missing(Database& db, ImportId id, std::size_t most) {
  std::vector<Missing> missing;
  for (const Row& found : db.rows(
           "SELECT DISTINCT named.contact, named.source FROM imports JOIN import_ties named ON named.import "
           "= "
           "imports.id WHERE imports.superseded_by = $1 AND named.gone_at IS NULL AND NOT EXISTS (SELECT 1 "
           "FROM import_ties mine WHERE mine.import = $1 AND mine.contact = named.contact AND mine.source = "
           "named.source) ORDER BY named.contact, named.source LIMIT $2",
           {value_of(id), static_cast<std::int64_t>(most)})) {
    RowReader row(found);
    const PersonId contact = row.id<PersonId>();
    missing.push_back({contact, row.named(find_tie_source)});
  }
  return missing;
}

struct Edition {
  Database& db;
  const ImportRow& import;
  Time now;
};

void note_gone(const Edition& of, const Missing& one, const std::optional<Tie>& tie) {
  of.db.run(
      "INSERT INTO import_ties (import, contact, source, had, strength, since, evidence, gone_at) VALUES "
      "($1, $2, $3, $4, $5, $6, $7, $8)",
      {value_of(of.import.id), value_of(one.contact), value_of(tie_source_name(one.source)),
       value_of(tie.has_value()), tie ? tie->strength : 0.0, tie ? value_of(tie->since) : Value(nullptr),
       tie ? tie->evidence : "", value_of(of.now)});
}

// Of the owner's files that no newer one has superseded, the last that names the contact (by `source`, in
// that way): what it said stands. 0: there is none.
std::int64_t last_named_elsewhere(const Edition& of, PersonId contact,
                                  const std::optional<TieSource>& source) {
  const std::string sql =
      "SELECT COALESCE(MAX(named.import), 0) FROM import_ties named WHERE named.contact = $2 AND "
      "named.gone_at IS NULL AND named.import <> $1 AND (SELECT owner FROM imports WHERE id = named.import "
      "AND "
      "superseded_by IS NULL) = $3";
  std::vector<Value> arguments{value_of(of.import.id), value_of(contact), value_of(of.import.owner)};
  if (source) arguments.push_back(value_of(tie_source_name(*source)));
  return of.db.row(source ? sql + " AND named.source = $4" : sql, arguments)->integer(0);
}

void drop_tie(Database& db, PersonId owner, const Missing& one) {
  db.run("INSERT INTO perhaps_forgotten (person) VALUES ($1) ON CONFLICT DO NOTHING",
         {value_of(one.contact)});
  db.run("DELETE FROM ties WHERE owner = $1 AND contact = $2 AND source = $3",
         {value_of(owner), value_of(one.contact), value_of(tie_source_name(one.source))});
}

// As it was left by the last file that still names them; by none, as the first found it.
void return_tie(const Edition& of, const Missing& one) {
  const auto found = of.db.row(
      "SELECT had, strength, since, evidence FROM import_ties WHERE contact = $1 AND source = $2 AND import "
      "> "
      "$3 AND gone_at IS NULL AND (SELECT owner FROM imports WHERE id = import_ties.import) = $4 ORDER BY "
      "import LIMIT 1",
      {value_of(one.contact), value_of(tie_source_name(one.source)),
       last_named_elsewhere(of, one.contact, one.source), value_of(of.import.owner)});
  if (!found) return;
  RowReader row(*found);
  if (!row.flag()) return drop_tie(of.db, of.import.owner, one);
  Tie tie{of.import.owner, one.contact, one.source, row.real(), row.optional_time(), {}};
  tie.evidence = row.text();
  put_tie(of.db, tie);
}

bool is_named(const Edition& of, PersonId contact) {
  return of.db
      .row("SELECT 1 FROM import_ties WHERE import = $1 AND contact = $2 AND gone_at IS NULL LIMIT 1",
           {value_of(of.import.id), value_of(contact)})
      .has_value();
}

// As long as there is a tie: without one nothing is said.
void note_words(const Edition& of, PersonId contact) {
  const OwnWords said = said_by(of.db, of.import.owner, load_person(of.db, contact));
  of.db.run(
      "INSERT INTO import_words (import, contact, name, organisation, title) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT DO NOTHING",
      {value_of(of.import.id), value_of(contact), said.name, said.organisation, said.title});
}

void return_words(const Edition& of, PersonId contact) {
  if (ties_between(of.db, of.import.owner, contact).empty()) return;
  const auto found = of.db.row(
      "SELECT name, organisation, title FROM import_words WHERE contact = $1 AND import > $2 AND import <> "
      "$3 "
      "AND (SELECT owner FROM imports WHERE id = import_words.import) = $4 ORDER BY import LIMIT 1",
      {value_of(contact), last_named_elsewhere(of, contact, std::nullopt), value_of(of.import.id),
       value_of(of.import.owner)});
  if (!found) return;
  const OwnWords words{found->text(0), found->text(1), found->text(2)};
  if (words == OwnWords{}) return unsay(of.db, of.import.owner, contact);
  say(of.db, of.import.owner, load_person(of.db, contact), words);
}

void let_go(const Edition& of, const Missing& one) {
  const auto tie = find_tie(of.db, of.import.owner, one.contact, one.source);
  note_gone(of, one, tie);
  if (!tie) return;  // removed by hand meanwhile
  const bool is_still_named = is_named(of, one.contact);
  if (!is_still_named) note_words(of, one.contact);
  return_tie(of, one);
  if (!is_still_named) return_words(of, one.contact);
}

void count_gone(Database& db, ImportId id) {
  db.run(
      "UPDATE imports SET gone = (SELECT COUNT(DISTINCT contact) FROM import_ties WHERE import = $1 AND had "
      "= 1 "
      "AND gone_at IS NOT NULL AND contact NOT IN (SELECT contact FROM import_ties WHERE import = $1 AND "
      "gone_at IS NULL)) WHERE id = $1",
      {value_of(id)});
}

}  // namespace

void supersede_earlier(Database& db, const ImportRow& import) {
  static const std::string sql =
      "SELECT imports.id, COUNT(*), SUM(CASE WHEN " + std::string(mine_names) +
      " THEN 1 ELSE 0 END) FROM imports JOIN import_ties named ON named.import = imports.id WHERE "
      "imports.owner = $2 AND imports.format = $3 AND COALESCE(imports.book, 0) = $4 AND imports.state = "
      "'done' AND imports.superseded_by IS NULL AND imports.id < $1 AND named.gone_at IS NULL GROUP BY "
      "imports.id ORDER BY imports.id";
  const std::int64_t book = import.book ? static_cast<std::int64_t>(*import.book) : 0;
  std::int64_t left_alone = 0;
  for (const Row& row : db.rows(sql, {value_of(import.id), value_of(import.owner), import.format, book})) {
    const std::int64_t named = row.integer(1), named_again = row.integer(2);
    if (import.book || is_same_list(named, named_again))
      db.run("UPDATE imports SET superseded_by = $2 WHERE id = $1", {row.integer(0), value_of(import.id)});
    else
      left_alone += named - named_again;
  }
  db.run("UPDATE imports SET left_alone = $2 WHERE id = $1", {value_of(import.id), left_alone});
}

std::size_t let_go_of_missing(Database& db, const ImportRow& import, std::size_t most, Time now) {
  const auto missing = find_missing(db, import.id, most);
  if (missing.empty()) return 0;
  for (const Missing& one : missing) let_go({db, import, now}, one);
  count_gone(db, import.id);
  return missing.size();
}

void hand_on_superseded(Database& db, PersonId owner, ImportId id) {
  const auto next =
      db.row("SELECT superseded_by FROM imports WHERE id = $1 AND superseded_by IS NOT NULL", {value_of(id)});
  const Value heir = next ? Value(next->integer(0)) : Value(nullptr);
  db.run("UPDATE imports SET superseded_by = $2 WHERE superseded_by = $1", {value_of(id), heir});
  if (!next) return;
  // Who is named again since is the business of the file that did.
  const std::string not_named_since =
      " AND NOT EXISTS (SELECT 1 FROM import_ties later WHERE later.contact = import_ties.contact AND "
      "later.source = import_ties.source AND later.import > $1 AND (SELECT owner FROM imports WHERE id = "
      "later.import) = $3)";
  db.run(
      "UPDATE import_words SET import = $2 WHERE import = $1 AND contact IN (SELECT contact FROM import_ties "
      "WHERE import = $1 AND gone_at IS NOT NULL" +
          not_named_since +
          ") AND NOT EXISTS (SELECT 1 FROM import_words later WHERE later.contact = import_words.contact "
          "AND later.import = $2)",
      {value_of(id), heir, value_of(owner)});
  db.run("UPDATE import_ties SET import = $2 WHERE import = $1 AND gone_at IS NOT NULL" + not_named_since,
         {value_of(id), heir, value_of(owner)});
  count_gone(db, ImportId{next->integer(0)});
}

void keep_gone(Database& db, PersonId owner, PersonId contact) {
  db.run(
      "UPDATE import_ties SET had = 0 WHERE contact = $2 AND gone_at IS NOT NULL AND had = 1 AND "
      "(SELECT owner FROM imports WHERE id = import_ties.import) = $1",
      {value_of(owner), value_of(contact)});
}

void keep_gone(Database& db, PersonId owner, TieSource source) {
  const std::vector<Value> arguments{value_of(owner), value_of(tie_source_name(source))};
  const std::string theirs =
      " import IN (SELECT id FROM imports WHERE owner = $1) AND source = $2 AND gone_at IS NOT NULL AND had "
      "= "
      "1";
  db.run("INSERT INTO perhaps_forgotten (person) SELECT DISTINCT contact FROM import_ties WHERE" + theirs +
             " ON CONFLICT DO NOTHING",
         arguments);
  db.run("UPDATE import_ties SET had = 0 WHERE" + theirs, arguments);
}

void keep_gone_since(Database& db, Time before) {
  constexpr std::string_view old = " WHERE gone_at < $1 AND gone_at IS NOT NULL AND had = 1";
  db.run("INSERT INTO perhaps_forgotten (person) SELECT DISTINCT contact FROM import_ties" +
             std::string(old) + " ON CONFLICT DO NOTHING",
         {value_of(before)});
  db.run("UPDATE import_ties SET had = 0" + std::string(old), {value_of(before)});
}

void mark_gone(Database& db, PersonId owner) {
  db.run(
      "INSERT INTO perhaps_forgotten (person) SELECT DISTINCT contact FROM import_ties WHERE import IN "
      "(SELECT id FROM imports WHERE owner = $1) AND gone_at IS NOT NULL ON CONFLICT DO NOTHING",
      {value_of(owner)});
}

}  // namespace tertius::storage
