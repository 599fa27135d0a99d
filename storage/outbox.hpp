#pragma once
// The outbox: notices waiting to be sent. A row is written in the transaction that causes the notice. A
// sender claims rows in batches under a lease, counting the attempt before it dials; a crash lets the lease
// run out and the row comes back with the same Message-ID. Callers hold a transaction.

#include <optional>
#include <string>
#include <vector>

#include "broker/delivery.hpp"
#include "broker/notice.hpp"
#include "storage/daemons.hpp"
#include "storage/db.hpp"
#include "storage/place.hpp"

namespace tertius::storage {

enum class OutboxState { due, claimed, sent, failed, cancelled };

struct OutboxRow {
  NoticeId id{};
  std::optional<IntroductionId> introduction;
  NoticeKind kind{};
  Role role{};                     // of the recipient, in the introduction
  std::optional<PersonId> person;  // none for an answer to a stranger
  std::string recipient;           // addr-spec
  std::string language{"en"};
  std::string message_id;  // without angle brackets; stable over retries
  Fields fields;           // all the template needs, as they were when the notice was caused
  int priority = 0;
  Time not_before{};
  Time created_at{};
  OutboxState state = OutboxState::due;
  int attempts = 0;
  std::optional<Time> lease_until;
  std::string last_reply;  // the relay's last word; with `sent` its queue id
  std::optional<Time> sent_at;
};

void add_notice(Database& db, const OutboxRow& row);

// Up to `limit` due rows, and claimed rows whose lease has run out, by priority, then age (of one priority
// those that have been ready longest are chosen). Each is now claimed until now + lease and its attempts are
// one more. PostgreSQL: FOR UPDATE SKIP LOCKED.
enum class Claimable { all, alerts };  // alerts: those to the operator alone
std::vector<OutboxRow> claim_notices(Database& db, Time now, std::chrono::seconds lease, int limit,
                                     Claimable which = Claimable::all, DaemonId by = {});

// The one daemon of an SQLite file starts: whatever is still claimed was claimed by one that is dead, and
// need not wait for its lease. The number released.
std::int64_t release_claims(Database& db, Time now);
// The same where there are several, of one that is certainly dead.
std::int64_t release_claims_of(Database& db, DaemonId dead, Time now);
// Of our own those that we know nothing of: a commit whose answer was lost had claimed them.
std::int64_t release_strays(Database& db, DaemonId by, const std::vector<NoticeId>& under_way, Time now);

struct Settlement {
  NoticeId id{};
  OutboxState state{};  // sent, failed, or due again at `not_before`
  Time not_before{};
  std::string reply;
  bool uncounted = false;  // the attempt was not this notice's fault
};
// For each whether it was: what has become another's meanwhile, because our lease ran out, is theirs to
// settle, but that it was sent counts whoever says so.
std::vector<bool> settle_notices(Database& db, const std::vector<Settlement>& settlements, Time now,
                                 DaemonId by = {});

// By the operator's hand: due now, as if never tried; false where it is sent, on its way, or unknown.
bool retry_notice(Database& db, NoticeId id, Time now);
// False where it has been sent, is on its way, or is unknown.
bool cancel_notice(Database& db, NoticeId id);

// Questions to C and T that nobody has claimed yet and that have lost their point; the number cancelled.
std::int64_t cancel_unsent(Database& db, IntroductionId id);

std::optional<OutboxRow> find_notice(Database& db, NoticeId id);
std::optional<OutboxRow> find_notice_by_message_id(Database& db, const std::string& message_id);
// The newest notice of a kind-independent conversation with this role: what a reply most likely answers.
// `as_of`: among those that had been written by then; a letter that is looked at later answers none since.
std::optional<OutboxRow> find_latest_notice(Database& db, IntroductionId id, Role role,
                                            Time as_of = Time::max());
std::vector<OutboxRow> recent_notices(Database& db, int limit);
std::vector<OutboxRow> notices_before(Database& db, const Place& place, int limit);
std::vector<OutboxRow> notices_to(Database& db, const std::string& recipient);
std::optional<Time> earliest_not_before(Database& db);  // of due rows; and of leases running out
std::int64_t count_waiting(Database& db);
// A human answered is one thing, a machine another: RFC 3834 2 wants at most one automatic answer per sender
// a day.
bool answered_since(Database& db, const std::string& recipient, NoticeKind kind, Time since);

// Addresses that are never dialled: hard bounces and people who stopped all mail.
void suppress(Database& db, const std::string& address, const std::string& why, Time now);
// The same, and the address itself is not kept: for people who were erased.
void suppress_by_hash(Database& db, const std::string& address, const std::string& why, Time now);
void unsuppress(Database& db, const std::string& address);
// Only where that was the reason: an address that is dead stays dead.
void unsuppress_because(Database& db, const std::string& address, const std::string& why);
bool is_suppressed(Database& db, const std::string& address);
struct Suppression {
  std::string why;
  Time since{};
};
std::optional<Suppression> find_suppression(Database& db, const std::string& address);

}  // namespace tertius::storage
