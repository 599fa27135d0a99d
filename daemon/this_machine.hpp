#pragma once
// Where this process runs, said so that another on the same machine can tell whether it still does.

#include "storage/daemons.hpp"

namespace tertius::daemon {

// host, machine, boot and pid.
storage::DaemonRow this_process();

// Whether `other` has ended for certain: it ran on this machine, which has no such process any more, or has
// started anew since (and nothing was heard of it lately). One on another machine that is silent may be cut
// off, and at work.
bool has_ended(const storage::DaemonRow& other, const storage::DaemonRow& here, Time now);

}  // namespace tertius::daemon
