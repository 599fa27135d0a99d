#pragma once
// The two seams to the outside: how a mail leaves and how a mailbox is read. Real ones are in daemon/ (SMTP
// over libcurl and Asio); `tertius try` and the tests put their own in place.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "broker/address.hpp"
#include "broker/delivery.hpp"

namespace tertius::mail {

// One mail to one recipient, as it will be sent: strict CRLF, not yet dot-stuffed.
struct OutgoingMail {
  std::optional<Address> sender;  // none is the null reverse-path "<>"
  Address recipient;
  std::string envelope_id;  // ENVID where the relay offers DSN; may be empty
  std::string bytes;
};

// Takes one mail, calls back once with what became of it. May call back at once or later, on the caller's
// thread.
using Sender = std::function<void(OutgoingMail mail, std::function<void(DeliveryResult)> done)>;

}  // namespace tertius::mail
