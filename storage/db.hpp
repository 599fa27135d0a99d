#pragma once
// One database, two engines: SQLite (embedded) and PostgreSQL, behind one SQL text. Parameters are $1, $2,
// ...; times are BIGINT Unix seconds; ids are made by us. Statements are prepared once and cached for the
// life of the connection. Text is UTF-8: what PostgreSQL would refuse (a NUL, a byte that is no UTF-8)
// becomes U+FFFD on the way in, in both engines, so that a stranger's byte never keeps a row from being
// stored; Blobs go in as they are. A connection belongs to one thread. Every failure is thrown as
// StorageError. A transaction that the engine itself gave up (disk full, connection lost) fails at each
// further statement; nothing of it runs outside a transaction. The next transaction finds PostgreSQL
// connected again where the server is there.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertius::storage {

enum class StorageTrouble {
  broken,  // corrupt, or a statement of ours is wrong
  busy,    // locked too long, serialization failure, connection lost: the same transaction may be tried again
  full,    // the disk is full or the file read-only
  taken,   // another daemon owns this file
  too_new,   // the schema is of a newer program
  conflict,  // a unique or foreign key says no
};

struct StorageError : std::runtime_error {
  StorageError(StorageTrouble trouble_, const std::string& what, std::string hint_ = {})
      : std::runtime_error(what), trouble(trouble_), hint(std::move(hint_)) {}
  StorageTrouble trouble;
  std::string hint;  // what the operator can do
};

using Blob = std::vector<std::byte>;
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, Blob>;

// One row of an answer; columns count from 0. A NULL read as text is "", as a number 0.
class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;
  double real(std::size_t column) const;
  const std::string& text(std::size_t column) const;
  std::string bytes(std::size_t column) const;  // a BLOB or BYTEA column

 private:
  std::vector<Value> values_;
};

using OnRow = std::function<void(Row&&)>;

// What an engine has to do; sqlite.cpp and postgres.cpp are the only two. `on_row` must not use the driver.
struct Driver {
  virtual ~Driver() = default;
  virtual std::int64_t run(std::string_view sql, const std::vector<Value>& arguments,
                           const OnRow& on_row) = 0;  // rows changed
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;
  virtual void script(std::string_view sql) = 0;  // several statements, no arguments: migrations
  virtual bool is_postgres() const = 0;
};

class Database {
 public:
  explicit Database(std::unique_ptr<Driver> driver) : driver_(std::move(driver)) {}

  std::int64_t run(std::string_view sql, const std::vector<Value>& arguments = {});
  std::vector<Row> rows(std::string_view sql, const std::vector<Value>& arguments = {});
  std::optional<Row> row(std::string_view sql, const std::vector<Value>& arguments = {});
  void script(std::string_view sql);
  bool is_postgres() const { return driver_->is_postgres(); }

  // Called before every statement with its SQL (BEGIN and COMMIT too, the undoing of what failed not);
  // throwing from it fails that statement. Tests use it to break the database at statement 1, 2, 3, ...;
  // empty in production.
  std::function<void(std::string_view)> before_statement;

 private:
  friend class Transaction;
  friend class Savepoint;
  std::int64_t each(std::string_view sql, const std::vector<Value>& arguments, const OnRow& on_row);
  void announce(std::string_view sql) const;

  std::unique_ptr<Driver> driver_;
};

// BEGIN (IMMEDIATE in SQLite); rolls back in its destructor unless committed.
class Transaction {
 public:
  explicit Transaction(Database& db);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& db_;
  bool open_ = true;
};

// One job inside a group commit: its statements are undone alone where it throws.
class Savepoint {
 public:
  explicit Savepoint(Database& db);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  void release();

 private:
  Database& db_;
  bool open_ = true;
};

// "sqlite:/var/lib/tertius/tertius.db", "sqlite::memory:", or a libpq URL "postgresql://...". An SQLite file
// is opened with WAL, synchronous=FULL, foreign keys, a busy timeout of 5 s, and a lock file beside it that
// only one daemon can hold where `exclusive` is set. The schema is not touched: see migrate.hpp.
Database open_database(const std::string& url, bool exclusive = false);

}  // namespace tertius::storage
