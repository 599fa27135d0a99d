#include "storage/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <thread>

#include "storage/columns.hpp"
#include "storage/lock_file.hpp"
#include "storage/migrate.hpp"
#include "storage/owner.hpp"
#include "storage/sending_stop.hpp"
#include "storage/shown_url.hpp"

namespace tertius::storage {
namespace {

namespace fs = std::filesystem;

// SQLite's log and its index stand beside a file under these names.
// For the operator, who looks at what waits before it goes out.
constexpr auto restored_why = "a backup was restored: what waited when it was taken may have gone out since";

constexpr std::array companions = {"", "-wal", "-shm"};

std::string url_of(const fs::path& file) { return "sqlite:" + file.string(); }

fs::path beside(const fs::path& file, const std::string& ending) { return file.string() + ending; }

[[noreturn]] void fail(const fs::path& file, const std::string& hint) {
  throw StorageError(StorageTrouble::full, file.string() + ": " + std::generic_category().message(errno),
                     hint);
}

void force_to_disk(const fs::path& file, int flags) {
  const int descriptor = ::open(file.c_str(), flags | O_CLOEXEC);
  const bool forced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!forced) fail(file, "is the disk full, and may you write there?");
}

void move_into_place(const fs::path& from, const fs::path& to) {
  force_to_disk(from, O_RDONLY);
  if (::rename(from.c_str(), to.c_str()) != 0) fail(to, "may you write in its folder?");
  force_to_disk(folder_of(to), O_RDONLY | O_DIRECTORY);
}

// The file that is being written; gone unless it was given its name.
struct Draft {
  explicit Draft(fs::path file) : path(std::move(file)) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    std::error_code ignored;
    for (const char* companion : companions) fs::remove(beside(path, companion), ignored);
  }
  fs::path path;
};

// It holds everybody's letters: nobody else reads it, from its first octet on. One that is there is
// another's, who may be at it still.
Draft begin_draft(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0 && errno == EEXIST)
    fail(file, "somebody else is at it, or it was left behind: then remove it");
  if (descriptor < 0) fail(file, "may you write in its folder?");
  const bool given = give_to_owner_of(folder_of(file), descriptor);
  ::close(descriptor);
  if (given) return Draft{file};
  ::unlink(file.c_str());
  fail(file, "may you give it to the owner of its folder?");
}

// Tells how long the file has become, until it is let go.
class Watch {
 public:
  Watch(const fs::path& file, const std::function<void(std::uintmax_t)>& progress) {
    if (progress) thread_ = std::thread([this, file, progress] { tell(file, progress); });
  }
  ~Watch() {
    done_ = true;
    done_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  void tell(const fs::path& file, const std::function<void(std::uintmax_t)>& progress) const {
    while (!done_) {
      std::error_code gone;
      const auto bytes = fs::file_size(file, gone);
      if (!gone) progress(bytes);
      std::this_thread::sleep_for(std::chrono::milliseconds{200});
    }
  }
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

void write_note(Database& db, const BackupNote& note) {
  Transaction transaction(db);
  db.run(
      "CREATE TABLE backup (made_at BIGINT NOT NULL, program TEXT NOT NULL, domain TEXT NOT NULL, "
      "link_keys TEXT NOT NULL)");
  db.run("INSERT INTO backup (made_at, program, domain, link_keys) VALUES ($1, $2, $3, $4)",
         {value_of(note.made_at), note.program, note.domain, note.link_keys});
  transaction.commit();
}

BackupNote read_note(Database& db, const fs::path& file) {
  if (!db.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'backup'"))
    throw StorageError(StorageTrouble::broken, file.string() + " is no backup of ours",
                       "tertius backup FILE makes one");
  const auto found = db.row("SELECT made_at, program, domain, link_keys FROM backup");
  RowReader row(*found);
  BackupNote note;
  note.made_at = row.time();
  note.program = row.text();
  note.domain = row.text();
  note.link_keys = row.text();
  return note;
}

void refuse_damaged(Database& db, const fs::path& file) {
  const auto row = db.row("PRAGMA integrity_check(1)");
  const std::string said = row ? row->text(0) : "";
  if (said != "ok")
    throw StorageError(StorageTrouble::broken, file.string() + " is damaged: " + said, "take another backup");
  if (const auto orphan = db.row("PRAGMA foreign_key_check"))
    throw StorageError(StorageTrouble::broken,
                       file.string() + " is damaged: a row of " + orphan->text(0) + " refers to nothing",
                       "take another backup");
}

BackupFigures count_rows(Database& db, const fs::path& file) {
  const auto count = [&](const std::string& table) {
    return db.row("SELECT COUNT(*) FROM " + table)->integer(0);
  };
  return {count("people"),
          count("introductions"),
          count("letters"),
          count("outbox"),
          count("outbox WHERE ready_at IS NOT NULL"),
          fs::file_size(file)};
}

// A copy, so that looking at a backup never writes to it.
void copy_to(const Draft& draft, const fs::path& file) {
  std::error_code error;
  if (!fs::copy_file(file, draft.path, fs::copy_options::overwrite_existing, error))
    throw StorageError(StorageTrouble::broken, file.string() + ": " + error.message(),
                       "is the name right, may you read it, and is there room beside it?");
  fs::permissions(draft.path, fs::perms::owner_read | fs::perms::owner_write);
}

Backup look_through(Database& db, const fs::path& file) {
  Backup out{read_note(db, file), {}};
  refuse_damaged(db, file);
  migrate(db);  // refuses what is newer than we are
  out.figures = count_rows(db, file);
  return out;
}

// A log that was left behind goes too: SQLite would take it for the restored database's. Empty: nothing was
// there.
fs::path move_aside(const fs::path& target, Time now) {
  const std::string ending = ".before-" + std::to_string(now.time_since_epoch().count());
  bool moved = false;
  for (const char* companion : companions) {
    const fs::path from = beside(target, companion);
    if (!fs::exists(from)) continue;
    fs::rename(from, beside(target, ending + companion));
    moved = true;
  }
  return moved ? beside(target, ending) : fs::path();
}

}  // namespace

fs::path sqlite_path(const std::string& url) {
  constexpr std::string_view sqlite = "sqlite:";
  if (url.starts_with(sqlite)) return url.substr(sqlite.size());
  throw StorageError(StorageTrouble::broken, "this database is PostgreSQL's",
                     "pg_dump --format=custom --file=FILE '" + shown_url(url) +
                         "' backs it up, pg_restore brings it back; keep the file of link keys beside it");
}

BackupFigures back_up(const std::string& url, const fs::path& file, const BackupNote& note,
                      const std::function<void(std::uintmax_t)>& progress) {
  sqlite_path(url);
  if (fs::exists(file))
    throw StorageError(StorageTrouble::conflict, file.string() + " is there already",
                       "a backup replaces nothing: give it another name");
  const Draft draft = begin_draft(beside(file, ".unfinished"));
  {
    Database db = open_database(url);
    const Watch watch(draft.path, progress);
    db.run("VACUUM INTO $1", {draft.path.string()});
  }
  BackupFigures figures;
  {
    Database db = open_database(url_of(draft.path));
    refuse_damaged(db, draft.path);
    write_note(db, note);
    figures = count_rows(db, draft.path);
  }
  move_into_place(draft.path, file);
  figures.bytes = fs::file_size(file);
  return figures;
}

Backup read_backup(const fs::path& file) {
  const Draft draft = begin_draft(beside(file, ".looked-at"));
  copy_to(draft, file);
  Database db = open_database(url_of(draft.path));
  return look_through(db, draft.path);
}

fs::path restore(const fs::path& file, const fs::path& target, Time now) {
  const LockFile lock(target.string());
  const Draft draft = begin_draft(beside(target, ".restored"));
  copy_to(draft, file);
  {
    Database db = open_database(url_of(draft.path));
    look_through(db, file);
    db.run("DROP TABLE backup");
    // What waited then may have gone out since, and would go out twice.
    if (db.row("SELECT 1 FROM outbox WHERE ready_at IS NOT NULL LIMIT 1"))
      stop_sending(db, restored_why, now);
  }
  fs::path aside = move_aside(target, now);
  move_into_place(draft.path, target);
  return aside;
}

}  // namespace tertius::storage
