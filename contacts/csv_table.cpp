#include "contacts/csv_table.hpp"

#include <algorithm>

#include "broker/words.hpp"

namespace tertius::contacts {
namespace {

constexpr CsvLimits long_cells{.field_bytes = 1'000'000};  // a letter stands in one

}  // namespace

Result<CsvTable> CsvTable::read(std::string_view text, std::initializer_list<std::string_view> needed) {
  auto records = read_csv(text, ',', long_cells);
  if (!records) return records.error();
  CsvTable table;
  table.records_ = std::move(records.value());
  if (table.records_.empty()) return Failure{"it is empty", ""};
  const auto& header = table.records_.front().fields;
  for (std::size_t i = 0; i < header.size(); ++i) table.places_.emplace(fold(header[i]), i);
  for (const std::string_view column : needed)
    if (!table.places_.contains(column))
      return Failure{"it has no column \"" + std::string(column) + "\"", ""};
  return table;
}

std::string_view CsvTable::cell(std::size_t row, std::string_view column) const {
  const auto place = places_.find(column);
  const auto& fields = records_[row + 1].fields;
  return place == places_.end() || place->second >= fields.size() ? std::string_view{}
                                                                  : std::string_view(fields[place->second]);
}

}  // namespace tertius::contacts
