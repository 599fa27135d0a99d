#pragma once
// A whole table in pages, in the order of its primary key: each page begins behind the last row of the one
// before, so that it costs the same wherever it is. A page is some hundreds of rows, or about 8 MB where the
// table has letters and files in it (one row at least, however long). Tables without a key come whole.
// Throws StorageError.

#include <functional>
#include <vector>

#include "storage/tables.hpp"

namespace tertius::storage {

using Key = std::vector<Value>;  // empty: before the first row

inline constexpr int page_rows = 512;

using TableRow = std::vector<Value>;  // in the order of the table's columns

// Empty behind the last row. Each `most` is a statement of its own.
std::vector<TableRow> read_page(Database& db, const Table& table, const Key& after, int most = page_rows);

Key key_of(const Table& table, const TableRow& row);

// JSON, to be kept: [12, "word"]; "" for an empty one.
std::string key_text(const Key& key);
Key read_key(const std::string& text);

// Rows as read_page gives them; the caller holds a transaction.
void insert_rows(Database& db, const Table& table, std::vector<TableRow> rows);

// Calls `on_page` with each page of the table behind `after`.
void each_page(Database& db, const Table& table, Key after,
               const std::function<void(std::vector<TableRow>)>& on_page);

}  // namespace tertius::storage
