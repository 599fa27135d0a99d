#include "daemon/webhook_retries.hpp"

#include <array>

#include "daemon/alerts.hpp"
#include "daemon/log.hpp"
#include "web/api_json.hpp"

namespace tertius::daemon {

namespace {

using namespace std::chrono_literals;

constexpr auto waits = std::to_array<std::chrono::seconds>({5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h});

constexpr int gone = 410;

// A member sees it on the page /webhooks.
void turn_off(Engine& engine, const storage::Webhook& hook, const std::string& why) {
  if (!storage::disable_webhook(engine.db, hook.id, why, engine.now())) return;
  log_warning("webhook", "hook=" + web::id_text(hook.id) + " turned_off=" + log_value(why));
  if (!hook.person)
    post_alert(engine, wording("A webhook was turned off"), {verbatim(hook.url), verbatim(why)}, true);
}

void settle_failure(Engine& engine, const storage::ClaimedDelivery& claimed, const mail::HttpReply& reply) {
  const std::string& why = reply.line;
  const auto& [hook, delivery] = claimed;
  const Time now = engine.now();
  if (const auto wait = wait_after(delivery.attempts, reply.retry_after))
    storage::retry_delivery(engine.db, delivery, why, now + *wait, now);
  else
    storage::give_up_delivery(engine.db, delivery, why, now);
  if (hook.failing_since && now >= *hook.failing_since + longest_failing)
    turn_off(engine, hook, "It has failed for five days, the last time with: " + why);
}

}  // namespace

std::optional<std::chrono::seconds> wait_after(int attempts, std::chrono::seconds asked) {
  const auto step = static_cast<std::size_t>(std::max(attempts, 1)) - 1;
  if (step >= waits.size()) return std::nullopt;
  return std::max(waits[step], std::min<std::chrono::seconds>(asked, longest_asked_wait));
}

void settle_webhook(Engine& engine, const storage::ClaimedDelivery& claimed, const mail::HttpReply& reply) {
  log_info("webhook", "hook=" + web::id_text(claimed.hook.id) + " attempt=" +
                          std::to_string(claimed.delivery.attempts) + " reply=" + log_value(reply.line));
  if (reply.status >= 200 && reply.status < 300)
    return storage::take_delivery(engine.db, claimed.delivery, reply.line, engine.now());
  if (reply.status != gone) return settle_failure(engine, claimed, reply);
  storage::give_up_delivery(engine.db, claimed.delivery, reply.line, engine.now());
  turn_off(engine, claimed.hook, "Its server says that it is gone: " + reply.line);
}

}  // namespace tertius::daemon
