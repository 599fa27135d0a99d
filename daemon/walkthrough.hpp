#pragma once
// `tertius try --walkthrough`: one whole introduction through the same paths that people use: letters over
// LMTP, pages over HTTP, mails in the sandbox's mailboxes, and the clock moved where people would wait.

#include <ostream>

#include "daemon/service.hpp"
#include "daemon/try_pages.hpp"

namespace tertius::daemon {

// Prints each mail's subject and recipient and each step. True where the introduction reached both R and T.
bool walk_through(Service& service, TryRoom& room, const Links& links, std::ostream& out);

}  // namespace tertius::daemon
