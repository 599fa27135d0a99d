#pragma once
// What a table holds, in two numbers that are alike for the same rows in either engine, in whatever order
// they come: how many rows, and the sum of eight octets of each row's SHA-256. Doubles count by their bits,
// texts and blobs by their octets. Throws StorageError.

#include <functional>

#include "storage/table_pages.hpp"

namespace tertius::storage {

struct TableSum {
  std::int64_t rows = 0;
  std::uint64_t sum = 0;
  bool operator==(const TableSum&) const = default;
};

void add_row(TableSum& sum, const TableRow& row);

// `on_rows` hears how many rows each page had.
TableSum sum_table(Database& db, const Table& table, const std::function<void(std::int64_t)>& on_rows = {});

}  // namespace tertius::storage
