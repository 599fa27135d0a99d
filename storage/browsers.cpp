#include "storage/browsers.hpp"

#include <array>

#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

constexpr auto columns =
    std::to_array<std::string_view>({"key_hash", "person", "name", "created_at", "seen_at", "expires_at",
                                     "signed_in_until", "pending_visit"});

std::vector<Browser> select(Database& db, std::string_view tail, const std::vector<Value>& arguments) {
  static const std::string head = "SELECT " + column_list(columns) + " FROM browsers ";
  std::vector<Browser> browsers;
  for (const Row& found : db.rows(head + std::string(tail), arguments)) {
    RowReader row(found);
    Browser browser;
    browser.key_hash = row.text();
    browser.person = row.id<PersonId>();
    browser.name = row.text();
    browser.created_at = row.time();
    browser.seen_at = row.time();
    browser.expires_at = row.time();
    browser.signed_in_until = row.optional_time();
    browser.pending_visit = row.text();
    browsers.push_back(std::move(browser));
  }
  return browsers;
}

std::optional<Browser> first(std::vector<Browser> browsers) {
  return browsers.empty() ? std::nullopt : std::optional(std::move(browsers.front()));
}

}  // namespace

void put_browser(Database& db, const Browser& browser) {
  static const std::string sql =
      insert_sql("browsers", columns) +
      " ON CONFLICT (key_hash, person) DO UPDATE SET name = excluded.name, created_at = excluded.created_at, "
      "seen_at = excluded.seen_at, expires_at = excluded.expires_at, signed_in_until = "
      "excluded.signed_in_until, pending_visit = excluded.pending_visit";
  db.run(sql, {browser.key_hash, value_of(browser.person), browser.name, value_of(browser.created_at),
               value_of(browser.seen_at), value_of(browser.expires_at), value_of(browser.signed_in_until),
               browser.pending_visit});
}

std::optional<Browser> find_browser(Database& db, const std::string& key_hash, PersonId person) {
  return first(select(db, "WHERE key_hash = $1 AND person = $2", {key_hash, value_of(person)}));
}

std::optional<Browser> find_session(Database& db, const std::string& key_hash, Time now) {
  return first(select(db,
                      "WHERE key_hash = $1 AND signed_in_until > $2 ORDER BY signed_in_until DESC LIMIT 1",
                      {key_hash, value_of(now)}));
}

std::vector<Browser> browsers_of(Database& db, PersonId person, Time now) {
  return select(db, "WHERE person = $1 AND expires_at > $2 ORDER BY created_at DESC, key_hash",
                {value_of(person), value_of(now)});
}

void move_browser(Database& db, const std::string& old_hash, const std::string& new_hash) {
  db.run("UPDATE browsers SET key_hash = $2 WHERE key_hash = $1", {old_hash, new_hash});
}

void see_browser(Database& db, const Browser& browser, Time now) {
  if (browser.seen_at + std::chrono::days{1} > now) return;
  db.run("UPDATE browsers SET seen_at = $3 WHERE key_hash = $1 AND person = $2",
         {browser.key_hash, value_of(browser.person), value_of(now)});
}

void know_browser(Database& db, const std::string& visit) {
  if (!visit.empty()) db.run("UPDATE browsers SET pending_visit = '' WHERE pending_visit = $1", {visit});
}

void forget_visit(Database& db, const std::string& visit) {
  if (!visit.empty()) db.run("DELETE FROM browsers WHERE pending_visit = $1", {visit});
}

void forget_browser(Database& db, const std::string& key_hash, PersonId person) {
  db.run("DELETE FROM browsers WHERE key_hash = $1 AND person = $2", {key_hash, value_of(person)});
}

void sign_out(Database& db, const std::string& key_hash) {
  db.run("UPDATE browsers SET signed_in_until = NULL WHERE key_hash = $1", {key_hash});
}

void forget_browsers_of(Database& db, PersonId person) {
  db.run("DELETE FROM browsers WHERE person = $1", {value_of(person)});
}

// Old ones are swept as new ones come.
void add_sign_in(Database& db, const std::string& key_hash, PersonId person, Time now, Time expires_at) {
  db.run("DELETE FROM sign_ins WHERE expires_at < $1", {value_of(now - std::chrono::days{1})});
  db.run("INSERT INTO sign_ins (key_hash, person, created_at, expires_at) VALUES ($1, $2, $3, $4)",
         {key_hash, value_of(person), value_of(now), value_of(expires_at)});
}

std::optional<PersonId> find_sign_in(Database& db, const std::string& key_hash, Time now) {
  const auto row = db.row("SELECT person FROM sign_ins WHERE key_hash = $1 AND expires_at > $2",
                          {key_hash, value_of(now)});
  return row ? std::optional(PersonId{row->integer(0)}) : std::nullopt;
}

// Spent, it stays for a day as expired: how often a link was asked for is counted.
std::optional<PersonId> take_sign_in(Database& db, const std::string& key_hash, Time now) {
  const auto person = find_sign_in(db, key_hash, now);
  if (person) db.run("UPDATE sign_ins SET expires_at = $2 WHERE key_hash = $1", {key_hash, value_of(now)});
  return person;
}

int count_sign_ins(Database& db, PersonId person, Time since) {
  const auto row = db.row("SELECT COUNT(*) FROM sign_ins WHERE person = $1 AND created_at > $2",
                          {value_of(person), value_of(since)});
  return row ? static_cast<int>(row->integer(0)) : 0;
}

}  // namespace tertius::storage
