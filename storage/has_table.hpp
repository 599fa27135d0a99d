#pragma once
// What a database has, asked of its own catalogue: nothing fails where it is not there, and a failure inside
// a transaction of PostgreSQL would end it. Any thread that owns the connection; throws StorageError.

#include <string>

#include "storage/db.hpp"

namespace tertius::storage {

bool has_table(Database& db, const std::string& table);
bool has_column(Database& db, const std::string& table, const std::string& column);

}  // namespace tertius::storage
