#include "storage/migrate.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "storage/embedded.hpp"
#include "storage/has_table.hpp"
#include "storage/moving.hpp"
#include "storage/presence.hpp"
#include "storage/schema_sql.hpp"

namespace tertius::storage {
namespace {

constexpr std::string_view make_versions =
    "CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, name TEXT NOT NULL, "
    "applied_at BIGINT NOT NULL, works_with BIGINT)";
// Databases from before have it without. NULL: with no older program.
constexpr std::string_view widen_versions = "ALTER TABLE schema_versions ADD COLUMN works_with BIGINT";

std::vector<Migration> read_migrations() {
  constexpr std::string_view folder = "schema/";
  std::vector<Migration> found;
  for (const EmbeddedFile& file : embedded_files()) {  // sorted by name, so by number
    if (!file.name.starts_with(folder)) continue;
    Migration migration{.name = file.name.substr(folder.size()), .text = file.text};
    std::from_chars(migration.name.data(), migration.name.data() + migration.name.size(), migration.version);
    migration.works_with = works_with(migration.text, migration.version);
    found.push_back(migration);
  }
  return found;
}

// Daemons that start together on one PostgreSQL take turns. SQLite's BEGIN IMMEDIATE does that by itself.
void take_turn(Database& db) {
  constexpr std::int64_t any_number_of_ours = 0x74657274697573;
  if (db.is_postgres()) db.run("SELECT pg_advisory_xact_lock($1)", {any_number_of_ours});
}

std::string four_digits(std::int64_t version) {
  const std::string digits = std::to_string(version);
  return std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

struct Applied {
  std::int64_t version = 0, works_with = 0;
};

std::vector<Applied> applied_migrations(Database& db) {
  std::vector<Applied> applied;
  if (!has_table(db, "schema_versions")) return applied;
  const bool is_wide = has_column(db, "schema_versions", "works_with");
  for (const Row& row : db.rows(is_wide ? "SELECT version, COALESCE(works_with, version) FROM schema_versions"
                                        : "SELECT version, version FROM schema_versions"))
    applied.push_back({row.integer(0), row.integer(1)});
  return applied;
}

void refuse_newer(const std::vector<Applied>& applied) {
  const std::int64_t known = newest_known_schema();
  for (const Applied& migration : applied) {
    if (migration.version <= known || migration.works_with <= known) continue;
    throw StorageError(StorageTrouble::too_new,
                       "the database has schema " + four_digits(migration.version) +
                           ", which works with programs from schema " + four_digits(migration.works_with) +
                           " on, and this one knows up to " + four_digits(known),
                       "run the newer program, or restore the backup made before it ran");
  }
}

void refuse_beside_older(Database& db, const Migration& migration) {
  const std::vector<std::int64_t> too_old = lasting_daemons(db, migration.works_with);
  if (too_old.empty()) return;
  throw StorageError(
      StorageTrouble::taken,
      std::string(migration.name) + " does not go together with a daemon at work, which knows schema " +
          four_digits(too_old.front()) + " and would have to know " + four_digits(migration.works_with),
      "upgrade the older daemons of this database first, one version at a time, or stop them");
}

// A daemon shows itself before it looks: whoever takes something away in its turn sees the daemon, or is seen
// here.
void prepare(Database& db) {
  Transaction transaction(db);
  take_turn(db);
  refuse_newer(applied_migrations(db));
  if (!has_table(db, "schema_versions"))
    db.script(schema_sql(make_versions, db.is_postgres()));
  else if (!has_column(db, "schema_versions", "works_with"))
    db.script(schema_sql(widen_versions, db.is_postgres()));
  transaction.commit();
}

bool apply(Database& db, const Migration& migration) {
  Transaction transaction(db);
  take_turn(db);
  if (db.row("SELECT 1 FROM schema_versions WHERE version = $1", {migration.version})) return false;
  refuse_beside_older(db, migration);
  db.script(schema_sql(migration.text, db.is_postgres()));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  db.run("INSERT INTO schema_versions (version, name, applied_at, works_with) VALUES ($1, $2, $3, $4)",
         {migration.version, std::string(migration.name), std::int64_t{now.time_since_epoch().count()},
          migration.works_with});
  transaction.commit();
  return true;
}

int apply_missing(Database& db, const std::function<void(const Migration&)>& applied) {
  prepare(db);
  int count = 0;
  for (const Migration& migration : missing_migrations(db)) {
    if (!apply(db, migration)) continue;
    ++count;
    if (applied) applied(migration);
  }
  return count;
}

std::string row_sql(const Migration& migration, bool for_postgres) {
  return "INSERT INTO schema_versions (version, name, applied_at, works_with) VALUES (" +
         std::to_string(migration.version) + ", '" + std::string(migration.name) + "', " +
         (for_postgres ? "CAST(EXTRACT(EPOCH FROM NOW()) AS BIGINT)"
                       : "CAST(STRFTIME('%s', 'now') AS INTEGER)") +
         ", " + std::to_string(migration.works_with) + ");\n";
}

std::string versions_sql(Database& db) {
  if (!has_table(db, "schema_versions")) return schema_sql(make_versions, db.is_postgres()) + ";\n";
  if (has_column(db, "schema_versions", "works_with")) return {};
  return schema_sql(widen_versions, db.is_postgres()) + ";\n";
}

}  // namespace

std::int64_t works_with(std::string_view text, std::int64_t version) {
  constexpr std::string_view words = "-- works with: ";
  const std::string_view::size_type at = text.starts_with(words) ? 0 : text.find("\n" + std::string(words));
  if (at == text.npos) return version;
  const std::string_view digits = text.substr(text.find(words, at) + words.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), version);
  return version;
}

const std::vector<Migration>& known_migrations() {
  static const std::vector<Migration> known = read_migrations();
  return known;
}

std::int64_t newest_known_schema() { return known_migrations().back().version; }

void require_known_schema(Database& db) {
  refuse_unfinished(db);
  refuse_newer(applied_migrations(db));
}

std::vector<Migration> missing_migrations(Database& db) {
  const std::vector<Applied> applied = applied_migrations(db);
  refuse_newer(applied);
  std::vector<Migration> missing = known_migrations();
  std::erase_if(missing, [&](const Migration& migration) {
    return std::any_of(applied.begin(), applied.end(),
                       [&](const Applied& done) { return done.version == migration.version; });
  });
  return missing;
}

int migrate(Database& db, const std::function<void(const Migration&)>& applied) {
  refuse_unfinished(db);
  return apply_missing(db, applied);
}

int migrate_copy(Database& db) { return apply_missing(db, {}); }

std::string migration_script(Database& db) {
  refuse_unfinished(db);
  const std::vector<Migration> missing = missing_migrations(db);
  std::string script = versions_sql(db);
  for (const Migration& migration : missing)
    script += "\n-- " + std::string(migration.name) + "\nBEGIN;\n" +
              without_other_engine(schema_sql(migration.text, db.is_postgres()), db.is_postgres()) +
              row_sql(migration, db.is_postgres()) + "COMMIT;\n";
  return script;
}

}  // namespace tertius::storage
