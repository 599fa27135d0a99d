#pragma once
// Webhooks and their deliveries: an outbox of its own. A delivery is queued in the transaction of the change
// it tells of. Each hook is told in the order of the changes, one delivery at a time: it is the hook that is
// claimed for a lease, by one of several daemons. Callers hold a transaction.

#include <optional>
#include <string>
#include <vector>

#include "broker/ids.hpp"
#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

enum class WebhookId : std::int64_t {};
enum class DeliveryId : std::int64_t {};

struct Webhook {
  WebhookId id{};
  std::optional<PersonId> person;  // none: the operator's, which is told of everything
  std::string url;
  std::string secret;  // "whsec_..."
  Time created_at{};
  std::optional<Time> failing_since = std::nullopt;  // the first failure since the last success
  std::optional<Time> disabled_at = std::nullopt;
  std::string disabled_why = {};
  int dropped = 0;                              // changes it was not told of
  std::optional<Time> ready_at = std::nullopt;  // none: nothing waits
};

struct Delivery {
  DeliveryId id{};
  WebhookId webhook{};
  IntroductionId introduction{};
  std::string shown_state;  // as the hook's owner sees it
  std::string body = {};    // empty once it is settled
  Time created_at{};
  int attempts = 0;
  std::string last_reply = {};
  bool taken = false;
  std::optional<Time> settled_at = std::nullopt;  // taken, or given up
};

inline constexpr int most_waiting = 1000;  // of one hook
inline constexpr std::chrono::days settled_kept{7};

void add_webhook(Database& db, const Webhook& hook);
std::optional<Webhook> find_webhook(Database& db, WebhookId id);
std::vector<Webhook> webhooks_of(Database& db, std::optional<PersonId> person);  // oldest first
std::vector<Webhook> recent_webhooks(Database& db, int limit);
bool remove_webhook(Database& db, WebhookId id);
// Of these people and of the operator, those that have not been turned off.
std::vector<Webhook> listening_webhooks(Database& db, PersonId requester, PersonId connector,
                                        PersonId target);

// False where the hook has `most_waiting` already, or has been turned off: it is not told.
bool queue_delivery(Database& db, const Delivery& delivery);
std::vector<Delivery> recent_deliveries(Database& db, WebhookId hook, int limit);  // newest first
std::int64_t count_waiting(Database& db, WebhookId hook);

struct ClaimedDelivery {
  Webhook hook;
  Delivery delivery;  // counted as one more attempt
};
// The first waiting delivery of each hook that is due.
std::vector<ClaimedDelivery> claim_deliveries(Database& db, Time now, std::chrono::seconds lease, int limit);
// What a daemon that is no more had claimed is due now. For SQLite, whose one daemon we are.
std::int64_t release_webhooks(Database& db, Time now);

// What became of a claimed delivery. One that somebody else has claimed meanwhile is left alone.
void take_delivery(Database& db, const Delivery& delivery, const std::string& reply, Time now);
void retry_delivery(Database& db, const Delivery& delivery, const std::string& reply, Time at, Time now);
void give_up_delivery(Database& db, const Delivery& delivery, const std::string& reply, Time now);
// False where it was already. Nothing waits for it any more.
bool disable_webhook(Database& db, WebhookId id, const std::string& why, Time now);
// With a clean sheet: it is told of what changes from now on. False where it was not off.
bool enable_webhook(Database& db, WebhookId id);

// What was to be told of this person's introductions is not told any more.
void forget_deliveries_about(Database& db, PersonId person);

}  // namespace tertius::storage
