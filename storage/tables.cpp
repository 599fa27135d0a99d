#include "storage/tables.hpp"

#include <algorithm>
#include <map>

#include "storage/migrate.hpp"

namespace tertius::storage {
namespace {

void read_columns(Database& db, Table& table) {
  std::map<std::int64_t, std::size_t> key;  // place in the primary key, from 1; 0 is outside
  for (const Row& row :
       db.rows("SELECT name, type, \"notnull\", pk FROM pragma_table_info($1)", {table.name})) {
    if (row.integer(3) > 0) key[row.integer(3)] = table.columns.size();
    table.columns.push_back({row.text(0), row.text(1), row.integer(2) == 0 && row.integer(3) == 0});
  }
  for (const auto& [place, column] : key) table.key.push_back(column);
}

void read_references(Database& db, Table& table) {
  std::map<std::int64_t, Reference> found;
  for (const Row& row :
       db.rows("SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list($1) ORDER BY id, seq",
               {table.name})) {
    Reference& reference = found[row.integer(0)];
    reference.table = row.text(1);
    reference.columns.push_back(row.text(2));
    reference.their_columns.push_back(row.text(3));
  }
  for (auto& [id, reference] : found) table.references.push_back(std::move(reference));
}

std::vector<Table> read_tables(Database& db) {
  std::vector<Table> tables;
  for (const Row& row : db.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"))
    if (!row.text(0).starts_with("sqlite_")) tables.emplace_back().name = row.text(0);
  for (Table& table : tables) {
    read_columns(db, table);
    read_references(db, table);
    table.is_seeded = db.row("SELECT 1 FROM " + table.name + " LIMIT 1").has_value();
  }
  return tables;
}

bool all_are_among(const Table& table, const std::vector<Table>& written) {
  return std::all_of(table.references.begin(), table.references.end(), [&](const Reference& reference) {
    return reference.table == table.name ||
           std::any_of(written.begin(), written.end(),
                       [&](const Table& other) { return other.name == reference.table; });
  });
}

}  // namespace

std::vector<Table> tables_of(Database& sqlite) {
  std::vector<Table> left = read_tables(sqlite), ordered;
  while (!left.empty()) {
    const auto next = std::find_if(left.begin(), left.end(),
                                   [&](const Table& table) { return all_are_among(table, ordered); });
    if (next == left.end())
      throw StorageError(StorageTrouble::broken,
                         "the table " + left.front().name + " refers to itself in a circle");
    ordered.push_back(std::move(*next));
    left.erase(next);
  }
  return ordered;
}

const std::vector<Table>& schema_tables() {
  static const std::vector<Table> tables = [] {
    Database db = open_database("sqlite::memory:");
    migrate(db);
    return tables_of(db);
  }();
  return tables;
}

std::string column_list(const Table& table) {
  std::string list;
  for (const Column& column : table.columns) list += (list.empty() ? "" : ", ") + column.name;
  return list;
}

std::vector<std::string> key_columns(const Table& table) {
  std::vector<std::string> names;
  for (const std::size_t column : table.key) names.push_back(table.columns[column].name);
  return names;
}

}  // namespace tertius::storage
