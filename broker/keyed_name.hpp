#pragma once
// Names that nobody can guess without the key, and that the key's holder can make again. Pure.

#include <string>
#include <string_view>

#include "broker/link.hpp"

namespace tertius {

// 64 bits as 16 hexadecimal digits; another `use` of the same text gets others.
std::string keyed_name(std::string_view use, std::string_view text, const LinkKey& key);

}  // namespace tertius
