#pragma once
// Between rows and structs. A table's columns stand in one constexpr list; its writer gives Values and its
// reader takes columns in the order of that list. A name in the database that broker/ does not know is thrown
// as broken.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

std::string column_list(std::span<const std::string_view> columns, std::string_view table = {});  // "a, b, c"
// "INSERT INTO table (a, b) VALUES ($1, $2)"
std::string insert_sql(std::string_view table, std::span<const std::string_view> columns);
// "UPDATE table SET b = $2 WHERE a = $1": the first column is the key.
std::string update_sql(std::string_view table, std::span<const std::string_view> columns);

inline Value value_of(std::string_view text) { return std::string(text); }
inline Value value_of(Time time) { return std::int64_t{unix_seconds(time)}; }
inline Value value_of(bool flag) { return std::int64_t{flag ? 1 : 0}; }
inline Value value_of(int number) { return std::int64_t{number}; }
template <class Id>
requires std::is_enum_v<Id> Value value_of(Id id) { return static_cast<std::int64_t>(id); }
template <class T>
Value value_of(const std::optional<T>& wanted) {
  return wanted ? value_of(*wanted) : Value(nullptr);
}
Value blob_of(std::string_view bytes);

[[noreturn]] void throw_unknown_name(const std::string& name);

class RowReader {
 public:
  explicit RowReader(const Row& row) : row_(row) {}

  const std::string& text() { return row_.text(next_++); }
  std::int64_t integer() { return row_.integer(next_++); }
  int number() { return static_cast<int>(integer()); }
  double real() { return row_.real(next_++); }
  bool flag() { return integer() != 0; }
  std::string bytes() { return row_.bytes(next_++); }
  Time time() { return from_unix_seconds(integer()); }
  template <class Id>
  Id id() {
    return static_cast<Id>(integer());
  }
  template <class Enum>
  Enum named(std::optional<Enum> (*find)(std::string_view)) {
    const std::string& name = text();
    if (const auto found = find(name)) return *found;
    throw_unknown_name(name);
  }

  std::optional<Time> optional_time() {
    return optional([&] { return time(); });
  }
  template <class Id>
  std::optional<Id> optional_id() {
    return optional([&] { return id<Id>(); });
  }
  template <class Enum>
  std::optional<Enum> optional_named(std::optional<Enum> (*find)(std::string_view)) {
    return optional([&] { return named(find); });
  }
  bool is_null() const { return row_.is_null(next_); }
  void skip(std::size_t columns) { next_ += columns; }

 private:
  template <class Read>
  auto optional(Read read) -> std::optional<decltype(read())> {
    if (!is_null()) return read();
    skip(1);
    return std::nullopt;
  }

  const Row& row_;
  std::size_t next_ = 0;
};

}  // namespace tertius::storage
