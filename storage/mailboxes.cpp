#include "storage/mailboxes.hpp"

#include <sstream>

#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

std::string joined(const std::set<std::int64_t>& uids) {
  std::string out;
  for (const auto uid : uids) out += (out.empty() ? "" : ",") + std::to_string(uid);
  return out;
}

std::set<std::int64_t> split(const std::string& text) {
  std::set<std::int64_t> out;
  std::istringstream in(text);
  for (std::int64_t uid = 0; in >> uid; in.ignore()) out.insert(uid);
  return out;
}

}  // namespace

std::optional<MailboxPlace> find_mailbox_place(Database& db, const std::string& name) {
  const auto found =
      db.row("SELECT validity, done, later, fresh, changed_at FROM mailboxes WHERE name = $1", {name});
  if (!found) return {};
  RowReader row(*found);
  MailboxPlace out;
  out.validity = row.integer();
  out.done = row.integer();
  out.later = split(row.text());
  out.fresh = row.integer();
  out.changed_at = row.time();
  return out;
}

void save_mailbox_place(Database& db, const std::string& name, const MailboxPlace& place, Time changed_at) {
  db.run(
      "INSERT INTO mailboxes (name, validity, done, later, fresh, changed_at) VALUES ($1, $2, $3, $4, $5, "
      "$6) "
      "ON CONFLICT (name) DO UPDATE SET validity = excluded.validity, done = excluded.done, later = "
      "excluded.later, fresh = excluded.fresh, changed_at = excluded.changed_at",
      {name, place.validity, place.done, joined(place.later), place.fresh, value_of(changed_at)});
}

}  // namespace tertius::storage
