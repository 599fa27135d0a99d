#pragma once
// Passwords for other servers, which have to be said again and so cannot be hashed: sealed with a key made
// from the link key, which lies in a file of its own. Whoever has the database alone has no password (a
// backup with the keys is both). What it is for (`place`) is sealed with it, so that it opens for nothing
// else.

#include <optional>
#include <string>

#include "broker/link.hpp"

namespace tertius::web {

std::string seal_password(const std::string& password, const std::string& place, const LinkKeys& keys);
// None where the key that sealed it is gone, or it was for another place.
std::optional<std::string> open_password(const std::string& sealed, const std::string& place,
                                         const LinkKeys& keys);

}  // namespace tertius::web
