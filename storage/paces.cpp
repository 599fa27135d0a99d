#include "storage/paces.hpp"

#include <algorithm>

#include "storage/columns.hpp"
#include "storage/forgotten.hpp"

namespace tertius::storage {
namespace {

std::int64_t in_milliseconds(Time time) { return unix_seconds(time) * 1000; }

}  // namespace

// One statement, so that two daemons never grant the same one twice: the second waits for the first's commit
// and reads what it left. A clock that was set back leaves nobody waiting for longer than the burst.
std::optional<std::chrono::milliseconds> take_pace(Database& db, const std::string& who, int burst,
                                                   std::chrono::milliseconds each, Time now) {
  const std::string name = forgotten_key(db, who);  // addresses and networks are not for a table
  const std::int64_t at = in_milliseconds(now), limit = at + each.count() * burst;
  const auto granted = db.row(
      "INSERT INTO paces AS known (who, paid_until) VALUES ($1, CAST($2 AS BIGINT) + $3) "
      "ON CONFLICT (who) DO UPDATE SET paid_until = LEAST(GREATEST(known.paid_until, $2), $4) + $3 "
      "WHERE LEAST(GREATEST(known.paid_until, $2), $4) + $3 <= $4 RETURNING paid_until",
      {name, at, std::int64_t{each.count()}, limit});
  if (granted) return std::nullopt;
  const auto known = db.row("SELECT paid_until FROM paces WHERE who = $1", {name});
  const std::int64_t paid = known ? std::min(known->integer(0), limit) : limit;
  return std::chrono::milliseconds{paid + each.count() - limit};
}

std::int64_t forget_paces(Database& db, Time now) {
  return db.run("DELETE FROM paces WHERE paid_until < $1", {in_milliseconds(now)});
}

}  // namespace tertius::storage
