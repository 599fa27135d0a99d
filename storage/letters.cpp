#include "storage/letters.hpp"

#include <array>
#include <span>

#include "storage/columns.hpp"
#include "storage/letter_rows.hpp"

namespace tertius::storage {
namespace {

constexpr auto columns =
    std::to_array<std::string_view>({"id", "received_at", "sha256", "message_id", "envelope_sender",
                                     "recipient", "subject", "kind", "outcome", "introduction", "raw"});
constexpr std::span listed_columns = std::span(columns).first<columns.size() - 1>();

LetterRow read_listed(RowReader& row) {
  LetterRow letter;
  letter.id = row.id<LetterId>();
  letter.received_at = row.time();
  letter.sha256 = row.text();
  letter.message_id = row.text();
  letter.envelope_sender = row.text();
  letter.recipient = row.text();
  letter.subject = row.text();
  letter.kind = row.text();
  letter.outcome = row.text();
  letter.introduction = row.optional_id<IntroductionId>();
  return letter;
}

std::optional<LetterRow> select_whole(Database& db, std::string_view tail,
                                      const std::vector<Value>& arguments) {
  static const std::string head = "SELECT " + column_list(columns) + " FROM letters ";
  const auto found = db.row(head + std::string(tail), arguments);
  if (!found) return std::nullopt;
  RowReader row(*found);
  LetterRow letter = read_listed(row);
  letter.raw = row.bytes();
  return letter;
}

std::vector<LetterRow> select_listed(Database& db, std::string_view tail,
                                     const std::vector<Value>& arguments) {
  static const std::string head = "SELECT " + column_list(listed_columns) + " FROM letters ";
  std::vector<LetterRow> letters;
  for (const Row& found : db.rows(head + std::string(tail), arguments))
    letters.push_back(read_letter_list_row(found));
  return letters;
}

}  // namespace

std::span<const std::string_view> letter_list_columns() { return listed_columns; }

LetterRow read_letter_list_row(const Row& found) {
  RowReader row(found);
  return read_listed(row);
}

void add_letter(Database& db, const LetterRow& row) {
  static const std::string sql = insert_sql("letters", columns);
  db.run(sql,
         {value_of(row.id), value_of(row.received_at), row.sha256, row.message_id, row.envelope_sender,
          row.recipient, row.subject, row.kind, row.outcome, value_of(row.introduction), blob_of(row.raw)});
}

std::optional<LetterRow> find_letter(Database& db, LetterId id) {
  return select_whole(db, "WHERE id = $1", {value_of(id)});
}

std::vector<LetterRow> letters_from(Database& db, const Address& sender) {
  return select_listed(db, "WHERE LOWER(envelope_sender) = $1 ORDER BY received_at DESC, id DESC LIMIT 1000",
                       {address_key(sender)});
}

std::optional<LetterRow> find_letter_by_hash(Database& db, const std::string& sha256,
                                             const std::string& recipient) {
  return select_whole(db, "WHERE sha256 = $1 AND recipient = $2", {sha256, recipient});
}

// Letters without a Message-ID are not one and the same.
bool has_message_id(Database& db, const std::string& message_id, const std::string& recipient) {
  if (message_id.empty()) return false;
  return db
      .row("SELECT 1 FROM letters WHERE message_id = $1 AND recipient = $2 LIMIT 1", {message_id, recipient})
      .has_value();
}

std::vector<LetterRow> recent_letters(Database& db, int limit) {
  return select_listed(db, "ORDER BY received_at DESC, id DESC LIMIT $1", {value_of(limit)});
}

std::vector<LetterRow> letters_before(Database& db, const Place& place, int limit) {
  return select_listed(db, "WHERE (received_at, id) < ($1, $2) ORDER BY received_at DESC, id DESC LIMIT $3",
                       {place.at, place.id, value_of(limit)});
}

std::vector<LetterRow> letters_about(Database& db, IntroductionId id) {
  return select_listed(db, "WHERE introduction = $1 ORDER BY received_at, id", {value_of(id)});
}

// broker's nonces run out after half an hour; what is a day old can be forgotten.
bool spend_nonce(Database& db, const std::string& visit, Time now) {
  db.run("DELETE FROM spent_nonces WHERE spent_at < $1", {value_of(now - std::chrono::days{1})});
  return db.run("INSERT INTO spent_nonces (visit, spent_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                {visit, value_of(now)}) == 1;
}

void spend_once_more(Database& db, const std::string& visit, Time now) {
  db.run(
      "INSERT INTO spent_nonces (visit, spent_at) VALUES ($1, $2) "
      "ON CONFLICT (visit) DO UPDATE SET spent_at = excluded.spent_at",
      {visit, value_of(now)});
}

std::optional<Time> find_spent(Database& db, const std::string& visit) {
  const auto row = db.row("SELECT spent_at FROM spent_nonces WHERE visit = $1", {visit});
  return row ? std::optional(from_unix_seconds(row->integer(0))) : std::nullopt;
}

}  // namespace tertius::storage
