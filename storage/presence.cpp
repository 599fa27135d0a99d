#include "storage/presence.hpp"

#include <limits>

namespace tertius::storage {
namespace {

// An advisory lock's two halves: the schema's own number, so that two communities in one database are apart,
// and "te" above the number of a migration, so that another program's locks are not ours.
constexpr std::int64_t our_mark = 0x7465;
constexpr std::int64_t mark_unit = 0x10000;

constexpr std::string_view our_schema = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())";

}  // namespace

std::string presence_sql(std::int64_t newest_known_schema) {
  return "SELECT pg_advisory_lock_shared(CAST(" + std::string(our_schema) + " AS INT), " +
         std::to_string(our_mark * mark_unit + newest_known_schema) + ")";
}

std::vector<std::int64_t> schemas_of_daemons(Database& db) {
  std::vector<std::int64_t> found;
  if (!db.is_postgres()) return found;
  const std::string sql =
      "SELECT MOD(CAST(objid AS BIGINT), $2) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 "
      "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
      "AND classid = " +
      std::string(our_schema) +
      " AND CAST(objid AS BIGINT) / $2 = $1 AND pid <> pg_backend_pid() AND granted";
  for (const Row& row : db.rows(sql, {our_mark, mark_unit})) found.push_back(row.integer(0));
  return found;
}

std::vector<std::int64_t> lasting_daemons(Database& db, std::int64_t that_do_not_know) {
  std::vector<std::int64_t> found;
  for (int tries = 0; tries < 10; ++tries) {
    if (tries > 0) db.run("SELECT pg_sleep(0.1)");
    found = schemas_of_daemons(db);
    std::erase_if(found, [&](std::int64_t known) { return known >= that_do_not_know; });
    if (found.empty()) break;
  }
  return found;
}

void require_unused(Database& db) {
  const std::size_t daemons = lasting_daemons(db, std::numeric_limits<std::int64_t>::max()).size();
  if (daemons == 0) return;
  throw StorageError(
      StorageTrouble::taken,
      "the database is in use by " + std::to_string(daemons) + (daemons == 1 ? " daemon" : " daemons"),
      "stop every daemon of this database first");
}

}  // namespace tertius::storage
