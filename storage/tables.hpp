#pragma once
// The tables of a schema as the database itself describes them, so that no list of ours can get out of date.
// Those that others refer to come first: in this order rows can be written, and in the reverse deleted.
// SQLite is asked, for it answers alike in every version; PostgreSQL's tables are made from the same text and
// have the same columns. Throws StorageError where tables refer to each other in a circle.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/db.hpp"

namespace tertius::storage {

struct Column {
  std::string name;
  std::string type;  // SQLite's: INTEGER, REAL, TEXT, BLOB
  bool may_be_null = false;
};

struct Reference {
  std::vector<std::string> columns;
  std::string table;
  std::vector<std::string> their_columns;
};

struct Table {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::size_t> key;  // columns of the primary key in its order; empty where there is none
  std::vector<Reference> references;
  bool is_seeded = false;  // has rows as soon as it is made
};

std::vector<Table> tables_of(Database& sqlite);

// Those of this program's schema, whatever database it serves. Made at the first call; any thread.
const std::vector<Table>& schema_tables();

std::string column_list(const Table& table);  // "a, b, c"
std::vector<std::string> key_columns(const Table& table);

}  // namespace tertius::storage
