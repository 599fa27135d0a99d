#include "storage/outbox_rows.hpp"

#include <array>

#include "storage/columns.hpp"
#include "storage/fields_json.hpp"
#include "storage/keys.hpp"
#include "storage/names.hpp"

namespace tertius::storage {
namespace {

constexpr auto columns = std::to_array<std::string_view>(
    {"id", "introduction", "kind", "role", "person", "recipient", "language", "message_id", "priority",
     "not_before", "created_at", "state", "attempts", "lease_until", "last_reply", "sent_at", "recipient_key",
     "ready_at"});

std::optional<Time> ready_at(const OutboxRow& row) {
  switch (row.state) {
    case OutboxState::due: return row.not_before;
    case OutboxState::claimed: return row.lease_until;
    case OutboxState::sent:
    case OutboxState::failed:
    case OutboxState::cancelled: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::span<const std::string_view> outbox_columns() { return columns; }

OutboxRow read_outbox_row(const Row& found) {
  RowReader row(found);
  OutboxRow notice;
  notice.id = row.id<NoticeId>();
  notice.introduction = row.optional_id<IntroductionId>();
  notice.kind = row.named(find_notice_kind);
  notice.role = row.named(find_role);
  notice.person = row.optional_id<PersonId>();
  notice.recipient = row.text();
  notice.language = row.text();
  notice.message_id = row.text();
  notice.priority = row.number();
  notice.not_before = row.time();
  notice.created_at = row.time();
  notice.state = row.named(find_outbox_state);
  notice.attempts = row.number();
  notice.lease_until = row.optional_time();
  notice.last_reply = row.text();
  notice.sent_at = row.optional_time();
  return notice;
}

void insert_outbox_row(Database& db, const OutboxRow& row) {
  static const std::string sql = insert_sql("outbox", columns);
  db.run(sql, {value_of(row.id), value_of(row.introduction), value_of(notice_name(row.kind)),
               value_of(role_name(row.role)), value_of(row.person), row.recipient, row.language,
               row.message_id, value_of(row.priority), value_of(row.not_before), value_of(row.created_at),
               value_of(outbox_state_name(row.state)), value_of(row.attempts), value_of(row.lease_until),
               row.last_reply, value_of(row.sent_at), recipient_key(row.recipient), value_of(ready_at(row))});
  db.run("INSERT INTO outbox_fields (notice, fields) VALUES ($1, $2)",
         {value_of(row.id), fields_json(row.fields)});
}

Fields load_outbox_fields(Database& db, NoticeId id) {
  const auto row = db.row("SELECT fields FROM outbox_fields WHERE notice = $1", {value_of(id)});
  return read_fields(row ? row->text(0) : std::string{});
}

std::vector<OutboxRow> select_outbox_rows(Database& db, std::string_view tail,
                                          const std::vector<Value>& arguments) {
  static const std::string head =
      "SELECT " + column_list(columns) +
      ", (SELECT fields FROM outbox_fields WHERE notice = outbox.id) FROM outbox ";
  std::vector<OutboxRow> rows;
  for (const Row& row : db.rows(head + std::string(tail), arguments)) {
    rows.push_back(read_outbox_row(row));
    rows.back().fields = read_fields(row.text(columns.size()));
  }
  return rows;
}

std::optional<OutboxRow> select_outbox_row(Database& db, std::string_view tail,
                                           const std::vector<Value>& arguments) {
  std::vector<OutboxRow> rows = select_outbox_rows(db, tail, arguments);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

}  // namespace tertius::storage
