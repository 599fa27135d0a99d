#pragma once
// What the operator must hear of: as an error in the log, and by mail where an address is given. The same
// alert is mailed once a day. A relay that refuses us carries the mail when it takes us again; the log does
// not wait.

#include "broker/wording.hpp"
#include "daemon/engine.hpp"

namespace tertius::daemon {

// The mail of it, in the operator's language where they are known.
Answer alert_answer(const Address& to, const std::optional<Person>& person, const Wording& alert,
                    const std::vector<Wording>& details);

// Within the caller's transaction. `details` are lines below it: what was seen, what helps.
// `each`: about one thing of its own, so that the next such thing is told too.
void post_alert(Engine& engine, const Wording& alert, const std::vector<Wording>& details, bool each = false);

}  // namespace tertius::daemon
