#include "daemon/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "storage/owner.hpp"

namespace tertius::daemon {

namespace {

// The new name is on the disk only when its folder is.
bool sync_folder(const std::filesystem::path& file) {
  const int fd = ::open(storage::folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  return synced;
}

}  // namespace

std::filesystem::path secret_path(const std::string& name) {
  if (name.empty() || name.find('/') != std::string::npos) return name;
  const char* const handed_in = std::getenv("CREDENTIALS_DIRECTORY");
  return std::filesystem::path(handed_in ? handed_in : "/run/credentials/tertius.service") / name;
}

Result<std::string> read_secret_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line))
    return Failure{file.string() + " holds no secret", "one line, readable by us"};
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

Done replace_secret_file(const std::filesystem::path& file, const std::string& secret) {
  const std::filesystem::path beside = file.string() + ".new";
  const std::string line = secret + "\n";
  std::error_code ignored;
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = fd >= 0 && ::fchmod(fd, 0600) == 0 &&
                       storage::give_to_owner_of(
                           std::filesystem::exists(file, ignored) ? file : storage::folder_of(file), fd) &&
                       ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (written && ::rename(beside.c_str(), file.c_str()) == 0 && sync_folder(file)) return std::monostate{};
  return Failure{file.string() + " cannot be replaced", "let the daemon's user write in its folder"};
}

bool can_replace(const std::filesystem::path& file) {
  return ::access(storage::folder_of(file).c_str(), W_OK | X_OK) == 0;
}

}  // namespace tertius::daemon
