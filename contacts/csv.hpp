#pragma once
// Comma-separated values (RFC 4180) from strangers: quotes, line ends inside quotes, CRLF or LF, a byte order
// mark. Total and in linear time; a record that cannot be read says so in `trouble` and reading goes on with
// the next. Pure.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/result.hpp"

namespace tertius::contacts {

struct CsvLimits {
  std::size_t bytes = 64'000'000;
  std::size_t rows = 500'000;
  std::size_t fields = 256;  // in a record
  std::size_t field_bytes = 16'384;
};

struct CsvRecord {
  std::vector<std::string> fields;  // one line each, trimmed; UTF-8
  std::string trouble;              // not empty: the record is unusable, and why
};

// Fails for a file over the limits, and for one that is not text at all (NUL octets).
Result<std::vector<CsvRecord>> read_csv(std::string_view bytes, char delimiter, const CsvLimits& limits = {});

// The records, at most `most`, of a file's beginning.
std::vector<CsvRecord> read_csv_beginning(std::string_view bytes, char delimiter, std::size_t most);

}  // namespace tertius::contacts
