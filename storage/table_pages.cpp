#include "storage/table_pages.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

namespace json = boost::json;

constexpr std::int64_t page_octets = 8'000'000;
// SQLite takes 32,766 parameters, PostgreSQL 65,535.
constexpr std::size_t most_parameters = 32'000;

std::string joined(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

std::string parameters(std::size_t first, std::size_t count) {
  std::string list;
  for (std::size_t i = first; i < first + count; ++i) list += (i == first ? "$" : ", $") + std::to_string(i);
  return list;
}

// The limit is part of the text: a plan that is made once for any limit would sort a whole table for a large
// one.
std::string page_sql(const std::string& columns, const Table& table, const Key& after, int limit) {
  std::string sql = "SELECT " + columns + " FROM " + table.name;
  if (table.key.empty()) return sql;
  const std::string key = joined(key_columns(table));
  if (!after.empty()) sql += " WHERE (" + key + ") > (" + parameters(1, table.key.size()) + ")";
  return sql + " ORDER BY " + key + " LIMIT " + std::to_string(limit);
}

// Of the columns that hold letters and files; neither engine reads a blob to tell its length.
std::string octets_sql(const Table& table) {
  std::string sum;
  for (const Column& column : table.columns)
    if (column.type == "BLOB") sum += (sum.empty() ? "LENGTH(" : " + LENGTH(") + column.name + ")";
  return sum;
}

Value value_of(const Column& column, const Row& row, std::size_t at) {
  if (row.is_null(at)) return nullptr;
  if (column.type == "INTEGER") return row.integer(at);
  if (column.type == "REAL") return row.real(at);
  if (column.type == "TEXT") return row.text(at);
  return blob_of(row.bytes(at));
}

TableRow values_of(const Table& table, const Row& row) {
  TableRow values;
  values.reserve(table.columns.size());
  for (const Column& column : table.columns) values.push_back(value_of(column, row, values.size()));
  return values;
}

// In few steps, for each is a statement of its own.
int fitting_rows(Database& db, const Table& table, const Key& after, int most) {
  const std::string sql = octets_sql(table);
  if (sql.empty()) return most;
  std::int64_t octets = 0;
  int fitting = 0;
  for (const Row& row : db.rows(page_sql(sql, table, after, most), after)) {
    octets += row.integer(0);
    if (octets > page_octets) break;
    ++fitting;
  }
  int rows = most;
  while (rows > 1 && rows > fitting) rows /= 2;
  return rows;
}

std::string insert_sql(const Table& table, std::size_t rows) {
  const std::size_t columns = table.columns.size();
  std::string sql = "INSERT INTO " + table.name + " (" + column_list(table) + ") VALUES ";
  for (std::size_t i = 0; i < rows; ++i)
    sql += (i == 0 ? "(" : ", (") + parameters(1 + i * columns, columns) + ")";
  return sql;
}

// A power of two, so that any number of rows takes few statements that are each prepared once.
std::size_t rows_at_once(const Table& table, std::size_t left) {
  std::size_t rows = page_rows;
  while (rows > left || rows * table.columns.size() > most_parameters) rows /= 2;
  return rows;
}

}  // namespace

std::vector<TableRow> read_page(Database& db, const Table& table, const Key& after, int most) {
  if (table.key.empty() && !after.empty()) return {};
  const int rows = table.key.empty() ? most : fitting_rows(db, table, after, most);
  std::vector<TableRow> page;
  for (const Row& row : db.rows(page_sql(column_list(table), table, after, rows), after))
    page.push_back(values_of(table, row));
  return page;
}

Key key_of(const Table& table, const TableRow& row) {
  if (table.key.empty()) return {std::int64_t{1}};  // all of it has been read
  Key key;
  for (const std::size_t column : table.key) key.push_back(row[column]);
  return key;
}

std::string key_text(const Key& key) {
  if (key.empty()) return {};
  json::array array;
  for (const Value& value : key) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) array.push_back(*number);
    if (const auto* text = std::get_if<std::string>(&value)) array.push_back(json::string(*text));
  }
  return json::serialize(array);
}

Key read_key(const std::string& text) {
  if (text.empty()) return {};
  Key key;
  const json::value values = json::parse(text);
  for (const json::value& value : values.as_array()) {
    if (value.is_string())
      key.emplace_back(std::string(value.as_string()));
    else
      key.emplace_back(value.as_int64());
  }
  return key;
}

void insert_rows(Database& db, const Table& table, std::vector<TableRow> rows) {
  for (std::size_t done = 0; done < rows.size();) {
    const std::size_t count = rows_at_once(table, rows.size() - done);
    std::vector<Value> arguments;
    arguments.reserve(count * table.columns.size());
    for (const std::size_t end = done + count; done < end; ++done)
      std::move(rows[done].begin(), rows[done].end(), std::back_inserter(arguments));
    db.run(insert_sql(table, count), arguments);
  }
}

void each_page(Database& db, const Table& table, Key after,
               const std::function<void(std::vector<TableRow>)>& on_page) {
  for (;;) {
    std::vector<TableRow> rows = read_page(db, table, after);
    if (rows.empty()) return;
    after = key_of(table, rows.back());
    on_page(std::move(rows));
  }
}

}  // namespace tertius::storage
