#pragma once
// What every contact file is before it is anything else: text. Pure.

#include <string>
#include <string_view>

#include "broker/result.hpp"

namespace tertius::contacts {

// The bytes without their byte order mark. Fails for NUL octets and for files known by their first octets
// (ZIP, PDF, HTML), with what to do instead.
Result<std::string_view> text_of_file(std::string_view bytes);

// One line without control characters, its runs of spaces made one.
std::string one_line(std::string_view text);

}  // namespace tertius::contacts
