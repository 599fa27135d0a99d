#pragma once
// Bytes in any charset -> UTF-8. Promise: whatever comes in, what goes out is valid UTF-8 without NUL.
// Charset names are taken from a table, never handed to iconv as written: strangers choose them, and some of
// glibc's rarer converters have crashed or looped on chosen input (CVE-2020-27618, CVE-2021-3326). Linear
// time; never fails.

#include <span>
#include <string>
#include <string_view>

namespace tertius::mail {

struct CharsetAlias {
  std::string_view name;       // lower case, as mail says it
  std::string_view converter;  // iconv's name; empty: UTF-8; "windows-1252" is ours
};
std::span<const CharsetAlias> charset_table();

bool is_valid_utf8(std::string_view bytes);

// An unknown or empty charset is read as UTF-8 where that is valid, else as windows-1252. What cannot be
// converted becomes U+FFFD.
std::string to_utf8(std::string_view bytes, std::string_view charset = {});

}  // namespace tertius::mail
