#pragma once

#include <utility>

#include "broker/person.hpp"

namespace tertius {

// The same from the other end: two who wrote to each other have it in either mailbox.
inline Tie turned_round(Tie tie) {
  std::swap(tie.owner, tie.contact);
  return tie;
}

}  // namespace tertius
