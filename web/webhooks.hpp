#pragma once
// Making a webhook, for the page, the API and the command line.

#include <optional>
#include <string>

#include "broker/result.hpp"
#include "storage/webhooks.hpp"
#include "web/desk.hpp"

namespace tertius::web {

inline constexpr std::size_t most_webhooks = 10;  // of one person, or of the operator

// `person` is whose it is; nobody's is the operator's and told of everything. Its secret is for showing once.
Result<storage::Webhook> make_webhook(const Desk& desk, std::optional<PersonId> person,
                                      const std::string& url);

struct WebhookStanding {
  std::string text;       // "good", "failing", "turned off"
  std::string_view kind;  // of a pill
};
WebhookStanding standing_of(const storage::Webhook& hook);

}  // namespace tertius::web
