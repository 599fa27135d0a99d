#include "storage/table_sum.hpp"

#include <bit>
#include <charconv>

#include "broker/sha256.hpp"

namespace tertius::storage {
namespace {

void append_number(std::string& out, std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(number >> shift & 0xFF);
}

void append_octets(std::string& out, char kind, std::string_view octets) {
  out += kind;
  append_number(out, octets.size());
  out += octets;
}

// Each value says its kind and its length first: no two rows are written alike.
void append_value(std::string& out, const Value& value) {
  if (std::holds_alternative<std::nullptr_t>(value)) {
    out += '0';
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    out += 'i';
    append_number(out, static_cast<std::uint64_t>(*number));
  } else if (const auto* real = std::get_if<double>(&value)) {
    out += 'r';
    append_number(out, std::bit_cast<std::uint64_t>(*real == 0 ? 0.0 : *real));  // SQLite keeps no minus zero
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    append_octets(out, 't', *text);
  } else if (const auto* blob = std::get_if<Blob>(&value)) {
    append_octets(out, 'b', {reinterpret_cast<const char*>(blob->data()), blob->size()});
  }
}

// The first eight octets, as a number.
std::uint64_t sha256_prefix(std::string_view octets) {
  const std::string hex = hex_sha256(octets);
  std::uint64_t prefix = 0;
  std::from_chars(hex.data(), hex.data() + 2 * sizeof prefix, prefix, 16);
  return prefix;
}

}  // namespace

void add_row(TableSum& sum, const TableRow& row) {
  std::string written;
  for (const Value& value : row) append_value(written, value);
  sum.rows += 1;
  sum.sum += sha256_prefix(written);
}

TableSum sum_table(Database& db, const Table& table, const std::function<void(std::int64_t)>& on_rows) {
  TableSum sum;
  each_page(db, table, {}, [&](const std::vector<TableRow>& rows) {
    for (const TableRow& row : rows) add_row(sum, row);
    if (on_rows) on_rows(static_cast<std::int64_t>(rows.size()));
  });
  return sum;
}

}  // namespace tertius::storage
