#pragma once
// Whose the files are. Root's commands make some for the daemon, which runs as another user.

#include <filesystem>

namespace tertius::storage {

// "." where none is written.
std::filesystem::path folder_of(const std::filesystem::path& file);

// A file that root makes for the daemon is the daemon's: it gets the owner of `neighbour`, which is what it
// replaces, or its folder. For all but root nothing is done. False: it could not be given.
bool give_to_owner_of(const std::filesystem::path& neighbour, int descriptor);

}  // namespace tertius::storage
