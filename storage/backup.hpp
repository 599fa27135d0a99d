#pragma once
// Backups of an SQLite database: one file that is a database itself, with a table `backup` that says what it
// is and carries the link keys, without which every link in a mail that has gone out would be dead. Taken
// beside a running daemon, consistent as of one moment (VACUUM INTO), and read through before it gets its
// name. PostgreSQL has tools of its own (pg_dump).

#include <filesystem>
#include <functional>
#include <string>

#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

struct BackupNote {
  Time made_at{};
  std::string program;    // "tertius 1.0.0"
  std::string domain;     // whose mail domain it served
  std::string link_keys;  // the text of the file of signing keys; empty: left out
};

struct BackupFigures {
  std::int64_t people = 0, introductions = 0, letters = 0, notices = 0, waiting = 0;
  std::uintmax_t bytes = 0;
};

// The path behind "sqlite:..."; throws StorageError (broken) where the URL is another engine's.
std::filesystem::path sqlite_path(const std::string& url);

// Writes `file`, for the owner alone; it must not exist (StorageError, conflict). `progress` hears of the
// octets written so far, a few times a second, on a thread of its own. What was begun and not finished leaves
// nothing.
BackupFigures back_up(const std::string& url, const std::filesystem::path& file, const BackupNote& note,
                      const std::function<void(std::uintmax_t)>& progress = {});

// Looks at every page and every reference of a backup; throws StorageError (broken, too_new) with what is
// wrong.
struct Backup {
  BackupNote note;
  BackupFigures figures;
};
Backup read_backup(const std::filesystem::path& file);

// Puts what `file` holds where `target` is. What stands there goes aside first, with its log, and is named in
// the answer (empty: nothing stood there). Refused while a daemon holds it (taken).
std::filesystem::path restore(const std::filesystem::path& file, const std::filesystem::path& target,
                              Time now);

}  // namespace tertius::storage
