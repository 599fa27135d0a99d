#pragma once
// A Date field -> when it says the letter was written (RFC 5322 3.3, with the zones by name and the years of
// two digits of 4.3). Empty for what is no date, or lies before there was mail (1970). Pure.

#include <optional>
#include <string_view>

#include "broker/time.hpp"

namespace tertius::mail {

std::optional<Time> read_date(std::string_view field);

}  // namespace tertius::mail
