#pragma once
// The byte in which a Network keeps what a search has to know of a person.

#include <cstdint>

#include "broker/network.hpp"

namespace tertius {

enum NetworkTrait : std::uint8_t {
  trait_member = 1,
  trait_stopped = 2,
  trait_meets_nobody = 4,
  trait_has_address = 8,
  trait_unnamed = 16,
  trait_never_shown = 32,
  trait_refuses = 64,   // somebody
  trait_changed = 128,  // their neighbours stand beside the array
};

std::uint8_t traits_of(const NetworkPerson& person);
NetworkPerson person_of(PersonId id, std::uint8_t traits);

}  // namespace tertius
