#pragma once
// What the operator does to one notice, on the command line and on the dashboard. The caller holds a
// transaction.

#include <string>

#include "broker/result.hpp"
#include "storage/outbox.hpp"

namespace tertius::storage {

enum class ByHand { retry, cancel };

// Retry: due now, as if never tried, unless it asks about an introduction that has ended. Cancel: never sent.
// What has been sent or is on its way stays as it is. The Failure says why nothing was changed.
Done change_notice(Database& db, NoticeId id, ByHand what, Time now);

}  // namespace tertius::storage
