#pragma once
// The outbox's way out: rows claimed in the database thread, written as mail anywhere (notice_letter.hpp),
// settled in the database thread with what the relay said. An attempt is counted before it is dialled.

#include <optional>
#include <vector>

#include "broker/delivery.hpp"
#include "daemon/engine.hpp"

namespace tertius::daemon {

// Longer than a mail may wait for its connection (RelayLimits::longest_wait: 4 minutes) and a whole
// transaction may take (RFC 5321 4.5.3.2: 5 + 5 + 2 + 3 + 10 minutes) together.
inline constexpr std::chrono::minutes outbox_lease{30};

// Notices of ours that are claimed and not `under_way` go back: the answer to the commit that claimed them
// was lost, and they were not looked for again.
void release_strays(Engine& engine, const std::vector<NoticeId>& under_way);

// Up to `limit` notices to send now; none while sending is stopped. Those to suppressed addresses are settled
// here and not handed out.
std::vector<storage::OutboxRow> claim(Engine& engine, int limit);

struct Attempt {
  storage::OutboxRow row;
  DeliveryResult result;
  std::optional<Time> turn = std::nullopt;  // not tried: the rates keep it until then
  bool begins_pause = false;                // the relay refused us, and the operator must hear of it
  bool unwritten = false;                   // a template failed
  int epoch = 0;                            // RelayPace::epoch() when it was dialled
};
// Closes or reschedules the rows and steps the introductions whose mail cannot be delivered, in one
// transaction.
void settle(Engine& engine, const std::vector<Attempt>& attempts);

// A storm of bounces (bounce_watch.hpp): no more mail goes out, and the operator is told.
void stop_in_storm(Engine& engine);

}  // namespace tertius::daemon
