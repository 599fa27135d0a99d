#include "storage/schema_sql.hpp"

#include <array>

namespace tertius::storage {
namespace {

constexpr std::string_view sqlite_prefix = "-- sqlite:";
constexpr std::string_view postgres_prefix = "-- postgres:";

struct Word {
  std::string_view postgres, sqlite;
};
constexpr std::array words{Word{"BIGINT", "INTEGER"}, Word{"DOUBLE PRECISION", "REAL"}, Word{"BYTEA", "BLOB"},
                           Word{" COLLATE \"C\"", ""}};

void translate(std::string& text) {
  for (const Word& word : words)
    for (auto at = text.find(word.postgres); at != text.npos;
         at = text.find(word.postgres, at + word.sqlite.size()))
      text.replace(at, word.postgres.size(), word.sqlite);
}

std::string_view line_for(std::string_view line, bool for_postgres) {
  const std::string_view own = for_postgres ? postgres_prefix : sqlite_prefix;
  const auto start = line.find_first_not_of(' ');
  const std::string_view trimmed = start == line.npos ? std::string_view{} : line.substr(start);
  return trimmed.starts_with(own) ? trimmed.substr(own.size()) : line;  // the other's stays a comment
}

}  // namespace

std::string schema_sql(std::string_view text, bool for_postgres) {
  std::string sql;
  while (!text.empty()) {
    const auto end = text.find('\n');
    sql += line_for(text.substr(0, end), for_postgres);
    sql += '\n';
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  if (!for_postgres) translate(sql);
  return sql;
}

}  // namespace tertius::storage
