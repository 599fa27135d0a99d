#pragma once
// The audit log: what operators, members and the daemon did that reaches further than one introduction (those
// have histories of their own), each entry chained to the one before it by SHA-256. It is never shortened.
// Somebody who can write in the database can make the whole chain anew; only a head that was noted elsewhere
// tells. Writers take turns by the row of the head, so that two daemons on one PostgreSQL make one chain.
// Callers hold a transaction.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/ids.hpp"
#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

enum class AuditAct {
  signed_in,
  exported,
  erased,
  member_added,
  merged,
  parted,
  token_added,
  token_revoked,
  webhook_added,
  webhook_removed,
  key_rotated,
  key_forgotten,
  reloaded,
  backed_up,
  restored,
  sending_stopped,
  sending_resumed,
  notice_retried,
  notice_cancelled,
  expired,
};
std::string_view audit_act_name(AuditAct act);  // "token add"

// Who did it. A person is named by their id alone, which is nobody's any more once they are erased.
inline constexpr std::string_view by_operator = "operator", by_daemon = "daemon";
std::string by_person(PersonId id);  // "person 12", as whom it was done to, too

struct AuditEntry {
  std::int64_t seq = 0;
  Time at{};
  std::string who = {}, what = {}, subject = {};
  std::string hash = {};  // of the previous entry's hash and all the above
};

// What the first entry is chained to.
inline constexpr std::string_view audit_genesis =
    "0000000000000000000000000000000000000000000000000000000000000000";

// SHA-256 over netstrings ("5:hello,") of the previous hash, seq, at (Unix seconds), who, what and subject,
// in hex. No two entries have the same text.
std::string audit_hash(const AuditEntry& entry, std::string_view previous);

// `subject` names no address and holds nobody's words.
void note_audit(Database& db, Time now, std::string_view who, AuditAct act, std::string_view subject);

// Newest first.
std::vector<AuditEntry> recent_audit(Database& db, Time since, int limit);

struct AuditCheck {
  std::int64_t entries = 0;  // that are as they were written
  std::string head = {};     // of the last of these
  bool has_noted = false;    // the noted head is one of theirs
  std::string wrong = {};    // why the next one is not; empty: the chain is whole
};
// Walks the whole chain, in pages. `noted`: a head that somebody has kept.
AuditCheck check_audit(Database& db, std::string_view noted);

}  // namespace tertius::storage
