#include "storage/columns.hpp"

namespace tertius::storage {

std::string column_list(std::span<const std::string_view> columns, std::string_view table) {
  std::string list;
  for (const std::string_view column : columns) {
    if (!list.empty()) list += ", ";
    if (!table.empty()) list.append(table) += '.';
    list += column;
  }
  return list;
}

std::string insert_sql(std::string_view table, std::span<const std::string_view> columns) {
  std::string sql = "INSERT INTO " + std::string(table) + " (" + column_list(columns) + ") VALUES (";
  for (std::size_t i = 1; i <= columns.size(); ++i) sql += (i == 1 ? "$" : ", $") + std::to_string(i);
  return sql + ")";
}

std::string update_sql(std::string_view table, std::span<const std::string_view> columns) {
  std::string sql = "UPDATE " + std::string(table) + " SET ";
  for (std::size_t i = 1; i < columns.size(); ++i)
    sql += (i == 1 ? "" : ", ") + std::string(columns[i]) + " = $" + std::to_string(i + 1);
  return sql + " WHERE " + std::string(columns[0]) + " = $1";
}

Value blob_of(std::string_view bytes) {
  const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
  return Blob(first, first + bytes.size());
}

void throw_unknown_name(const std::string& name) {
  throw StorageError(StorageTrouble::broken, "the database holds the unknown name \"" + name + "\"",
                     "was it written by a newer program?");
}

}  // namespace tertius::storage
