#pragma once
// Out-of-office replies that say so only in words: the subjects that mail programs write in 25 languages, and
// the day of return where one is named.

#include <optional>
#include <string_view>

#include "broker/time.hpp"

namespace tertius::reading {

// The prefix found, in the table's own spelling; empty where the subject is none of them. "Re: Out of office"
// is a person answering one.
std::string_view find_away_subject(std::string_view subject);

// The future day the text names: "back on Monday", "bis 12. August", "until 2026-04-01". The latest of them,
// since absences are written as "from ... until ...".
std::optional<Time> find_return(std::string_view subject, std::string_view text, Time now);

}  // namespace tertius::reading
