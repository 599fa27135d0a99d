#pragma once
// SHA-256, in lower-case hex but where it says so: of letters, and of the secrets that cookies and mailed
// links hold, of which the database keeps nothing else. A secret of 192 random bits needs no slow hash.

#include <string>
#include <string_view>

namespace tertius {

std::string hex_sha256(std::string_view octets);
std::string base64_sha256(std::string_view octets);  // as a Content-Security-Policy names a script

}  // namespace tertius
