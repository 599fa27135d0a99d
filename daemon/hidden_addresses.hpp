#pragma once
// R and T learn each other's addresses from the introduction and from nothing before it, whoever wrote them
// down: a signature below a refusal, a connector's kind word, a relay's reply. Pure, linear time.

#include <span>
#include <string>

#include "broker/address.hpp"
#include "broker/notice.hpp"

namespace tertius::daemon {

// Puts words in place of each of the addresses, in any case, wherever a value or a section has one.
void hide_addresses(Fields& fields, std::span<const Address> addresses);

}  // namespace tertius::daemon
