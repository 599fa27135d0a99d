#include "storage/audit.hpp"

#include <array>
#include <limits>
#include <utility>

#include "broker/sha256.hpp"
#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

constexpr auto act_names = std::to_array<std::string_view>(
    {"sign-in",       "export",        "erase",        "member add",    "contacts merge",
     "contacts part", "token add",     "token revoke", "webhook add",   "webhook remove",
     "key rotate",    "key forget",    "reload",       "backup",        "restore",
     "outbox stop",   "outbox resume", "outbox retry", "outbox cancel", "expire"});
static_assert(act_names.size() == static_cast<std::size_t>(AuditAct::expired) + 1);

constexpr auto columns = std::to_array<std::string_view>({"seq", "at", "who", "what", "subject", "hash"});
constexpr int page_size = 1'000;

void append_netstring(std::string& out, std::string_view text) {
  out.append(std::to_string(text.size())).append(":").append(text).append(",");
}

AuditEntry read_entry(const Row& found) {
  RowReader row(found);
  AuditEntry entry;
  entry.seq = row.integer();
  entry.at = row.time();
  entry.who = row.text();
  entry.what = row.text();
  entry.subject = row.text();
  entry.hash = row.text();
  return entry;
}

std::vector<AuditEntry> select(Database& db, std::string_view tail, const std::vector<Value>& arguments) {
  static const std::string head = "SELECT " + column_list(columns) + " FROM audit ";
  std::vector<AuditEntry> entries;
  for (const Row& found : db.rows(head + std::string(tail), arguments)) entries.push_back(read_entry(found));
  return entries;
}

struct Head {
  std::int64_t seq = 0;
  std::string hash;
};

Head load_head(Database& db) {
  const auto row = db.row("SELECT seq, hash FROM audit_head WHERE id = 1");
  return row ? Head{row->integer(0), row->text(1)} : Head{-1, {}};
}

std::string entry_name(std::int64_t seq) { return "entry " + std::to_string(seq); }

// What is wrong with `entry` behind those that were seen; empty where nothing is.
std::string wrong_with(const AuditEntry& entry, const AuditCheck& seen) {
  if (entry.seq != seen.entries + 1) return entry_name(seen.entries + 1) + " is missing";
  if (entry.hash != audit_hash(entry, seen.head))
    return entry_name(entry.seq) + " is not as it was written, or not where";
  return {};
}

std::string wrong_with(const Head& head, const AuditCheck& seen) {
  if (head.seq < 0) return "the row of the head is missing";
  if (head.seq > seen.entries) return entry_name(seen.entries + 1) + " is missing, and what came after it";
  if (head.seq < seen.entries) return entry_name(head.seq + 1) + " was added by somebody else";
  if (head.hash != seen.head) return "the row of the head is not the last entry's";
  return {};
}

bool take(const AuditEntry& entry, std::string_view noted, AuditCheck& out) {
  out.wrong = wrong_with(entry, out);
  if (!out.wrong.empty()) return false;
  ++out.entries;
  out.head = entry.hash;
  out.has_noted = out.has_noted || noted == entry.hash;
  return true;
}

}  // namespace

std::string_view audit_act_name(AuditAct act) { return act_names[static_cast<std::size_t>(act)]; }

std::string by_person(PersonId id) { return "person " + std::to_string(number(id)); }

std::string audit_hash(const AuditEntry& entry, std::string_view previous) {
  std::string canonical;
  append_netstring(canonical, previous);
  append_netstring(canonical, std::to_string(entry.seq));
  append_netstring(canonical, std::to_string(unix_seconds(entry.at)));
  for (const std::string& text : {entry.who, entry.what, entry.subject}) append_netstring(canonical, text);
  return hex_sha256(canonical);
}

void note_audit(Database& db, Time now, std::string_view who, AuditAct act, std::string_view subject) {
  // Locks the row; its old hash is still there.
  const auto head = db.row("UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash");
  if (!head) throw StorageError(StorageTrouble::broken, "the audit log has no head", "tertius audit verify");
  AuditEntry entry{
      .seq = head->integer(0), .at = now, .who = std::string(who), .subject = std::string(subject)};
  entry.what = audit_act_name(act);
  entry.hash = audit_hash(entry, head->text(1));
  static const std::string insert = insert_sql("audit", columns);
  db.run(insert, {entry.seq, value_of(entry.at), entry.who, entry.what, entry.subject, entry.hash});
  db.run("UPDATE audit_head SET hash = $1 WHERE id = 1", {entry.hash});
}

std::vector<AuditEntry> recent_audit(Database& db, Time since, int limit) {
  return select(db, "WHERE at >= $1 ORDER BY at DESC, seq DESC LIMIT $2", {value_of(since), value_of(limit)});
}

// Others may add entries meanwhile; each comes with its head.
AuditCheck check_audit(Database& db, std::string_view noted) {
  AuditCheck out{.head = std::string(audit_genesis), .has_noted = noted == audit_genesis};
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
  for (bool at_end = false;;) {
    const auto page = select(db, "WHERE seq >= $1 ORDER BY seq LIMIT $2", {from, value_of(page_size)});
    for (const AuditEntry& entry : page) {
      if (!take(entry, noted, out)) return out;
    }
    if (!page.empty()) {
      from = page.back().seq + 1;
      at_end = false;
      continue;
    }
    const Head head = load_head(db);
    if (head.seq > out.entries && !std::exchange(at_end, true)) continue;
    out.wrong = wrong_with(head, out);
    return out;
  }
}

}  // namespace tertius::storage
