#pragma once
// UTF-8, code point by code point (RFC 3629). Total: an invalid octet reads as U+FFFD and is one octet long,
// so that every loop ends. Threads: pure.

#include <cstddef>
#include <string>
#include <string_view>

namespace tertius {

// Takes the first code point off `rest`, which must not be empty.
char32_t take_code_point(std::string_view& rest);
void append_code_point(std::string& out, char32_t point);
bool is_utf8(std::string_view text);
// At most so many octets, and no code point in halves.
std::string_view utf8_prefix(std::string_view text, std::size_t most);
std::size_t count_code_points(std::string_view text);

}  // namespace tertius
