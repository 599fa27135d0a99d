#pragma once
// One letter as it stands in an mbox file (RFC 4155) in the "mboxrd" form: a "From " line before it, an empty
// line behind it, and lines that begin with any number of ">" and then "From " have one ">" more, so that
// taking one away gives back what was there. Line ends are LF, as in every mbox. Pure, linear.

#include <string>
#include <string_view>

#include "broker/time.hpp"

namespace tertius::mail {

// An empty sender is the null one.
std::string mbox_entry(std::string_view sender, Time at, std::string_view letter);

}  // namespace tertius::mail
