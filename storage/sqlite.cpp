// SQLite behind storage/db.hpp.

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <map>

#include "storage/drivers.hpp"
#include "storage/lock_file.hpp"
#include "storage/owner.hpp"

namespace tertius::storage {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

struct Statement {
  std::unique_ptr<sqlite3_stmt, Finalize> handle;
  std::vector<std::size_t> arguments;  // for each of SQLite's parameters, which of ours: $1 is 0
};

// The bindings point into the caller's arguments, so they go when the run does, whatever ends it.
struct Reset {
  sqlite3_stmt* statement;
  ~Reset() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};

struct Meaning {
  int code;  // primary result code
  StorageTrouble trouble;
  std::string_view hint;
};
constexpr std::array meanings{
    Meaning{SQLITE_BUSY, StorageTrouble::busy, "another process is writing to the file"},
    Meaning{SQLITE_LOCKED, StorageTrouble::busy, ""},
    Meaning{SQLITE_PROTOCOL, StorageTrouble::busy, ""},
    Meaning{SQLITE_ABORT, StorageTrouble::busy, ""},
    Meaning{SQLITE_NOMEM, StorageTrouble::busy, "the machine is out of memory"},
    Meaning{SQLITE_FULL, StorageTrouble::full, "free some space on the disk of the database"},
    Meaning{SQLITE_READONLY, StorageTrouble::full,
            "the file and its folder must be writable for the daemon's user"},
    Meaning{SQLITE_CONSTRAINT, StorageTrouble::conflict, ""},
    Meaning{SQLITE_CORRUPT, StorageTrouble::broken, "restore the file from a backup"},
    Meaning{SQLITE_NOTADB, StorageTrouble::broken, "the file is no SQLite database"},
    Meaning{SQLITE_CANTOPEN, StorageTrouble::broken,
            "the folder must exist and be writable for the daemon's user"},
    Meaning{SQLITE_IOERR, StorageTrouble::broken, "see the kernel's log for errors of the disk"},
};

class SqliteDriver final : public Driver {
 public:
  SqliteDriver(const std::string& path, bool exclusive) {
    if (exclusive && path != ":memory:") lock_ = std::make_unique<LockFile>(path);
    open(path);
    configure();
  }

  std::int64_t run(std::string_view sql, const std::vector<Value>& arguments, const OnRow& on_row) override {
    require_transaction();
    Statement& statement = prepared(sql);
    const Reset reset{statement.handle.get()};
    bind(statement, arguments, sql);
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement.handle.get())) == SQLITE_ROW)
      if (on_row) on_row(read_row(statement.handle.get()));
    if (code != SQLITE_DONE) throw error(sql);
    return sqlite3_stmt_readonly(statement.handle.get()) ? 0 : sqlite3_changes64(handle_.get());
  }

  void script(std::string_view sql) override {
    require_transaction();
    if (sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      throw error(sql);
  }

  void begin() override {
    run("BEGIN IMMEDIATE", {}, nullptr);
    in_transaction_ = true;
  }

  void commit() override {
    run("COMMIT", {}, nullptr);
    in_transaction_ = false;
  }

  void roll_back() noexcept override {
    in_transaction_ = false;
    if (sqlite3_get_autocommit(handle_.get()) == 0)
      sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  bool is_postgres() const override { return false; }

 private:
  void open(const std::string& path) {
    make_private(path);
    sqlite3* handle = nullptr;
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) throw error("open " + path);
  }

  // The file holds other people's letters. SQLite would create it readable for all, and gives -wal and -shm
  // the mode of the file; so it is there, for the owner alone, before SQLite looks. Failing here, SQLite says
  // why.
  static void make_private(const std::string& path) {
    if (path == ":memory:") return;
    // Never a file that is there: to close any descriptor of it would take away all locks that this process
    // has on it (fcntl(2)), and whoever came next would delete the log that a connection of ours writes to.
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return;
    give_to_owner_of(folder_of(path), descriptor);  // failing here, the daemon says that it may not open it
    close(descriptor);
  }

  void configure() {
    script("PRAGMA busy_timeout = 5000");
    std::string mode;
    run("PRAGMA journal_mode = WAL", {}, [&](const Row& row) { mode = row.text(0); });
    if (mode != "wal" && mode != "memory") {
      throw StorageError(StorageTrouble::broken, "SQLite cannot write ahead here (journal mode " + mode + ")",
                         "put the database on a local disk, not on a network share");
    }
    // The 2 MB of the default spill into the log while an import goes on: 30,000 people took a quarter
    // longer.
    script("PRAGMA cache_size = -16000");
    script("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
  }

  // SQLite undoes a whole transaction by itself where the disk fills up in it. What came after would commit
  // one by one, and once more when the caller tries the transaction again.
  void require_transaction() const {
    if (in_transaction_ && sqlite3_get_autocommit(handle_.get()) != 0)
      throw StorageError(StorageTrouble::busy, "SQLite has undone this transaction");
  }

  Statement& prepared(std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end()) return found->second;
    sqlite3_stmt* handle = nullptr;
    if (sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &handle, nullptr) != SQLITE_OK)
      throw error(sql);
    Statement statement{std::unique_ptr<sqlite3_stmt, Finalize>(handle), {}};
    for (int i = 1; i <= sqlite3_bind_parameter_count(handle); ++i)
      statement.arguments.push_back(std::stoul(sqlite3_bind_parameter_name(handle, i) + 1) - 1);
    return statements_.emplace(sql, std::move(statement)).first->second;
  }

  void bind(const Statement& statement, const std::vector<Value>& arguments, std::string_view sql) {
    for (std::size_t i = 0; i < statement.arguments.size(); ++i) {
      const Value& value = arguments.at(statement.arguments[i]);
      if (bind_one(statement.handle.get(), static_cast<int>(i) + 1, value) != SQLITE_OK) throw error(sql);
    }
  }

  static int bind_one(sqlite3_stmt* statement, int at, const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value))
      return sqlite3_bind_int64(statement, at, *number);
    if (const auto* real = std::get_if<double>(&value)) return sqlite3_bind_double(statement, at, *real);
    if (const auto* text = std::get_if<std::string>(&value))
      return sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    const auto* blob = std::get_if<Blob>(&value);
    if (blob == nullptr) return sqlite3_bind_null(statement, at);
    // An empty vector may point nowhere, and a blob at nullptr is NULL to SQLite.
    if (blob->empty()) return sqlite3_bind_zeroblob(statement, at, 0);
    return sqlite3_bind_blob64(statement, at, blob->data(), blob->size(), SQLITE_STATIC);
  }

  static Row read_row(sqlite3_stmt* statement) {
    std::vector<Value> values;
    const int columns = sqlite3_column_count(statement);
    values.reserve(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) values.push_back(read_value(statement, column));
    return Row(std::move(values));
  }

  static Value read_value(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
      case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
      case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
      case SQLITE_NULL: return nullptr;
      case SQLITE_TEXT: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
        return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
      }
      default: {
        const auto* first = static_cast<const std::byte*>(sqlite3_column_blob(statement, column));
        return Blob(first, first + sqlite3_column_bytes(statement, column));
      }
    }
  }

  StorageError error(std::string_view doing) const {
    const int code = sqlite3_extended_errcode(handle_.get()) & 0xFF;
    const std::string what =
        "SQLite: " + std::string(sqlite3_errmsg(handle_.get())) + " (" + std::string(doing) + ")";
    // SQLite says FULL of the database and its log alone; the shared memory beside them fails as an I/O
    // error.
    const bool no_space = code == SQLITE_IOERR && sqlite3_system_errno(handle_.get()) == ENOSPC;
    const int meant = no_space ? SQLITE_FULL : code;
    for (const Meaning& meaning : meanings)
      if (meaning.code == meant) return StorageError(meaning.trouble, what, std::string(meaning.hint));
    return StorageError(StorageTrouble::broken, what);
  }

  std::unique_ptr<LockFile> lock_;  // let go after the file is closed
  std::unique_ptr<sqlite3, CloseDatabase> handle_;
  std::map<std::string, Statement, std::less<>> statements_;
  bool in_transaction_ = false;
};

}  // namespace

std::unique_ptr<Driver> open_sqlite(const std::string& path, bool exclusive) {
  return std::make_unique<SqliteDriver>(path, exclusive);
}

}  // namespace tertius::storage
