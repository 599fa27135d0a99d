#pragma once
// Files that hold one secret on their first line: passwords, OAuth2 secrets and refresh tokens. They are read
// again when the secret is refused, so that a new one needs no restart.

#include <filesystem>
#include <string>

#include "broker/result.hpp"

namespace tertius::daemon {

// Where a secret lies that the configuration calls so: a bare name is a credential that systemd hands in
// (LoadCredential=, systemd.exec(5)). A command beside the daemon finds it where the daemon has it, if it
// may.
std::filesystem::path secret_path(const std::string& name);

Result<std::string> read_secret_file(const std::filesystem::path& file);

// Written beside it, forced to the disk and renamed over it, for its owner alone.
Done replace_secret_file(const std::filesystem::path& file, const std::string& secret);

// Whether we may do that: the folder must be ours to write in.
bool can_replace(const std::filesystem::path& file);

}  // namespace tertius::daemon
