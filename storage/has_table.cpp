#include "storage/has_table.hpp"

namespace tertius::storage {

bool has_table(Database& db, const std::string& table) {
  return db
      .row(db.is_postgres() ? "SELECT 1 WHERE to_regclass($1) IS NOT NULL"
                            : "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1",
           {table})
      .has_value();
}

bool has_column(Database& db, const std::string& table, const std::string& column) {
  return db
      .row(db.is_postgres() ? "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = $2 "
                              "AND NOT attisdropped"
                            : "SELECT 1 FROM pragma_table_info($1) WHERE name = $2",
           {table, column})
      .has_value();
}

}  // namespace tertius::storage
