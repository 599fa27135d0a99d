#pragma once
// Whether a pitch speaks of an organisation or a role, as people name them in prose. Pure, linear time.

#include <string>
#include <string_view>

#include "broker/coach_reading.hpp"

namespace tertius::rules {

// The whole name in any case, a word of it that is rare in prose and capital, or its initials.
bool names_organisation(const Passage& pitch, const std::string& organisation);
// A word of the title: "marketing" of "VP Marketing".
bool names_role(const Passage& pitch, const std::string& title);

}  // namespace tertius::rules
