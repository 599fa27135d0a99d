#pragma once
// What the pages about contacts and their files share.

#include <cstdint>
#include <optional>
#include <string_view>

#include "web/upload.hpp"

namespace tertius::web {

// A whole number and nothing else.
std::optional<std::int64_t> number_in(std::string_view text);

}  // namespace tertius::web
