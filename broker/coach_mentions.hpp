#pragma once
// Whether a text speaks of an organisation or a role, as people name them in prose. Pure, linear time.

#include <string>
#include <string_view>

namespace tertius::rules {

// The whole name in any case, a word of it that is rare in prose and capital, or its initials. `spaced_text`
// is spaced(text).
bool names_organisation(std::string_view text, std::string_view spaced_text, const std::string& organisation);
// A word of the title: "marketing" of "VP Marketing".
bool names_role(std::string_view spaced_text, const std::string& title);

}  // namespace tertius::rules
