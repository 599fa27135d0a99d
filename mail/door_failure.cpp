#include "mail/door_failure.hpp"

#include <algorithm>
#include <array>

namespace tertius::mail {
namespace {

constexpr auto table = std::to_array<DoorMeaning>({
    {DoorFault::unreachable, "cannot reach the relay", Delivery::deferred, false},
    {DoorFault::tls, "no TLS with the relay", Delivery::deferred, false},
    {DoorFault::certificate, "the relay's certificate is not trusted", Delivery::unharmed, true},
    {DoorFault::login, "the relay refuses our login", Delivery::unharmed, true},
    {DoorFault::busy, "the relay is busy", Delivery::unharmed, false},
    {DoorFault::refused, "the relay turns us away", Delivery::deferred, false},
});

}  // namespace

std::span<const DoorMeaning> door_meanings() { return table; }

DeliveryResult delivery_of(const DoorFailure& failure) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const DoorMeaning& meaning) { return meaning.fault == failure.fault; });
  DeliveryResult result;
  result.delivery = row->delivery;
  result.code = failure.code;
  result.enhanced = failure.enhanced;
  result.text = std::string(row->name) + ": " + failure.text;
  result.login_refused = row->login_refused;
  return result;
}

}  // namespace tertius::mail
