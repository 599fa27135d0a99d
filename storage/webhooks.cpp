#include "storage/webhooks.hpp"

#include <array>

#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

constexpr auto hook_columns =
    std::to_array<std::string_view>({"id", "person", "url", "secret", "created_at", "failing_since",
                                     "disabled_at", "disabled_why", "dropped", "ready_at"});
constexpr auto delivery_columns =
    std::to_array<std::string_view>({"id", "webhook", "introduction", "shown_state", "body", "created_at",
                                     "attempts", "last_reply", "taken", "settled_at"});

Webhook read_hook(const Row& found) {
  RowReader row(found);
  Webhook hook;
  hook.id = row.id<WebhookId>();
  hook.person = row.optional_id<PersonId>();
  hook.url = row.text();
  hook.secret = row.text();
  hook.created_at = row.time();
  hook.failing_since = row.optional_time();
  hook.disabled_at = row.optional_time();
  hook.disabled_why = row.text();
  hook.dropped = row.number();
  hook.ready_at = row.optional_time();
  return hook;
}

Delivery read_delivery(const Row& found) {
  RowReader row(found);
  Delivery delivery;
  delivery.id = row.id<DeliveryId>();
  delivery.webhook = row.id<WebhookId>();
  delivery.introduction = row.id<IntroductionId>();
  delivery.shown_state = row.text();
  delivery.body = row.text();
  delivery.created_at = row.time();
  delivery.attempts = row.number();
  delivery.last_reply = row.text();
  delivery.taken = row.flag();
  delivery.settled_at = row.optional_time();
  return delivery;
}

std::vector<Webhook> select_hooks(Database& db, const std::string& tail,
                                  const std::vector<Value>& arguments) {
  std::vector<Webhook> hooks;
  for (const Row& row : db.rows("SELECT " + column_list(hook_columns) + " FROM webhooks " + tail, arguments))
    hooks.push_back(read_hook(row));
  return hooks;
}

// The first that waits for a hook we hold, counted before it is tried.
std::optional<Delivery> count_attempt(Database& db, WebhookId hook) {
  const auto row = db.row(
      "UPDATE webhook_deliveries SET attempts = attempts + 1 WHERE id = (SELECT MIN(id) FROM "
      "webhook_deliveries WHERE webhook = $1 AND settled_at IS NULL) RETURNING " +
          column_list(delivery_columns),
      {value_of(hook)});
  return row ? std::optional(read_delivery(*row)) : std::nullopt;
}

bool settle(Database& db, const Delivery& delivery, bool taken, const std::string& reply, Time now) {
  return db.run(
             "UPDATE webhook_deliveries SET settled_at = $3, taken = $4, last_reply = $5, body = '' WHERE id "
             "= "
             "$1 AND attempts = $2 AND settled_at IS NULL",
             {value_of(delivery.id), value_of(delivery.attempts), value_of(now), value_of(taken), reply}) > 0;
}

void forget_old(Database& db, WebhookId hook, Time now) {
  db.run("DELETE FROM webhook_deliveries WHERE webhook = $1 AND created_at < $2 AND settled_at IS NOT NULL",
         {value_of(hook), value_of(now - settled_kept)});
}

void go_on(Database& db, WebhookId hook, Time now) {
  db.run("UPDATE webhooks SET ready_at = $2 WHERE id = $1 AND disabled_at IS NULL",
         {value_of(hook), count_waiting(db, hook) > 0 ? value_of(now) : Value(nullptr)});
  forget_old(db, hook, now);
}

// Its row is locked from here on: whoever queues something for it waits, so that it is not told that nothing
// waits just when something comes.
void note_failure(Database& db, WebhookId hook, Time now) {
  db.run("UPDATE webhooks SET failing_since = COALESCE(failing_since, $2) WHERE id = $1",
         {value_of(hook), value_of(now)});
}

}  // namespace

void add_webhook(Database& db, const Webhook& hook) {
  db.run(insert_sql("webhooks", hook_columns),
         {value_of(hook.id), value_of(hook.person), hook.url, hook.secret, value_of(hook.created_at),
          value_of(hook.failing_since), value_of(hook.disabled_at), hook.disabled_why, value_of(hook.dropped),
          value_of(hook.ready_at)});
}

std::optional<Webhook> find_webhook(Database& db, WebhookId id) {
  auto hooks = select_hooks(db, "WHERE id = $1", {value_of(id)});
  return hooks.empty() ? std::nullopt : std::optional(std::move(hooks.front()));
}

std::vector<Webhook> webhooks_of(Database& db, std::optional<PersonId> person) {
  if (!person) return select_hooks(db, "WHERE person IS NULL ORDER BY id", {});
  return select_hooks(db, "WHERE person = $1 ORDER BY id", {value_of(*person)});
}

std::vector<Webhook> recent_webhooks(Database& db, int limit) {
  return select_hooks(db, "ORDER BY created_at DESC, id DESC LIMIT $1", {value_of(limit)});
}

bool remove_webhook(Database& db, WebhookId id) {
  return db.run("DELETE FROM webhooks WHERE id = $1", {value_of(id)}) > 0;
}

std::vector<Webhook> listening_webhooks(Database& db, PersonId requester, PersonId connector,
                                        PersonId target) {
  return select_hooks(db,
                      "WHERE (person IN ($1, $2, $3) OR person IS NULL) AND disabled_at IS NULL ORDER BY id",
                      {value_of(requester), value_of(connector), value_of(target)});
}

bool queue_delivery(Database& db, const Delivery& delivery) {
  const Value hook = value_of(delivery.webhook);
  const auto awake =
      db.run("UPDATE webhooks SET ready_at = COALESCE(ready_at, $2) WHERE id = $1 AND disabled_at IS NULL",
             {hook, value_of(delivery.created_at)});
  if (awake == 0) return false;
  if (count_waiting(db, delivery.webhook) >= most_waiting) {
    db.run("UPDATE webhooks SET dropped = dropped + 1 WHERE id = $1", {hook});
    return false;
  }
  db.run(insert_sql("webhook_deliveries", delivery_columns),
         {value_of(delivery.id), hook, value_of(delivery.introduction), delivery.shown_state, delivery.body,
          value_of(delivery.created_at), value_of(delivery.attempts), delivery.last_reply,
          value_of(delivery.taken), value_of(delivery.settled_at)});
  return true;
}

std::vector<Delivery> recent_deliveries(Database& db, WebhookId hook, int limit) {
  std::vector<Delivery> out;
  for (const Row& row : db.rows("SELECT " + column_list(delivery_columns) +
                                    " FROM webhook_deliveries WHERE webhook = $1 ORDER BY created_at DESC, "
                                    "id DESC LIMIT $2",
                                {value_of(hook), value_of(limit)}))
    out.push_back(read_delivery(row));
  return out;
}

std::int64_t count_waiting(Database& db, WebhookId hook) {
  return db
      .row("SELECT COUNT(*) FROM webhook_deliveries WHERE webhook = $1 AND settled_at IS NULL",
           {value_of(hook)})
      ->integer(0);
}

std::vector<ClaimedDelivery> claim_deliveries(Database& db, Time now, std::chrono::seconds lease, int limit) {
  const std::string sql =
      "WITH picked AS MATERIALIZED (SELECT id FROM webhooks WHERE ready_at <= $1 ORDER BY ready_at, id LIMIT "
      "$2" +
      std::string(db.is_postgres() ? " FOR UPDATE SKIP LOCKED" : "") +
      ") UPDATE webhooks SET ready_at = $3 WHERE id IN (SELECT id FROM picked) RETURNING " +
      column_list(hook_columns);
  std::vector<ClaimedDelivery> claimed;
  for (const Row& row : db.rows(sql, {value_of(now), value_of(limit), value_of(now + lease)})) {
    Webhook hook = read_hook(row);
    if (auto delivery = count_attempt(db, hook.id))
      claimed.push_back({std::move(hook), std::move(*delivery)});
    else
      go_on(db, hook.id, now);  // what waited was forgotten with a person
  }
  return claimed;
}

std::int64_t release_webhooks(Database& db, Time now) {
  return db.run("UPDATE webhooks SET ready_at = $1 WHERE ready_at > $1 AND failing_since IS NULL",
                {value_of(now)});
}

void take_delivery(Database& db, const Delivery& delivery, const std::string& reply, Time now) {
  db.run("UPDATE webhooks SET failing_since = NULL WHERE id = $1", {value_of(delivery.webhook)});
  if (settle(db, delivery, true, reply, now)) go_on(db, delivery.webhook, now);
}

void retry_delivery(Database& db, const Delivery& delivery, const std::string& reply, Time at, Time now) {
  note_failure(db, delivery.webhook, now);
  const auto ours = db.run(
      "UPDATE webhook_deliveries SET last_reply = $3 WHERE id = $1 AND attempts = $2 AND settled_at IS NULL",
      {value_of(delivery.id), value_of(delivery.attempts), reply});
  if (ours > 0)
    db.run("UPDATE webhooks SET ready_at = $2 WHERE id = $1 AND disabled_at IS NULL",
           {value_of(delivery.webhook), value_of(at)});
}

void give_up_delivery(Database& db, const Delivery& delivery, const std::string& reply, Time now) {
  note_failure(db, delivery.webhook, now);
  if (settle(db, delivery, false, reply, now)) go_on(db, delivery.webhook, now);
}

bool disable_webhook(Database& db, WebhookId id, const std::string& why, Time now) {
  const auto changed = db.run(
      "UPDATE webhooks SET disabled_at = $2, disabled_why = $3, ready_at = NULL WHERE id = $1 AND "
      "disabled_at IS NULL",
      {value_of(id), value_of(now), why});
  db.run("DELETE FROM webhook_deliveries WHERE webhook = $1 AND settled_at IS NULL", {value_of(id)});
  return changed > 0;
}

bool enable_webhook(Database& db, WebhookId id) {
  return db.run(
             "UPDATE webhooks SET disabled_at = NULL, disabled_why = '', failing_since = NULL, dropped = 0 "
             "WHERE id = $1 AND disabled_at IS NOT NULL",
             {value_of(id)}) > 0;
}

void forget_deliveries_about(Database& db, PersonId person) {
  db.run(
      "DELETE FROM webhook_deliveries WHERE introduction IN (SELECT id FROM introductions WHERE requester = "
      "$1 "
      "UNION SELECT id FROM introductions WHERE target = $1 UNION SELECT introduction FROM asks WHERE "
      "connector = $1)",
      {value_of(person)});
}

}  // namespace tertius::storage
