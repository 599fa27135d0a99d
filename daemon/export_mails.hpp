#pragma once
// The mails of a person as an mbox: the letters they wrote and the mails that went to them, as far as both
// are still kept (storage/retention.hpp), in the order in which they came and went.

#include <functional>
#include <limits>
#include <string>

#include "daemon/engine.hpp"

namespace tertius::daemon {

using MailSink = std::function<void(const std::string& entry)>;  // mail/mbox.hpp

// One entry in memory at a time. Of more than `most_octets`, the newest. How many there were.
std::size_t export_mails(Engine& engine, PersonId person, const MailSink& sink,
                         std::int64_t most_octets = std::numeric_limits<std::int64_t>::max());

}  // namespace tertius::daemon
