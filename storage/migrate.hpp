#pragma once
// Brings a database to this program's schema: the embedded schema/NNNN_name.sql files that it has not seen,
// in order, each in its own transaction with its row in schema_versions. What differs between the engines
// stands behind a `-- sqlite:` or `-- postgres:` line prefix in the one file; see schema_sql.hpp.
//
// Programs of two versions work on one database while they are upgraded one by one. A file that takes nothing
// away says which older programs go on working beside it: `-- works with: 0021` at the start of a line, the
// newest file that such a program has. Without that line none does. So what goes away goes one version after
// the last program that needed it. A program refuses a database with newer files that do not work with it
// (StorageTrouble::too_new), and a file is not applied while a daemon is at work that it does not work with
// (taken).

#include <functional>
#include <string>
#include <vector>

#include "storage/db.hpp"

namespace tertius::storage {

struct Migration {
  std::int64_t version = 0;
  std::string_view name, text;
  std::int64_t works_with = 0;  // its own version where it works with no older program
};

const std::vector<Migration>& known_migrations();  // in their order
std::int64_t newest_known_schema();

// `works_with` of a file's text.
std::int64_t works_with(std::string_view text, std::int64_t version);

// Throws too_new where the database is of a newer program that does not work with this one, and broken where
// it is the unfinished copy of another (move.hpp). Changes nothing.
void require_known_schema(Database& db);

// Those the database has not seen. Throws as require_known_schema does; changes nothing.
std::vector<Migration> missing_migrations(Database& db);

// The number of migrations that were applied; each is told of as soon as it is.
int migrate(Database& db, const std::function<void(const Migration&)>& applied = {});

// The same for the copy that is being made.
int migrate_copy(Database& db);

// What migrate() would do, as a script for psql or sqlite3 that does the same; "" where nothing is missing.
std::string migration_script(Database& db);

}  // namespace tertius::storage
