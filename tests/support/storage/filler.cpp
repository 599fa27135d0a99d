#include "tests/support/storage/filler.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "storage/columns.hpp"
#include "storage/migrate.hpp"
#include "storage/schema_sql.hpp"
#include "storage/table_pages.hpp"

namespace tertius::storage {
namespace {

// What a reader of the column must find; no check of the database says so.
struct Known {
  std::string_view column, value;
};
constexpr std::array known_words{
    Known{"connectors", "[1, 2]"},  Known{"relay", "[]"},
    Known{"fields", "{}"},          Known{"skipped", "[[3, \"no address\"]]"},
    Known{"kind", "reminder"},      Known{"outcome", "spoke"},
    Known{"trigger", "requested"},  Known{"from_state", "drafted"},
    Known{"to_state", "asked"},     Known{"decision", "forward"},
    Known{"held_by", "connector"},  Known{"held_decision", "forward"},
    Known{"held_channel", "reply"}, Known{"click_policy", "strict"},
    Known{"scopes", "people:read"}, Known{"shown_state", "asked"},
    Known{"format", "vcard"},       Known{"language", "en"},
};
struct KnownNumber {
  std::string_view column;
  std::int64_t value;
};
constexpr std::array known_numbers{KnownNumber{"position", 1}, KnownNumber{"is_open", 1},
                                   KnownNumber{"had", 0}, KnownNumber{"quiet_from", 7},
                                   KnownNumber{"quiet_to", 19}};

constexpr std::array hard_doubles{
    0.1, std::numeric_limits<double>::max(), std::numeric_limits<double>::denorm_min(), -1.0 / 3, 1e15 + 0.3,
    0.0};
// U+1F91D, a combining letter, quotes, a backslash, a line's end: what an engine or a wire might trip over.
constexpr std::string_view hard_text =
    " \xF0\x9F\xA4\x9D e\xCC\x81 'quoted' \"twice\" \\x00 \t\r\n\xEF\xBF\xBD";

Blob hard_blob(int row) {
  Blob octets;
  for (int i = 0; i < 300 * (row - 1); ++i) octets.push_back(static_cast<std::byte>(i % 256));
  return octets;  // the first row's is empty
}

template <class Element, std::size_t size>
const Element* find_known(const std::array<Element, size>& known, const std::string& column) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Element& e) { return e.column == column; });
  return found == known.end() ? nullptr : &*found;
}

// "column IN ('a', 'b')" of the table's checks.
std::vector<std::string> allowed_values(const std::string& definition, const std::string& column) {
  std::vector<std::string> values;
  const std::string words = "(" + column + " IN (";
  const auto at = definition.find(words);
  if (at == definition.npos) return values;
  std::string value;
  for (auto i = at + words.size(); i < definition.size(); ++i) {
    const char c = definition[i];
    if ((c == ',' || c == ')') && !value.empty()) values.push_back(std::exchange(value, {}));
    if (c == ')') break;
    if (std::string_view(",' \n").find(c) == std::string_view::npos) value += c;
  }
  return values;
}

bool is_in_key(const Table& table, std::size_t column) {
  return std::find(table.key.begin(), table.key.end(), column) != table.key.end();
}

Value plain_value(const Table& table, std::size_t at, int row) {
  const Column& column = table.columns[at];
  const bool is_key = is_in_key(table, at);
  if (column.type == "BLOB") return hard_blob(row);
  if (column.type == "REAL") return hard_doubles[static_cast<std::size_t>(row) % hard_doubles.size()];
  if (column.type == "INTEGER") {
    const auto* known = find_known(known_numbers, column.name);
    if (known != nullptr && !is_key) return known->value;
    return std::int64_t{is_key ? row : 1'700'000'000 + 1000 * static_cast<int>(at) + row};
  }
  if (const auto* known = find_known(known_words, column.name)) return std::string(known->value);
  return table.name + "." + column.name + "." + std::to_string(row) + (is_key ? "" : std::string(hard_text));
}

Database describe(std::int64_t version) {
  Database db = open_database("sqlite::memory:");
  make_schema_of(db, version);
  return db;
}

}  // namespace

DescribedSchema::DescribedSchema(std::int64_t version) : db_(describe(version)), tables_(tables_of(db_)) {
  std::erase_if(tables_, [](const Table& table) {
    return table.name == "schema_versions" || table.name == "network_changes";
  });
}

const Table& DescribedSchema::table(const std::string& name) const {
  return *std::find_if(tables_.begin(), tables_.end(),
                       [&](const Table& table) { return table.name == name; });
}

std::string DescribedSchema::definition(const Table& table) {
  return db_.row("SELECT sql FROM sqlite_master WHERE name = $1", {table.name})->text(0);
}

bool DescribedSchema::has_one_row(const Table& table) {
  return definition(table).find("CHECK (id = 1)") != std::string::npos;
}

Value DescribedSchema::value(const Table& table, const std::string& column, int row, int rows) {
  const auto at = static_cast<std::size_t>(std::find_if(table.columns.begin(), table.columns.end(),
                                                        [&](const Column& c) { return c.name == column; }) -
                                           table.columns.begin());
  if (table.columns[at].may_be_null && row % 2 == 0) return nullptr;
  int shift = 0;  // so that nobody knows themselves
  for (const Reference& reference : table.references) {
    const auto found = std::find(reference.columns.begin(), reference.columns.end(), column);
    if (found != reference.columns.end())
      return value(this->table(reference.table),
                   reference.their_columns[static_cast<std::size_t>(found - reference.columns.begin())],
                   (row - 1 + shift) % rows + 1, rows);
    if (reference.table == "people") ++shift;
  }
  const std::vector<std::string> allowed = allowed_values(definition(table), column);
  if (allowed.empty()) return plain_value(table, at, row);
  const std::string& one = allowed[static_cast<std::size_t>(row - 1) % allowed.size()];
  if (table.columns[at].type == "INTEGER") return std::int64_t{std::stoll(one)};
  return one;
}

void fill(Database& db, DescribedSchema& schema, int rows) {
  Transaction transaction(db);
  for (const Table& table : schema.tables()) {
    if (table.is_seeded || db.row("SELECT 1 FROM " + table.name + " LIMIT 1")) continue;
    std::vector<TableRow> values;
    for (int row = 1; row <= (schema.has_one_row(table) ? 1 : rows); ++row) {
      TableRow& one = values.emplace_back();
      for (const Column& column : table.columns) one.push_back(schema.value(table, column.name, row, rows));
    }
    insert_rows(db, table, std::move(values));
  }
  transaction.commit();
}

void make_schema_of(Database& db, std::int64_t version) {
  db.script(
      schema_sql("CREATE TABLE schema_versions (version BIGINT PRIMARY KEY, name TEXT NOT NULL, "
                 "applied_at BIGINT NOT NULL)",
                 db.is_postgres()));
  for (const Migration& migration : known_migrations()) {
    if (migration.version > version) break;
    db.script(schema_sql(migration.text, db.is_postgres()));
    db.run("INSERT INTO schema_versions (version, name, applied_at) VALUES ($1, $2, 0)",
           {migration.version, std::string(migration.name)});
  }
}

void empty(Database& db) {
  const auto& tables = schema_tables();
  Transaction transaction(db);
  // Once more for what triggers wrote of the rows that went.
  for (int pass = 0; pass < 2; ++pass)
    for (auto table = tables.rbegin(); table != tables.rend(); ++table)
      if (!table->is_seeded) db.run("DELETE FROM " + table->name);
  transaction.commit();
}

void wipe(Database& db) {
  if (db.is_postgres()) {
    const std::string schema = db.row("SELECT CAST(current_schema() AS TEXT)")->text(0);
    db.script("DROP SCHEMA " + schema + " CASCADE");
    db.script("CREATE SCHEMA " + schema);
    return;
  }
  db.script("PRAGMA foreign_keys = OFF");
  for (const Row& row : db.rows("SELECT name FROM sqlite_master WHERE type = 'table'"))
    db.script("DROP TABLE " + row.text(0));
  db.script("PRAGMA foreign_keys = ON");
}

}  // namespace tertius::storage
