#pragma once
// Files that hold one secret on their first line: passwords, OAuth2 secrets and refresh tokens. They are read
// again when the secret is refused, so that a new one needs no restart.

#include <filesystem>
#include <string>

#include "broker/result.hpp"

namespace tertius::daemon {

Result<std::string> read_secret_file(const std::filesystem::path& file);

// Written beside it, forced to the disk and renamed over it, for us alone.
Done replace_secret_file(const std::filesystem::path& file, const std::string& secret);

// Whether we may do that: the folder must be ours to write in.
bool can_replace(const std::filesystem::path& file);

}  // namespace tertius::daemon
