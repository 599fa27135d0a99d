// Claiming and settling: the part of the outbox that several senders do at once.
//
// A row that waits has `ready_at`: a due row's not_before, or the end of a claimed one's lease. Within one
// priority the index (priority, ready_at, id) gives just the rows that are ready, however many others wait
// for the morning; sorting what is ready by priority instead would cost the whole backlog for each batch.

#include <algorithm>
#include <limits>

#include "storage/columns.hpp"
#include "storage/names.hpp"
#include "storage/outbox_rows.hpp"

namespace tertius::storage {
namespace {

// The waiting rows' priorities, smallest first: one step down the index for each.
std::optional<std::int64_t> find_next_priority(Database& db, std::int64_t after) {
  const auto row =
      db.row("SELECT MIN(priority) FROM outbox WHERE ready_at IS NOT NULL AND priority > $1", {after});
  if (row->is_null(0)) return std::nullopt;
  return row->integer(0);
}

// `body` is given each waiting priority in turn until it returns false.
template <class Body>
void for_each_priority(Database& db, Body body) {
  auto priority = find_next_priority(db, std::numeric_limits<std::int64_t>::min());
  while (priority && body(*priority)) priority = find_next_priority(db, *priority);
}

// MATERIALIZED: where PostgreSQL folds the subquery into the join it may run it again and lock more than the
// limit.
std::string claim_sql(bool for_postgres, Claimable which) {
  return "WITH picked AS MATERIALIZED (SELECT id FROM outbox WHERE priority = $1 AND ready_at <= $2 " +
         std::string(which == Claimable::alerts ? "AND kind = 'operator_alert' " : "") +
         "ORDER BY ready_at, id LIMIT $3" + std::string(for_postgres ? " FOR UPDATE SKIP LOCKED" : "") +
         ") UPDATE outbox SET state = 'claimed', attempts = attempts + 1, lease_until = $4, ready_at = $4, "
         "claimed_by = $5 "
         "WHERE id IN (SELECT id FROM picked) RETURNING " +
         column_list(outbox_columns());
}

bool is_older(const OutboxRow& a, const OutboxRow& b) {
  return std::pair(a.created_at, a.id) < std::pair(b.created_at, b.id);
}

// Whoever claimed it since has it in their hands.
constexpr std::string_view is_not_anothers =
    " AND (state = 'due' OR (state = 'claimed' AND (claimed_by = $6 OR claimed_by IS NULL)))";

constexpr std::string_view given_back =
    "lease_until = NULL, claimed_by = NULL, last_reply = $3, "
    "attempts = CASE WHEN attempts > 0 THEN attempts - $4 ELSE 0 END WHERE id = $1";

bool settle_due(Database& db, const Settlement& settlement, DaemonId by) {
  static const std::string sql = "UPDATE outbox SET state = $2, not_before = $5, ready_at = $5, " +
                                 std::string(given_back) + std::string(is_not_anothers);
  return db.run(sql,
                {value_of(settlement.id), value_of(outbox_state_name(settlement.state)), settlement.reply,
                 value_of(settlement.uncounted), value_of(settlement.not_before), value_of(by)}) > 0;
}

// Two senders may end up with one row where a lease ran out too early; that it was sent outweighs all else.
bool settle_sent(Database& db, const Settlement& settlement, Time now) {
  static const std::string sql =
      "UPDATE outbox SET state = $2, ready_at = NULL, sent_at = $5, " + std::string(given_back);
  return db.run(sql, {value_of(settlement.id), value_of(outbox_state_name(settlement.state)),
                      settlement.reply, value_of(settlement.uncounted), value_of(now)}) > 0;
}

bool settle_unsent(Database& db, const Settlement& settlement, DaemonId by) {
  static const std::string sql = "UPDATE outbox SET state = $2, ready_at = NULL, sent_at = $5, " +
                                 std::string(given_back) + std::string(is_not_anothers);
  return db.run(sql, {value_of(settlement.id), value_of(outbox_state_name(settlement.state)),
                      settlement.reply, value_of(settlement.uncounted), Value(nullptr), value_of(by)}) > 0;
}

bool settle(Database& db, const Settlement& settlement, Time now, DaemonId by) {
  switch (settlement.state) {
    case OutboxState::due: return settle_due(db, settlement, by);
    case OutboxState::sent: return settle_sent(db, settlement, now);
    case OutboxState::failed:
    case OutboxState::cancelled: return settle_unsent(db, settlement, by);
    case OutboxState::claimed: break;
  }
  throw StorageError(StorageTrouble::broken, "a notice cannot be settled as claimed");
}

}  // namespace

std::vector<OutboxRow> claim_notices(Database& db, Time now, std::chrono::seconds lease, int limit,
                                     Claimable which, DaemonId by) {
  const std::string sql = claim_sql(db.is_postgres(), which);
  std::vector<OutboxRow> claimed;
  for_each_priority(db, [&](std::int64_t priority) {
    const auto wanted = limit - static_cast<std::int64_t>(claimed.size());
    std::vector<OutboxRow> batch;
    for (const Row& row :
         db.rows(sql, {priority, value_of(now), wanted, value_of(now + lease), value_of(by)}))
      batch.push_back(read_outbox_row(row));
    for (OutboxRow& notice : batch) notice.fields = load_outbox_fields(db, notice.id);
    std::sort(batch.begin(), batch.end(), is_older);  // RETURNING gives no order
    std::move(batch.begin(), batch.end(), std::back_inserter(claimed));
    return static_cast<int>(claimed.size()) < limit;
  });
  return claimed;
}

std::int64_t release_claims(Database& db, Time now) {
  return db.run(
      "UPDATE outbox SET state = 'due', ready_at = $1, lease_until = NULL, claimed_by = NULL "
      "WHERE ready_at IS NOT NULL AND state = 'claimed'",
      {value_of(now)});
}

std::int64_t release_claims_of(Database& db, DaemonId dead, Time now) {
  return db.run(
      "UPDATE outbox SET state = 'due', ready_at = $1, lease_until = NULL, claimed_by = NULL "
      "WHERE ready_at IS NOT NULL AND state = 'claimed' AND claimed_by = $2",
      {value_of(now), value_of(dead)});
}

std::int64_t release_strays(Database& db, DaemonId by, const std::vector<NoticeId>& under_way, Time now) {
  std::int64_t released = 0;
  for (const Row& row :
       db.rows("SELECT id FROM outbox WHERE ready_at IS NOT NULL AND state = 'claimed' AND claimed_by = $1",
               {value_of(by)})) {
    const NoticeId id{row.integer(0)};
    if (std::ranges::find(under_way, id) != under_way.end()) continue;
    released += db.run(
        "UPDATE outbox SET state = 'due', ready_at = $2, lease_until = NULL, claimed_by = NULL "
        "WHERE id = $1",
        {value_of(id), value_of(now)});
  }
  return released;
}

std::vector<bool> settle_notices(Database& db, const std::vector<Settlement>& settlements, Time now,
                                 DaemonId by) {
  std::vector<bool> settled;
  settled.reserve(settlements.size());
  for (const Settlement& settlement : settlements) settled.push_back(settle(db, settlement, now, by));
  return settled;
}

std::optional<Time> earliest_not_before(Database& db) {
  std::optional<Time> earliest;
  for_each_priority(db, [&](std::int64_t priority) {
    const auto row =
        db.row("SELECT MIN(ready_at) FROM outbox WHERE priority = $1 AND ready_at IS NOT NULL", {priority});
    const std::optional<Time> ready = RowReader(*row).optional_time();
    if (ready && (!earliest || *ready < *earliest)) earliest = ready;
    return true;
  });
  return earliest;
}

}  // namespace tertius::storage
