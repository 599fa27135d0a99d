#pragma once
// A letter that LMTP brings, a Maildir or a provider -> the database thread -> what is said to each recipient
// (RFC 2033 4.2). On the I/O thread.

#include "daemon/database_thread.hpp"
#include "daemon/lmtp_server.hpp"

namespace tertius::daemon {

// One job for all recipients of a letter: it is stored for all of them or for none.
void take_letter(DatabaseThread& database, mail::ReceivedLetter letter, LmtpHandlers::Verdicts done);

}  // namespace tertius::daemon
