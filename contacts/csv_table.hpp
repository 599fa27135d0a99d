#pragma once
// A CSV file with one header line, its cells by the names in it. Pure.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "broker/result.hpp"
#include "contacts/csv.hpp"

namespace tertius::contacts {

class CsvTable {
 public:
  // The header has to have each of `needed`, folded: "sender profile url". What else it has is there too.
  static Result<CsvTable> read(std::string_view text, std::initializer_list<std::string_view> needed);

  std::size_t rows() const { return records_.empty() ? 0 : records_.size() - 1; }
  // False where the row cannot be read.
  bool is_good(std::size_t row) const { return records_[row + 1].trouble.empty(); }
  // Empty where the row has no such cell.
  std::string_view cell(std::size_t row, std::string_view column) const;

 private:
  std::vector<CsvRecord> records_;  // the header among them
  std::map<std::string, std::size_t, std::less<>> places_;
};

}  // namespace tertius::contacts
