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

std::string_view trimmed(std::string_view line) {
  const auto start = line.find_first_not_of(' ');
  return start == line.npos ? std::string_view{} : line.substr(start);
}

std::string_view line_for(std::string_view line, bool for_postgres) {
  const std::string_view own = for_postgres ? postgres_prefix : sqlite_prefix, words = trimmed(line);
  return words.starts_with(own) ? words.substr(own.size()) : line;  // the other's stays a comment
}

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return line;
}

}  // namespace

std::string schema_sql(std::string_view text, bool for_postgres) {
  std::string sql;
  while (!text.empty()) {
    sql += line_for(take_line(text), for_postgres);
    sql += '\n';
  }
  if (!for_postgres) translate(sql);
  return sql;
}

std::string without_other_engine(std::string_view sql, bool for_postgres) {
  std::string own;
  while (!sql.empty()) {
    const std::string_view line = take_line(sql);
    if (trimmed(line).starts_with(for_postgres ? sqlite_prefix : postgres_prefix)) continue;
    own += line;
    own += '\n';
  }
  return own;
}

}  // namespace tertius::storage
