#include "storage/db.hpp"

#include <algorithm>

#include "storage/drivers.hpp"
#include "storage/migrate.hpp"
#include "storage/presence.hpp"
#include "storage/shown_url.hpp"
#include "storage/storable.hpp"

namespace tertius::storage {
namespace {

StorageError wrong_column(std::size_t column, std::string_view wanted) {
  return StorageError(StorageTrouble::broken,
                      "column " + std::to_string(column) + " of an answer is no " + std::string(wanted));
}

bool is_storable_value(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr || is_storable(*text);
}

}  // namespace

bool Row::is_null(std::size_t column) const {
  return std::holds_alternative<std::nullptr_t>(values_.at(column));
}

std::int64_t Row::integer(std::size_t column) const {
  if (is_null(column)) return 0;
  if (const auto* number = std::get_if<std::int64_t>(&values_[column])) return *number;
  throw wrong_column(column, "integer");
}

double Row::real(std::size_t column) const {
  if (is_null(column)) return 0;
  if (const auto* number = std::get_if<double>(&values_[column])) return *number;
  return static_cast<double>(integer(column));
}

const std::string& Row::text(std::size_t column) const {
  static const std::string empty;
  if (is_null(column)) return empty;
  if (const auto* text = std::get_if<std::string>(&values_[column])) return *text;
  throw wrong_column(column, "text");
}

std::string Row::bytes(std::size_t column) const {
  if (is_null(column)) return {};
  const auto* blob = std::get_if<Blob>(&values_[column]);
  if (blob == nullptr) throw wrong_column(column, "bytes");
  return std::string(reinterpret_cast<const char*>(blob->data()), blob->size());
}

void Database::announce(std::string_view sql) const {
  if (before_statement) before_statement(sql);
}

std::int64_t Database::each(std::string_view sql, const std::vector<Value>& arguments, const OnRow& on_row) {
  announce(sql);
  if (std::all_of(arguments.begin(), arguments.end(), is_storable_value))
    return driver_->run(sql, arguments, on_row);
  std::vector<Value> clean = arguments;
  for (Value& value : clean)
    if (auto* text = std::get_if<std::string>(&value)) *text = make_storable(*text);
  return driver_->run(sql, clean, on_row);
}

std::int64_t Database::run(std::string_view sql, const std::vector<Value>& arguments) {
  return each(sql, arguments, nullptr);
}

std::vector<Row> Database::rows(std::string_view sql, const std::vector<Value>& arguments) {
  std::vector<Row> found;
  each(sql, arguments, [&](Row&& row) { found.push_back(std::move(row)); });
  return found;
}

std::optional<Row> Database::row(std::string_view sql, const std::vector<Value>& arguments) {
  std::optional<Row> first;
  each(sql, arguments, [&](Row&& row) {
    if (!first) first = std::move(row);
  });
  return first;
}

void Database::script(std::string_view sql) {
  announce(sql);
  driver_->script(sql);
}

Transaction::Transaction(Database& db) : db_(db) {
  db_.announce("BEGIN");
  db_.driver_->begin();
}

Transaction::~Transaction() {
  if (open_) db_.driver_->roll_back();
}

void Transaction::commit() {
  db_.announce("COMMIT");
  db_.driver_->commit();
  open_ = false;
}

Savepoint::Savepoint(Database& db) : db_(db) { db_.run("SAVEPOINT job"); }

Savepoint::~Savepoint() {
  if (!open_) return;
  // ROLLBACK TO alone leaves the savepoint standing. Where the engine has given up the whole transaction both
  // fail, and so does everything after them up to the commit.
  try {
    db_.driver_->run("ROLLBACK TO SAVEPOINT job", {}, nullptr);
    db_.driver_->run("RELEASE SAVEPOINT job", {}, nullptr);
  } catch (const StorageError&) {
  }
}

void Savepoint::release() {
  db_.run("RELEASE SAVEPOINT job");
  open_ = false;
}

Database open_database(const std::string& url, bool exclusive) {
  constexpr std::string_view sqlite = "sqlite:";
  if (url.starts_with(sqlite) && url.size() > sqlite.size())
    return Database(open_sqlite(url.substr(sqlite.size()), exclusive));
  if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
    return Database(open_postgres(url, exclusive ? presence_sql(newest_known_schema()) : ""));
  throw StorageError(StorageTrouble::broken, "no database is known by the URL \"" + shown_url(url) + "\"",
                     "write sqlite:/path/to/tertius.db or postgresql://user@host/name");
}

}  // namespace tertius::storage
