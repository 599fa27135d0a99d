#pragma once
// Values from strangers -> text that is safe to print: valid UTF-8 without control characters. Pure, never
// fails.

#include <string>
#include <string_view>

namespace tertius::templates {

// Line ends become LF; control characters and characters that turn the reading direction round are dropped (a
// name with U+202E shows "gpj.exe" as "exe.jpg"); bytes that are no UTF-8 become U+FFFD.
std::string clean_lines(std::string_view text);

// The same on one line: line ends and tabs become single spaces, none at either end.
std::string clean_line(std::string_view text);

// Whether clean_lines or clean_line would surely change nothing: quick, and so for nearly every value.
// Characters beyond ASCII are left to the real thing.
bool is_plain_lines(std::string_view text);
bool is_plain_line(std::string_view text);

}  // namespace tertius::templates
