#pragma once
// What became of one notice at the relay (RFC 5321 4.2, RFC 3463).

#include <string>

namespace tertius {

enum class Delivery {
  sent,       // 250 after the dot
  deferred,   // 4xx, or the connection failed before the dot: try again later
  bounced,    // 5xx for this message or recipient: never again
  ambiguous,  // lost after the dot: it may have been taken
  unharmed,   // 421, refused login, no relay: not this notice's fault; its count of attempts stays
};

struct DeliveryResult {
  Delivery delivery = Delivery::deferred;
  int code = 0;                  // 250; 0 where no reply came
  std::string enhanced;          // "5.1.1" or empty
  std::string text;              // the reply's text (the queue id on success), or what failed
  bool address_is_dead = false;  // 5.1.x, 5.2.1: nothing will ever be taken for this address
  bool login_refused = false;    // 535 and kin: the operator must act; the relay pauses
};

}  // namespace tertius
