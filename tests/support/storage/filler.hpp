#pragma once
// Rows for every table of a schema, whatever tables it has: made from what SQLite says of them, so that keys
// are there, references hold and every check is satisfied. Odd rows have a value in every column, even ones
// NULL wherever that may be.

#include "storage/tables.hpp"

namespace tertius::storage {

// A schema, in an SQLite of its own, for its tables to be asked.
class DescribedSchema {
 public:
  explicit DescribedSchema(std::int64_t version);  // made of the files up to this one

  const std::vector<Table>& tables() const { return tables_; }
  bool has_one_row(const Table& table);
  // `row` counts from 1; the same at each call.
  Value value(const Table& table, const std::string& column, int row, int rows);

 private:
  const Table& table(const std::string& name) const;
  std::string definition(const Table& table);

  Database db_;
  std::vector<Table> tables_;
};

// Tables that were made with rows in them are left as they are.
void fill(Database& db, DescribedSchema& schema, int rows);

// The database as a program of that schema left it, before schema_versions had `works_with`. It must be
// empty.
void make_schema_of(Database& db, std::int64_t version);

// A migrated database as it was then, but for what was changed in the rows that tables were made with;
// quicker than one made anew.
void empty(Database& db);

// Nothing is left, the schema's own tables neither.
void wipe(Database& db);

}  // namespace tertius::storage
