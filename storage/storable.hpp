#pragma once
// Text as both engines take it: well-formed UTF-8 without NUL. PostgreSQL refuses anything else, and a letter
// that cannot be stored would be sent again and again. Pure.

#include <string>
#include <string_view>

namespace tertius::storage {

bool is_storable(std::string_view text);

// The text with U+FFFD for each octet that is_storable() objects to.
std::string make_storable(std::string_view text);

}  // namespace tertius::storage
