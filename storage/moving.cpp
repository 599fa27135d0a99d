#include "storage/moving.hpp"

#include "storage/has_table.hpp"
#include "storage/schema_sql.hpp"

namespace tertius::storage {

bool is_unfinished(Database& db) { return has_table(db, "moving"); }

void refuse_unfinished(Database& db) {
  if (!is_unfinished(db)) return;
  throw StorageError(StorageTrouble::broken, "this database is a copy that is not whole yet",
                     "tertius move-storage, given the same two again, finishes it");
}

void begin_moving(Database& copy) {
  copy.script(
      schema_sql("CREATE TABLE moving (name TEXT COLLATE \"C\" PRIMARY KEY, last_key TEXT NOT NULL, is_whole "
                 "BIGINT NOT NULL)",
                 copy.is_postgres()));
}

void finish_moving(Database& copy) { copy.script("DROP TABLE moving"); }

void save_progress(Database& copy, const Table& table, const Progress& progress) {
  copy.run(
      "INSERT INTO moving (name, last_key, is_whole) VALUES ($1, $2, $3) "
      "ON CONFLICT (name) DO UPDATE SET last_key = excluded.last_key, is_whole = excluded.is_whole",
      {table.name, key_text(progress.last), std::int64_t{progress.is_whole ? 1 : 0}});
}

Progress find_progress(Database& copy, const Table& table) {
  const auto row = copy.row("SELECT last_key, is_whole FROM moving WHERE name = $1", {table.name});
  if (!row) return {};
  return {read_key(row->text(0)), row->integer(1) != 0};
}

}  // namespace tertius::storage
