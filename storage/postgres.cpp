// PostgreSQL behind storage/db.hpp. Answers come in binary form; arguments go as text, for the server then
// settles their types by the columns they meet.

#include <libpq-fe.h>

#include <array>
#include <bit>
#include <charconv>
#include <map>

#include "storage/drivers.hpp"

namespace tertius::storage {
namespace {

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

// SQLSTATEs by prefix; the first that fits counts.
struct Meaning {
  std::string_view prefix;
  StorageTrouble trouble;
  std::string_view hint;
};
constexpr std::array meanings{
    Meaning{"23", StorageTrouble::conflict, ""},
    Meaning{"40", StorageTrouble::busy, ""},     // serialization failure, deadlock
    Meaning{"55P03", StorageTrouble::busy, ""},  // lock_timeout
    Meaning{"53100", StorageTrouble::full, "free some space on the disk of the PostgreSQL server"},
    Meaning{"25006", StorageTrouble::full, "the server takes no writes: is it a standby?"},
    Meaning{"53", StorageTrouble::busy, "the PostgreSQL server is short of memory or connections"},
    Meaning{"57P", StorageTrouble::busy, "the PostgreSQL server is stopping or starting"},
    Meaning{"08", StorageTrouble::busy, "the connection to the PostgreSQL server failed"},
    Meaning{"XX00", StorageTrouble::broken, "the PostgreSQL server reports damage; see its log"},
    Meaning{"42501", StorageTrouble::broken, "the database user lacks a privilege on this schema"},
};

// pg_type.dat's numbers, which never change.
enum class Type : Oid {
  boolean = 16,
  bytea = 17,
  int8 = 20,
  int2 = 21,
  int4 = 23,
  text = 25,
  float8 = 701,
  unknown = 705,
  varchar = 1043
};

template <class Number>
Number big_endian(std::string_view bytes) {
  std::uint64_t bits = 0;
  for (const char byte : bytes.substr(0, sizeof(Number))) bits = bits << 8 | static_cast<unsigned char>(byte);
  return static_cast<Number>(bits);
}

Value read_value(Type type, std::string_view bytes) {
  switch (type) {
    case Type::boolean: return static_cast<std::int64_t>(bytes[0]);
    case Type::int2: return static_cast<std::int64_t>(big_endian<std::int16_t>(bytes));
    case Type::int4: return static_cast<std::int64_t>(big_endian<std::int32_t>(bytes));
    case Type::int8: return big_endian<std::int64_t>(bytes);
    case Type::float8: return std::bit_cast<double>(big_endian<std::uint64_t>(bytes));
    case Type::text:
    case Type::varchar:
    case Type::unknown: return std::string(bytes);
    case Type::bytea: {
      const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
      return Blob(first, first + bytes.size());
    }
  }
  throw StorageError(StorageTrouble::broken, "a column has PostgreSQL's type " +
                                                 std::to_string(static_cast<Oid>(type)) + ": cast it");
}

Row read_row(const PGresult* answer, int row) {
  std::vector<Value> values;
  const int columns = PQnfields(answer);
  values.reserve(static_cast<std::size_t>(columns));
  for (int column = 0; column < columns; ++column) {
    const std::string_view bytes(PQgetvalue(answer, row, column),
                                 static_cast<std::size_t>(PQgetlength(answer, row, column)));
    const bool is_null = PQgetisnull(answer, row, column) != 0;
    values.push_back(is_null ? Value(nullptr)
                             : read_value(static_cast<Type>(PQftype(answer, column)), bytes));
  }
  return Row(std::move(values));
}

// libpq wants three parallel arrays that live until the call returns.
class Arguments {
 public:
  explicit Arguments(const std::vector<Value>& values) {
    numbers_.reserve(values.size());
    for (const Value& value : values) add(value);
  }
  int count() const { return static_cast<int>(starts_.size()); }
  const char* const* starts() const { return starts_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void add(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return add(text->c_str(), text->size(), false);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return add_number(*number);
    if (const auto* real = std::get_if<double>(&value)) return add_number(*real);
    if (const auto* blob = std::get_if<Blob>(&value))  // "" for an empty vector: nullptr would be NULL
      return add(blob->empty() ? "" : reinterpret_cast<const char*>(blob->data()), blob->size(), true);
    add(nullptr, 0, false);
  }

  template <class Number>
  void add_number(Number number) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    numbers_.emplace_back(digits.data(), end);
    add(numbers_.back().c_str(), numbers_.back().size(), false);
  }

  void add(const char* start, std::size_t length, bool is_binary) {
    starts_.push_back(start);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(is_binary ? 1 : 0);
  }

  std::vector<std::string> numbers_;
  std::vector<const char*> starts_;
  std::vector<int> lengths_, formats_;
};

class PostgresDriver final : public Driver {
 public:
  PostgresDriver(const std::string& url, const std::string& greeting) : greeting_(greeting) {
    connection_.reset(connect_postgres(url));
    start_session();
  }

  std::int64_t run(std::string_view sql, const std::vector<Value>& arguments, const OnRow& on_row) override {
    require_connection();
    const std::string& name = prepared(sql);
    const Arguments given(arguments);
    const Answer answer = checked(PQexecPrepared(connection_.get(), name.c_str(), given.count(),
                                                 given.starts(), given.lengths(), given.formats(), 1),
                                  sql);
    if (on_row)
      for (int row = 0; row < PQntuples(answer.get()); ++row) on_row(read_row(answer.get(), row));
    const std::string_view changed = PQcmdTuples(answer.get());
    std::int64_t count = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), count);
    return count;
  }

  void script(std::string_view sql) override {
    require_connection();
    execute(sql);
  }

  void begin() override {
    require_connection();
    execute("BEGIN");
    in_transaction_ = true;
  }

  void commit() override {
    require_connection();
    // A transaction in which a statement failed "commits" without an error, and the tag says ROLLBACK.
    const Answer answer = execute("COMMIT");
    in_transaction_ = false;
    if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
      throw StorageError(StorageTrouble::broken,
                         "PostgreSQL undid a transaction in which a statement had failed");
  }

  void roll_back() noexcept override {
    if (in_transaction_ || PQtransactionStatus(connection_.get()) != PQTRANS_IDLE)
      PQclear(PQexec(connection_.get(), "ROLLBACK"));
    in_transaction_ = false;
  }

  bool is_postgres() const override { return true; }

 private:
  bool is_connected() const { return PQstatus(connection_.get()) == CONNECTION_OK; }

  // What a lost connection leaves of a transaction must not go on outside of one.
  void require_connection() {
    if (is_connected()) return;
    if (in_transaction_) throw lost("the connection was lost in this transaction");
    PQreset(connection_.get());
    start_session();
  }

  void start_session() {
    statements_.clear();
    if (!is_connected()) throw lost(PQerrorMessage(connection_.get()));
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    PQsetClientEncoding(connection_.get(), "UTF8");
    execute("SET synchronous_commit = on");
    execute("SET default_transaction_isolation = 'read committed'");
    execute("SET lock_timeout = '5s'");  // as long as SQLite's busy timeout
    forget_us_when_silent();
    if (!greeting_.empty()) execute(greeting_);
  }

  // A machine that loses its power in a transaction keeps its locks for as long as the server believes in it:
  // by its own keepalive two hours, and of a program that stands still for ever.
  void forget_us_when_silent() {
    execute("SET idle_in_transaction_session_timeout = '30s'");
    execute("SET tcp_keepalives_idle = 5");
    execute("SET tcp_keepalives_interval = 2");
    execute("SET tcp_keepalives_count = 3");
    execute("SET tcp_user_timeout = '10s'");
  }

  const std::string& prepared(std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end()) return found->second;
    std::string name = "s" + std::to_string(statements_.size() + 1);
    checked(PQprepare(connection_.get(), name.c_str(), std::string(sql).c_str(), 0, nullptr), sql);
    return statements_.emplace(sql, std::move(name)).first->second;
  }

  Answer execute(std::string_view sql) {
    return checked(PQexec(connection_.get(), std::string(sql).c_str()), sql);
  }

  Answer checked(PGresult* result, std::string_view sql) {
    Answer answer(result);
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return answer;
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state == nullptr || !is_connected()) throw lost(PQerrorMessage(connection_.get()));
    throw error(state, std::string(PQresultErrorMessage(result)) + " (" + std::string(sql) + ")");
  }

  static StorageError error(std::string_view state, const std::string& text) {
    const std::string what = "PostgreSQL " + std::string(state) + ": " + text;
    for (const Meaning& meaning : meanings)
      if (state.starts_with(meaning.prefix))
        return StorageError(meaning.trouble, what, std::string(meaning.hint));
    return StorageError(StorageTrouble::broken, what);
  }

  static StorageError lost(const std::string& why) {
    return StorageError(StorageTrouble::busy, "PostgreSQL: " + why,
                        "check that the server runs and that storage.url is right");
  }

  std::string greeting_;
  std::unique_ptr<PGconn, FinishConnection> connection_;
  std::map<std::string, std::string, std::less<>> statements_;  // SQL, the name it is prepared under
  bool in_transaction_ = false;
};

}  // namespace

// What stands in the URL comes later and wins.
pg_conn* connect_postgres(const std::string& url) {
  const std::array keywords{"connect_timeout",
                            "keepalives_idle",
                            "keepalives_interval",
                            "keepalives_count",
                            "tcp_user_timeout",
                            "fallback_application_name",
                            "dbname",
                            static_cast<const char*>(nullptr)};
  const std::array values{"10",    "5",       "2",         "3",
                          "10000", "tertius", url.c_str(), static_cast<const char*>(nullptr)};
  return PQconnectdbParams(keywords.data(), values.data(), 1);
}

std::unique_ptr<Driver> open_postgres(const std::string& url, const std::string& greeting) {
  return std::make_unique<PostgresDriver>(url, greeting);
}

}  // namespace tertius::storage
