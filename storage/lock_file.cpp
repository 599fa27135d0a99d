#include "storage/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "storage/db.hpp"
#include "storage/owner.hpp"

namespace tertius::storage {
namespace {

std::string holder(int descriptor) {
  std::array<char, 24> text{};
  const ssize_t length = pread(descriptor, text.data(), text.size(), 0);
  const std::string pid(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  return pid.empty() ? "another process" : "process " + pid.substr(0, pid.find('\n'));
}

void write_pid(int descriptor) {
  const std::string pid = std::to_string(getpid()) + "\n";
  // The pid is a courtesy to the operator; the lock holds without it, on a full disk too.
  if (ftruncate(descriptor, 0) == 0 && pwrite(descriptor, pid.data(), pid.size(), 0) < 0) return;
}

}  // namespace

LockFile::LockFile(const std::string& database_path) {
  const std::string path = database_path + ".lock";
  descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    throw StorageError(StorageTrouble::broken, path + ": " + std::generic_category().message(errno),
                       "the folder of the database must be writable for the daemon's user");
  }
  // Left by root's restore, it would keep the daemon out.
  if (!give_to_owner_of(folder_of(path), descriptor_)) {
    close(descriptor_);
    throw StorageError(StorageTrouble::broken, path + ": " + std::generic_category().message(errno),
                       "give it to the daemon's user");
  }
  if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const std::string who = holder(descriptor_);
    close(descriptor_);
    throw StorageError(StorageTrouble::taken, database_path + " is in use by " + who,
                       "stop the other daemon (" + who + "), or give this one a file of its own");
  }
  write_pid(descriptor_);
}

LockFile::~LockFile() { close(descriptor_); }

}  // namespace tertius::storage
