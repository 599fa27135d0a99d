#pragma once
// Many rows of two columns in few statements: a row by itself costs more in the statement than in the table.
// Callers hold a transaction.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "storage/db.hpp"

namespace tertius::storage {

// " VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
inline std::string pairs_sql(std::size_t rows) {
  std::string sql = " VALUES ";
  for (std::size_t i = 0; i < rows; ++i)
    sql += (i == 0 ? "($" : ", ($") + std::to_string(2 * i + 1) + ", $" + std::to_string(2 * i + 2) + ")";
  return sql + " ON CONFLICT DO NOTHING";
}

// `into`: "INSERT INTO table (a, b)"; `row(i)` gives the two values. One prepared statement takes 64 rows,
// and one the last rows, one by one.
template <class RowAt>
void insert_pairs(Database& db, const std::string& into, std::size_t rows, RowAt row) {
  constexpr std::size_t at_once = 64;
  const std::string of_many = into + pairs_sql(at_once), of_one = into + pairs_sql(1);
  for (std::size_t i = 0; i < rows;) {
    const std::size_t count = rows - i < at_once ? 1 : at_once;
    std::vector<Value> arguments;
    for (const std::size_t end = i + count; i < end; ++i) {
      auto [a, b] = row(i);
      arguments.push_back(std::move(a));
      arguments.push_back(std::move(b));
    }
    db.run(count == 1 ? of_one : of_many, arguments);
  }
}

}  // namespace tertius::storage
