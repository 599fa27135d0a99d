#include "storage/owner.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace tertius::storage {

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

bool give_to_owner_of(const std::filesystem::path& neighbour, int descriptor) {
  struct stat owner {};
  if (::geteuid() != 0) return true;
  return ::stat(neighbour.c_str(), &owner) == 0 && ::fchown(descriptor, owner.st_uid, owner.st_gid) == 0;
}

}  // namespace tertius::storage
