#include "storage/leases.hpp"

#include "storage/columns.hpp"

namespace tertius::storage {

namespace {

// Without waiting: whoever has the row locked holds the lease, or is about to take it. An upsert would wait
// for them before it looks.
bool may_take(Database& db, const std::string& name, DaemonId holder, Time now) {
  const auto there = db.row("SELECT holder, lease_until FROM leases WHERE name = $1", {name});
  if (!there) return true;
  const bool is_anothers = there->integer(0) != static_cast<std::int64_t>(holder);
  if (is_anothers && there->integer(1) > unix_seconds(now)) return false;
  return !db.is_postgres() ||
         db.row("SELECT 1 FROM leases WHERE name = $1 FOR UPDATE SKIP LOCKED", {name}).has_value();
}

}  // namespace

bool take_lease(Database& db, const std::string& name, DaemonId holder, Time now,
                std::chrono::seconds length) {
  if (!may_take(db, name, holder, now)) return false;
  return db
      .row(
          "INSERT INTO leases (name, holder, fence, lease_until) VALUES ($1, $2, 1, $3) "
          "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until, "
          "fence = leases.fence + CASE WHEN leases.holder = excluded.holder THEN 0 ELSE 1 END "
          "WHERE leases.holder = excluded.holder OR leases.lease_until <= $4 RETURNING fence",
          {name, value_of(holder), value_of(now + length), value_of(now)})
      .has_value();
}

// The lock on the row makes whoever would take it wait for our commit.
bool holds_lease(Database& db, const std::string& name, DaemonId holder, Time now) {
  const std::string sql = "SELECT fence FROM leases WHERE name = $1 AND holder = $2 AND lease_until > $3";
  return db.row(db.is_postgres() ? sql + " FOR SHARE" : sql, {name, value_of(holder), value_of(now)})
      .has_value();
}

void give_up_leases(Database& db, DaemonId holder) {
  db.run("UPDATE leases SET lease_until = 0 WHERE holder = $1", {value_of(holder)});
}

std::vector<Lease> leases(Database& db) {
  std::vector<Lease> out;
  for (const Row& found : db.rows("SELECT name, holder, fence, lease_until FROM leases ORDER BY name")) {
    RowReader row(found);
    Lease lease;
    lease.name = row.text();
    lease.holder = row.id<DaemonId>();
    lease.fence = row.integer();
    lease.until = row.time();
    out.push_back(std::move(lease));
  }
  return out;
}

}  // namespace tertius::storage
