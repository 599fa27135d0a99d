#pragma once
// The peer in C: the same mail made by GMime.

#include <string>

#include "mail/compose.hpp"

namespace tertius::bench {

std::string gmime_compose(const mail::Composition& mail);

}  // namespace tertius::bench
