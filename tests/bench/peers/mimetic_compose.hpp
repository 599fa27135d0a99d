#pragma once
// The peer in C++: the same mail made by mimetic, which the product reads letters with.

#include <string>

#include "mail/compose.hpp"

namespace tertius::bench {

std::string mimetic_compose(const mail::Composition& mail);

}  // namespace tertius::bench
