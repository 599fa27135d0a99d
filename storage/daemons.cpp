#include "storage/daemons.hpp"

#include <array>

#include "storage/columns.hpp"
#include "storage/leases.hpp"

namespace tertius::storage {
namespace {

constexpr auto columns = std::to_array<std::string_view>(
    {"id", "host", "machine", "boot", "pid", "version", "knows_schema", "roles", "started_at", "seen_at"});

DaemonRow read_daemon(const Row& from) {
  RowReader row(from);
  DaemonRow out;
  out.id = row.id<DaemonId>();
  out.host = row.text();
  out.machine = row.text();
  out.boot = row.text();
  out.pid = row.integer();
  out.version = row.text();
  out.knows_schema = row.integer();
  out.roles = row.text();
  out.started_at = row.time();
  out.seen_at = row.time();
  return out;
}

}  // namespace

void see_daemon(Database& db, const DaemonRow& daemon) {
  db.run(insert_sql("daemons", columns) + " ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at",
         {value_of(daemon.id), daemon.host, daemon.machine, daemon.boot, daemon.pid, daemon.version,
          daemon.knows_schema, daemon.roles, value_of(daemon.started_at), value_of(daemon.seen_at)});
}

void sign_off(Database& db, DaemonId id) {
  give_up_leases(db, id);
  db.run("DELETE FROM daemons WHERE id = $1", {value_of(id)});
}

std::int64_t forget_daemons(Database& db, Time before) {
  return db.run("DELETE FROM daemons WHERE seen_at < $1", {value_of(before)});
}

std::vector<DaemonRow> daemons(Database& db) {
  std::vector<DaemonRow> out;
  for (const Row& row : db.rows("SELECT " + column_list(columns) + " FROM daemons ORDER BY started_at, id"))
    out.push_back(read_daemon(row));
  return out;
}

}  // namespace tertius::storage
