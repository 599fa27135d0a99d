// Taking an import back: what stood before it stands again.
#include "storage/columns.hpp"
#include "storage/gone.hpp"
#include "storage/imports.hpp"
#include "storage/names.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"

namespace tertius::storage {
namespace {

// An import that came later found what this one left: it shall find what this one found. The first such of
// the owner $2 that speaks of the same, by `same`; NULL where there is none.
std::string later_import(std::string_view table, std::string_view same) {
  return "(SELECT MIN(later.import) FROM " + std::string(table) + " later WHERE " + std::string(same) +
         " AND later.import > $1 AND (SELECT owner FROM imports WHERE id = later.import) = $2)";
}

void forget_new_tie(Database& db, PersonId owner, PersonId contact, const std::string& source) {
  db.run("INSERT INTO perhaps_forgotten (person) VALUES ($1) ON CONFLICT DO NOTHING", {value_of(contact)});
  db.run("DELETE FROM ties WHERE owner = $1 AND contact = $2 AND source = $3",
         {value_of(owner), value_of(contact), source});
}

Tie tie_of(PersonId owner, const Row& found) {
  RowReader row(found);
  Tie tie;
  tie.owner = owner;
  tie.contact = row.id<PersonId>();
  tie.source = row.named(find_tie_source);
  row.skip(1);
  tie.strength = row.real();
  tie.since = row.optional_time();
  tie.evidence = row.text();
  return tie;
}

void take_back_ties(Database& db, PersonId owner, ImportId id) {
  const std::string later =
      later_import("import_ties", "later.contact = mine.contact AND later.source = mine.source");
  for (const Row& row : db.rows("SELECT contact, source, had, strength, since, evidence, " + later +
                                    ", gone_at FROM import_ties mine WHERE import = $1",
                                {value_of(id), value_of(owner)})) {
    const PersonId contact{row.integer(0)};
    const std::string& source = row.text(1);
    const Value since = row.is_null(4) ? Value(nullptr) : Value(row.integer(4));
    if (!row.is_null(6))
      db.run(
          "UPDATE import_ties SET had = $4, strength = $5, since = $6, evidence = $7 WHERE import = $1 AND "
          "contact = $2 AND source = $3",
          {row.integer(6), value_of(contact), source, row.integer(2), row.real(3), since, row.text(5)});
    else if (row.integer(2) == 1 && !row.is_null(7))
      put_tie(db, tie_of(owner, row));
    else if (row.integer(2) == 1)
      db.run(
          "UPDATE ties SET strength = $4, since = $5, evidence = $6 WHERE owner = $1 AND contact = $2 AND "
          "source = $3",
          {value_of(owner), value_of(contact), source, row.real(3), since, row.text(5)});
    else if (row.is_null(7))
      forget_new_tie(db, owner, contact, source);
  }
  db.run("DELETE FROM import_ties WHERE import = $1", {value_of(id)});
}

void say_again(Database& db, PersonId owner, PersonId contact, const OwnWords& words) {
  if (words == OwnWords{}) return unsay(db, owner, contact);
  if (!ties_between(db, owner, contact).empty()) say(db, owner, load_person(db, contact), words);
}

void take_back_words(Database& db, PersonId owner, ImportId id) {
  const std::string later = later_import("import_words", "later.contact = mine.contact");
  for (const Row& row : db.rows("SELECT contact, name, organisation, title, " + later +
                                    " FROM import_words mine WHERE import = $1",
                                {value_of(id), value_of(owner)})) {
    const PersonId contact{row.integer(0)};
    const OwnWords words{row.text(1), row.text(2), row.text(3)};
    if (row.is_null(4))
      say_again(db, owner, contact, words);
    else
      db.run(
          "UPDATE import_words SET name = $3, organisation = $4, title = $5 WHERE import = $1 AND contact = "
          "$2",
          {row.integer(4), value_of(contact), words.name, words.organisation, words.title});
  }
  db.run("DELETE FROM import_words WHERE import = $1", {value_of(id)});
}

}  // namespace

bool undo_import(Database& db, PersonId owner, ImportId id, Time now) {
  const auto import = find_import(db, owner, id);
  if (!import) return false;
  if (import->state == ImportState::undone) return true;
  hand_on_superseded(db, owner, id);
  take_back_ties(db, owner, id);
  take_back_words(db, owner, id);
  db.run("DELETE FROM import_files WHERE import = $1", {value_of(id)});
  db.run("UPDATE imports SET state = 'undone', ready_at = NULL, finished_at = $2 WHERE id = $1",
         {value_of(id), value_of(now)});
  return true;
}

}  // namespace tertius::storage
