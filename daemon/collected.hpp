#pragma once
// A letter that lies in a mailbox -> as LMTP would have brought it (mail/delivered.hpp).

#include <string>

#include "broker/link.hpp"
#include "mail/lmtp.hpp"

namespace tertius::daemon {

// To us in any case: the server may have written no recipient, or another mailbox's that this one collects
// for.
mail::ReceivedLetter collected_letter(const Links& links, std::string bytes);

}  // namespace tertius::daemon
