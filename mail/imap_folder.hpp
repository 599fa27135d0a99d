#pragma once
// A folder's name as IMAP wants it: modified UTF-7 (RFC 3501 5.1.3), quoted.

#include <optional>
#include <string>
#include <string_view>

namespace tertius::mail {

// Of UTF-8; empty where it is none, or has control characters: no name may end a command and begin another.
std::optional<std::string> imap_folder(std::string_view name);

}  // namespace tertius::mail
