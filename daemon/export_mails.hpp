#pragma once
// The mails of somebody as an mbox: the letters they wrote and the mails that went to them, as far as both
// are still kept (storage/retention.hpp), in the order in which they came and went.

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "daemon/engine.hpp"

namespace tertius::daemon {

using MailSink = std::function<void(const std::string& entry)>;  // mail/mbox.hpp

// Of more than these, the newest.
struct MailLimits {
  std::int64_t octets = std::numeric_limits<std::int64_t>::max();
  std::size_t notices = std::numeric_limits<std::size_t>::max();
};

// One entry in memory at a time. `addresses`: all of one person. How many there were.
std::size_t export_mails(Engine& engine, const std::vector<Address>& addresses, const MailSink& sink,
                         const MailLimits& most = {});

}  // namespace tertius::daemon
