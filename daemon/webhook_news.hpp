#pragma once
// What webhooks are told of an introduction, queued in the transaction that changes it. Each person's hooks
// are told what that person sees and when they see it (broker/sight.hpp); the operator's are told of
// everything.

#include "daemon/engine.hpp"

namespace tertius::daemon {

// `before` is null where it has just come.
void tell_webhooks(Engine& engine, const Introduction* before, const Introduction& after);

}  // namespace tertius::daemon
