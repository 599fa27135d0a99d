#include "web/webhooks.hpp"

#include "mail/hook_url.hpp"
#include "web/api_secret.hpp"

namespace tertius::web {

Result<storage::Webhook> make_webhook(const Desk& desk, std::optional<PersonId> person,
                                      const std::string& url) {
  if (const Done good = mail::check_hook_url(url, desk.private_webhooks); !good) return good.error();
  if (storage::webhooks_of(desk.db, person).size() >= most_webhooks)
    return Failure{"There are ten webhooks already.", "Remove one that is not used any more."};
  storage::Webhook hook{.id = storage::WebhookId{desk.new_id()},
                        .person = person,
                        .url = url,
                        .secret = new_webhook_secret(),
                        .created_at = desk.now};
  storage::add_webhook(desk.db, hook);
  return hook;
}

WebhookStanding standing_of(const storage::Webhook& hook) {
  if (hook.disabled_at) return {"turned off", "bad"};
  if (hook.failing_since) return {"failing", "wait"};
  return {"good", "good"};
}

}  // namespace tertius::web
