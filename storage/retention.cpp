#include "storage/retention.hpp"

#include <algorithm>

#include "storage/columns.hpp"
#include "storage/introduction_words.hpp"

namespace tertius::storage {
namespace {

constexpr int rows_a_batch = 500;
// SQLite may write zeros over what is given up (SQLITE_SECURE_DELETE, as Debian has it): 2 MB and a commit
// took 28 ms on a busy machine, 92 at worst; one letter of 25 MB, as long as to take it in, 600.
constexpr std::int64_t octets_a_batch = 2'000'000;

struct Walk {
  Database& db;
  Time before{};
  RetentionPass& pass;
  std::int64_t& forgotten;
};
// Whether there is more of it.
using Forget = bool (*)(const Walk&);

std::vector<Row> next_rows(const Walk& walk, const std::string& sql) {
  return walk.db.rows(sql, {walk.pass.at, walk.pass.id, value_of(walk.before), value_of(rows_a_batch)});
}

void pass_by(const Walk& walk, std::int64_t at, std::int64_t id) {
  walk.pass.at = at;
  walk.pass.id = id;
}

bool is_last(const std::vector<Row>& rows) { return rows.size() < static_cast<std::size_t>(rows_a_batch); }

// What became of it: "not clear, asked again: You wrote: ..." quotes the letter behind the colon.
std::string without_quote(const std::string& outcome) { return outcome.substr(0, outcome.find(':')); }

bool forget_letters(const Walk& walk) {
  const auto rows = next_rows(
      walk,
      "SELECT received_at, id, LENGTH(raw), subject, outcome FROM letters WHERE (received_at, id) > "
      "($1, $2) AND received_at < $3 ORDER BY received_at, id LIMIT $4");
  std::int64_t octets = 0;
  for (const Row& row : rows) {
    if (octets >= octets_a_batch) return true;
    pass_by(walk, row.integer(0), row.integer(1));
    const std::string outcome = without_quote(row.text(4));
    if (row.integer(2) == 0 && row.text(3).empty() && outcome == row.text(4)) continue;
    octets += row.integer(2);
    walk.db.run("UPDATE letters SET raw = $2, subject = '', outcome = $3 WHERE id = $1",
                {row.integer(1), blob_of(""), outcome});
    ++walk.forgotten;
  }
  return !is_last(rows);
}

// An answer to an open introduction is read with the help of the words it quotes, and finds it by the mail.
std::vector<Row> next_notices(const Walk& walk) {
  return next_rows(
      walk,
      "SELECT created_at, id, ready_at IS NULL AND NOT EXISTS (SELECT 1 FROM introductions WHERE "
      "introductions.id = outbox.introduction AND is_open = 1), person FROM outbox WHERE (created_at, id) > "
      "($1, $2) AND created_at < $3 ORDER BY created_at, id LIMIT $4");
}

bool forget_notice_texts(const Walk& walk) {
  const auto rows = next_notices(walk);
  for (const Row& row : rows) {
    pass_by(walk, row.integer(0), row.integer(1));
    if (row.integer(2) == 0) continue;
    walk.forgotten += walk.db.run(
        "UPDATE outbox_fields SET fields = '{}' WHERE notice = $1 AND fields <> '{}'", {row.integer(1)});
  }
  return !is_last(rows);
}

// It may have been all that somebody was still needed for.
void forget_notice(const Walk& walk, const Row& row) {
  walk.forgotten += walk.db.run("DELETE FROM outbox WHERE id = $1", {row.integer(1)});
  if (row.is_null(3)) return;
  walk.db.run("INSERT INTO perhaps_forgotten (person) VALUES ($1) ON CONFLICT DO NOTHING", {row.integer(3)});
}

bool forget_notices(const Walk& walk) {
  const auto rows = next_notices(walk);
  for (const Row& row : rows) {
    pass_by(walk, row.integer(0), row.integer(1));
    if (row.integer(2) != 0) forget_notice(walk, row);
  }
  return !is_last(rows);
}

void forget_words(const Walk& walk, std::int64_t introduction) {
  static const std::string sql = "UPDATE introductions SET " + std::string(without_words) + " WHERE id = $1";
  walk.db.run(sql, {introduction});
  walk.db.run("UPDATE history SET remark = '' WHERE introduction = $1", {introduction});
  ++walk.forgotten;
}

// One that ended after `before` began before it too.
bool forget_ended(const Walk& walk, bool introduced) {
  static const std::string sql = "SELECT created_at, id, is_open, state_since, introduced_at, " +
                                 std::string(words_left) +
                                 " FROM introductions WHERE (created_at, id) > ($1, $2) AND created_at < $3 "
                                 "ORDER BY created_at, id LIMIT $4";
  const auto rows = next_rows(walk, sql);
  for (const Row& row : rows) {
    pass_by(walk, row.integer(0), row.integer(1));
    const bool is_due = row.integer(2) == 0 && row.integer(3) < unix_seconds(walk.before);
    if (is_due && row.is_null(4) != introduced && row.integer(5) > 0) forget_words(walk, row.integer(1));
  }
  return !is_last(rows);
}
bool forget_declined(const Walk& walk) { return forget_ended(walk, false); }
bool forget_introduced(const Walk& walk) { return forget_ended(walk, true); }

// These tables are small: links of half an hour, and browsers of half a year.
bool forget_sign_ins(const Walk& walk) {
  for (const char* table : {"sign_ins", "browsers"})
    walk.forgotten +=
        walk.db.run("DELETE FROM " + std::string(table) + " WHERE expires_at < $1", {value_of(walk.before)});
  return false;
}

// How often somebody asks for links is counted for an hour.
constexpr std::chrono::days sign_in_time{1};

struct Kind {
  std::string_view name;
  std::chrono::days RetentionTimes::*time;  // null: sign_in_time
  Forget forget;
};
constexpr auto kinds = std::to_array<Kind>({
    {"letters", &RetentionTimes::letters, forget_letters},
    {"notice_texts", &RetentionTimes::notice_texts, forget_notice_texts},
    {"notices", &RetentionTimes::notices, forget_notices},
    {"declined", &RetentionTimes::declined, forget_declined},
    {"introduced", &RetentionTimes::introduced, forget_introduced},
    {"sign_ins", nullptr, forget_sign_ins},
});
static_assert(kinds.size() == retained_kinds);

}  // namespace

std::string_view retained_name(Retained what) { return kinds[static_cast<std::size_t>(what)].name; }

void forget_a_batch(Database& db, const RetentionTimes& times, Time now, RetentionPass& pass) {
  if (is_through(pass)) return;
  const Kind& kind = kinds[pass.kind];
  const auto time = kind.time ? times.*kind.time : sign_in_time;
  const Walk walk{db, now - time, pass, pass.forgotten[pass.kind]};
  if (time.count() > 0 && kind.forget(walk)) return;
  ++pass.kind;
  pass.at = pass.id = 0;
}

bool has_whole_letters(Database& db, Time before) {
  return db
      .row(
          "SELECT 1 FROM (SELECT LENGTH(raw) AS octets FROM letters WHERE received_at < $1 ORDER BY "
          "received_at DESC, "
          "id DESC LIMIT 1000) AS looked WHERE octets > 0 LIMIT 1",
          {value_of(before)})
      .has_value();
}

}  // namespace tertius::storage
