#pragma once
// An outbox row as the mail that is sent, and as the mail that `tertius preview` shows: who it is from and
// to, its thread, its headers and its words. Pure; any thread, once the templates are loaded.

#include "broker/result.hpp"
#include "daemon/engine.hpp"
#include "mail/ports.hpp"

namespace tertius::daemon {

// The same bytes each time. Fails where a template does, which leaves the row to the operator.
Result<mail::OutgoingMail> write_mail(const storage::OutboxRow& row, const EngineSettings& settings);

}  // namespace tertius::daemon
