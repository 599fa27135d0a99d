#pragma once
// What becomes of a delivery once its server has answered, or has not: taken by any 2xx, given up at 410,
// else tried again for three days as the Standard Webhooks specification proposes. A hook that has known
// nothing but failures for longer is turned off.

#include <chrono>
#include <optional>

#include "daemon/engine.hpp"
#include "mail/http_post.hpp"
#include "storage/webhooks.hpp"

namespace tertius::daemon {

inline constexpr std::chrono::days longest_failing{5};

// A server that asks for time gets it, and not for ever.
inline constexpr std::chrono::days longest_asked_wait{1};

// Until the next attempt, after so many; none: it is given up. `asked`: what the server wants.
std::optional<std::chrono::seconds> wait_after(int attempts, std::chrono::seconds asked = {});

void settle_webhook(Engine& engine, const storage::ClaimedDelivery& claimed, const mail::HttpReply& reply);

}  // namespace tertius::daemon
