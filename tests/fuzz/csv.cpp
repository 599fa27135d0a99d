// Comma-separated values with any delimiter, within limits that a small file passes.
#include "contacts/csv.hpp"

#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

void require_records(std::string_view bytes, char delimiter) {
  const tertius::contacts::CsvLimits limits{.bytes = 100'000, .rows = 50, .fields = 8, .field_bytes = 100};
  const auto records = tertius::contacts::read_csv(bytes, delimiter, limits);
  if (!records) return require(!records.error().what.empty(), "a failure says what is wrong");
  require(bytes.size() <= limits.bytes && records.value().size() <= limits.rows,
          "files over the limits fail");
  for (const auto& record : records.value()) {
    if (!record.trouble.empty()) continue;
    require(record.fields.size() <= limits.fields, "fields are counted");
    for (const auto& field : record.fields) {
      require_line(field);
      require(field.size() <= limits.field_bytes, "a field is bounded");
    }
  }
}

// Which file it is, is told by its beginning.
void require_same_beginning(std::string_view bytes, char delimiter) {
  const auto all = tertius::contacts::read_csv(bytes, delimiter);
  if (!all) return;
  const auto beginning = tertius::contacts::read_csv_beginning(bytes, delimiter, 3);
  require(beginning.size() == std::min<std::size_t>(3, all.value().size()), "a beginning is not longer");
  for (std::size_t i = 0; i < beginning.size(); ++i)
    require(beginning[i].fields == all.value()[i].fields, "a beginning is the file's");
}

}  // namespace

void csv(std::string_view bytes) {
  for (const char delimiter : {',', ';', '\t'}) {
    require_records(bytes, delimiter);
    require_same_beginning(bytes, delimiter);
  }
}

}  // namespace tertius::fuzz
