#include "storage/migrate.hpp"

#include <charconv>
#include <chrono>

#include "storage/embedded.hpp"
#include "storage/schema_sql.hpp"

namespace tertius::storage {
namespace {

struct Migration {
  std::int64_t version = 0;
  std::string_view name, text;
};

std::vector<Migration> known_migrations() {
  constexpr std::string_view folder = "schema/";
  std::vector<Migration> found;
  for (const EmbeddedFile& file : embedded_files()) {  // sorted by name, so by number
    if (!file.name.starts_with(folder)) continue;
    Migration migration{.name = file.name.substr(folder.size()), .text = file.text};
    std::from_chars(migration.name.data(), migration.name.data() + migration.name.size(), migration.version);
    found.push_back(migration);
  }
  return found;
}

// Daemons that start together on one PostgreSQL take turns. SQLite's BEGIN IMMEDIATE does that by itself.
void take_turn(Database& db) {
  constexpr std::int64_t any_number_of_ours = 0x74657274697573;
  if (db.is_postgres()) db.run("SELECT pg_advisory_xact_lock($1)", {any_number_of_ours});
}

std::int64_t newest_version(Database& db) {
  return db.row("SELECT MAX(version) FROM schema_versions")->integer(0);
}

void refuse_newer(Database& db, std::int64_t newest_known) {
  const std::int64_t found = newest_version(db);
  if (found <= newest_known) return;
  throw StorageError(StorageTrouble::too_new,
                     "the database has schema " + std::to_string(found) + ", this program knows up to " +
                         std::to_string(newest_known),
                     "run the newer program, or restore the backup made before it ran");
}

void prepare(Database& db, std::int64_t newest_known) {
  Transaction transaction(db);
  take_turn(db);
  db.script(schema_sql(
      "CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, name TEXT NOT NULL, "
      "applied_at BIGINT NOT NULL)",
      db.is_postgres()));
  refuse_newer(db, newest_known);
  transaction.commit();
}

bool apply(Database& db, const Migration& migration) {
  Transaction transaction(db);
  take_turn(db);
  if (newest_version(db) >= migration.version) return false;
  db.script(schema_sql(migration.text, db.is_postgres()));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  db.run("INSERT INTO schema_versions (version, name, applied_at) VALUES ($1, $2, $3)",
         {migration.version, std::string(migration.name), std::int64_t{now.time_since_epoch().count()}});
  transaction.commit();
  return true;
}

}  // namespace

void require_known_schema(Database& db) { refuse_newer(db, known_migrations().back().version); }

int migrate(Database& db) {
  const std::vector<Migration> known = known_migrations();
  prepare(db, known.back().version);
  int applied = 0;
  for (const Migration& migration : known) applied += apply(db, migration) ? 1 : 0;
  return applied;
}

}  // namespace tertius::storage
