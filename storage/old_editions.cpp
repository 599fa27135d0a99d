#include "storage/old_editions.hpp"

#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

// The next import of the owner $2 behind $1 in `table` that speaks of the same, by `same`.
std::string next_import(std::string_view table, std::string_view same) {
  return "(SELECT MIN(later.import) FROM " + std::string(table) + " later WHERE " + std::string(same) +
         " AND later.import > $1 AND (SELECT owner FROM imports WHERE id = later.import) = $2)";
}

// Who had gone by the next one stays as they are: they have been forgotten there.
void hand_on_ties(Database& db, PersonId owner, std::int64_t id) {
  const std::string next =
      next_import("import_ties", "later.contact = mine.contact AND later.source = mine.source");
  for (const Row& row : db.rows("SELECT contact, source, had, strength, since, evidence, " + next +
                                    " FROM import_ties mine WHERE import = $1 AND gone_at IS NULL",
                                {id, value_of(owner)})) {
    if (row.is_null(6)) continue;
    db.run(
        "UPDATE import_ties SET had = $4, strength = $5, since = $6, evidence = $7 WHERE import = $1 AND "
        "contact = $2 AND source = $3 AND gone_at IS NULL",
        {row.integer(6), row.integer(0), row.text(1), row.integer(2), row.real(3),
         row.is_null(4) ? Value(nullptr) : Value(row.integer(4)), row.text(5)});
  }
}

void hand_on_words(Database& db, PersonId owner, std::int64_t id) {
  const std::string next = next_import("import_words", "later.contact = mine.contact");
  for (const Row& row : db.rows(
           "SELECT contact, name, organisation, title, " + next + " FROM import_words mine WHERE import = $1",
           {id, value_of(owner)})) {
    if (row.is_null(4)) continue;
    db.run(
        "UPDATE import_words SET name = $3, organisation = $4, title = $5 WHERE import = $1 AND contact = $2",
        {row.integer(4), row.integer(0), row.text(1), row.text(2), row.text(3)});
  }
}

}  // namespace

void forget_old_editions(Database& db, const ImportRow& import, Time before) {
  if (!import.book) return;
  for (const Row& row : db.rows(
           "SELECT id, superseded_by FROM imports WHERE owner = $1 AND book = $2 AND superseded_by IS NOT "
           "NULL AND finished_at < $3 ORDER BY id",
           {value_of(import.owner), value_of(import.book), value_of(before)})) {
    hand_on_ties(db, import.owner, row.integer(0));
    hand_on_words(db, import.owner, row.integer(0));
    db.run("UPDATE imports SET superseded_by = $2 WHERE superseded_by = $1",
           {row.integer(0), row.integer(1)});
    db.run("DELETE FROM imports WHERE id = $1", {row.integer(0)});
  }
}

}  // namespace tertius::storage
