#pragma once
// Why a door did not open, and what that means for the notice that waited behind it.

#include <span>
#include <string>
#include <string_view>

#include "broker/delivery.hpp"

namespace tertius::mail {

enum class DoorFault {
  unreachable,  // no name, no route, no answer in time
  tls,          // not offered, or no common version
  certificate,  // not to be trusted: the operator must look
  login,        // refused, or none offered where we have one to give
  busy,         // 421 and other 4xx: later
  refused,      // it answers, and wants nothing of us
};

struct DoorFailure {
  DoorFault fault = DoorFault::unreachable;
  int code = 0;  // of the server's last reply, where that refused
  std::string enhanced;
  std::string text;
};

struct DoorMeaning {
  DoorFault fault;
  std::string_view name;
  Delivery delivery;
  bool login_refused;  // the operator must act, the relay pauses
};

std::span<const DoorMeaning> door_meanings();

DeliveryResult delivery_of(const DoorFailure& failure);

}  // namespace tertius::mail
