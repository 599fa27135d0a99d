#include "storage/outbox.hpp"

#include "broker/sha256.hpp"
#include "storage/columns.hpp"
#include "storage/forgotten.hpp"
#include "storage/keys.hpp"
#include "storage/outbox_rows.hpp"

namespace tertius::storage {

namespace {

// No address has a colon in it that is not quoted. Without a key, as rows of earlier versions are, a list of
// addresses could be tried out on them.
std::string hashed_key(const std::string& address) { return "sha256:" + hex_sha256(recipient_key(address)); }

std::vector<Value> keys_of(Database& db, const std::string& address) {
  const std::string key = recipient_key(address);
  return {key, hashed_key(address), forgotten_key(db, key)};
}

}  // namespace

void add_notice(Database& db, const OutboxRow& row) { insert_outbox_row(db, row); }

// One that a sender holds may go out all the same, and is then settled as sent; refused for now, it stays
// cancelled.
std::int64_t cancel_unsent(Database& db, IntroductionId id) {
  return db.run(
      "UPDATE outbox SET state = 'cancelled', ready_at = NULL WHERE introduction = $1 AND state IN ('due', "
      "'claimed') "
      "AND kind IN ('request', 'reminder', 'pitch', 'target_reminder')",
      {value_of(id)});
}

bool retry_notice(Database& db, NoticeId id, Time now) {
  return db.run(
             "UPDATE outbox SET state = 'due', attempts = 0, last_reply = '', not_before = $2, ready_at = "
             "$2, "
             "lease_until = NULL WHERE id = $1 AND state IN ('due', 'failed', 'cancelled')",
             {value_of(id), value_of(now)}) > 0;
}

bool cancel_notice(Database& db, NoticeId id) {
  return db.run(
             "UPDATE outbox SET state = 'cancelled', ready_at = NULL WHERE id = $1 AND state IN ('due', "
             "'failed')",
             {value_of(id)}) > 0;
}

std::optional<OutboxRow> find_notice(Database& db, NoticeId id) {
  return select_outbox_row(db, "WHERE id = $1", {value_of(id)});
}

std::optional<OutboxRow> find_notice_by_message_id(Database& db, const std::string& message_id) {
  return select_outbox_row(db, "WHERE message_id = $1", {message_id});
}

// A mail that has certainly gone out is answered sooner than one that may have (tried, and the reply was
// lost), and that sooner than one that is still waiting.
std::optional<OutboxRow> find_latest_notice(Database& db, IntroductionId id, Role role, Time as_of) {
  return select_outbox_row(
      db,
      "WHERE introduction = $1 AND created_at <= $3 AND role = $2 AND state <> 'cancelled' "
      "ORDER BY CASE WHEN state = 'sent' THEN 0 WHEN attempts > 0 THEN 1 ELSE 2 END, "
      "created_at DESC, id DESC LIMIT 1",
      {value_of(id), value_of(role_name(role)), value_of(as_of)});
}

std::vector<OutboxRow> recent_notices(Database& db, int limit) {
  return select_outbox_rows(db, "ORDER BY created_at DESC, id DESC LIMIT $1", {value_of(limit)});
}

std::vector<OutboxRow> notices_before(Database& db, const Place& place, int limit) {
  return select_outbox_rows(db,
                            "WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT $3",
                            {place.at, place.id, value_of(limit)});
}

std::vector<OutboxRow> notices_to(Database& db, const std::string& recipient) {
  return select_outbox_rows(db, "WHERE recipient_key = $1 ORDER BY created_at DESC, id DESC",
                            {recipient_key(recipient)});
}

std::int64_t count_waiting(Database& db) {
  return db.row("SELECT COUNT(*) FROM outbox WHERE ready_at IS NOT NULL")->integer(0);
}

bool answered_since(Database& db, const std::string& recipient, NoticeKind kind, Time since) {
  return db
      .row(
          "SELECT 1 FROM outbox WHERE recipient_key = $1 AND created_at >= $2 AND kind = $3 "
          "AND state NOT IN ('failed', 'cancelled') LIMIT 1",
          {recipient_key(recipient), value_of(since), value_of(notice_name(kind))})
      .has_value();
}

void suppress(Database& db, const std::string& address, const std::string& why, Time now) {
  db.run(
      "INSERT INTO suppressions (address_key, address, why, since) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (address_key) DO UPDATE SET why = excluded.why, since = excluded.since",
      {recipient_key(address), address, why, value_of(now)});
}

void suppress_by_hash(Database& db, const std::string& address, const std::string& why, Time now) {
  db.run("DELETE FROM suppressions WHERE address_key = $1", {recipient_key(address)});
  db.run(
      "INSERT INTO suppressions (address_key, address, why, since) VALUES ($1, '', $2, $3) "
      "ON CONFLICT DO NOTHING",
      {forgotten_key(db, recipient_key(address)), why, value_of(now)});
}

void unsuppress(Database& db, const std::string& address) {
  db.run("DELETE FROM suppressions WHERE address_key IN ($1, $2, $3)", keys_of(db, address));
}

void unsuppress_because(Database& db, const std::string& address, const std::string& why) {
  db.run("DELETE FROM suppressions WHERE address_key = $1 AND why = $2", {recipient_key(address), why});
}

bool is_suppressed(Database& db, const std::string& address) {
  return find_suppression(db, address).has_value();
}

std::optional<Suppression> find_suppression(Database& db, const std::string& address) {
  const auto row = db.row("SELECT why, since FROM suppressions WHERE address_key IN ($1, $2, $3) LIMIT 1",
                          keys_of(db, address));
  if (!row) return std::nullopt;
  return Suppression{row->text(0), from_unix_seconds(row->integer(1))};
}

}  // namespace tertius::storage
