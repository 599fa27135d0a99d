#pragma once
// <file>.lock beside an SQLite file: one daemon owns one file. The lock is flock(2)'s, so it dies with the
// process that holds it, however that dies; the file itself stays, for deleting it would let two in. Its text
// is the pid.

#include <string>

namespace tertius::storage {

class LockFile {
 public:
  // Throws StorageTrouble::taken where another holds it.
  explicit LockFile(const std::string& database_path);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  int descriptor_;
};

}  // namespace tertius::storage
