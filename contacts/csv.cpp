#include "contacts/csv.hpp"

#include <algorithm>

#include "broker/utf8.hpp"
#include "contacts/text_file.hpp"

namespace tertius::contacts {

namespace {

class Reader {
 public:
  Reader(std::string_view bytes, char delimiter, const CsvLimits& limits)
      : text_(bytes), delimiter_(delimiter), limits_(limits) {}

  std::optional<CsvRecord> next() {
    if (at_ >= text_.size()) return std::nullopt;
    CsvRecord record;
    const auto begin = at_;
    while (true) {
      std::string field;
      if (!read_field(field)) return unclosed(begin);
      add(record, field);
      if (at_ >= text_.size() || text_[at_] != delimiter_) break;
      ++at_;
    }
    skip_line_end();
    return record;
  }

 private:
  bool at_line_end() const { return text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n"; }

  void skip_line_end() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  }

  // False where a quote is not closed within the limit of a field.
  bool read_field(std::string& field) {
    if (at_ < text_.size() && text_[at_] == '"') {
      if (!read_quoted(field)) return false;
    }
    // Text behind a closing quote is no RFC, and written by hand often enough.
    while (at_ < text_.size() && text_[at_] != delimiter_ && !at_line_end()) field += text_[at_++];
    return true;
  }

  bool read_quoted(std::string& field) {
    const auto end = std::min(text_.size(), at_ + 1 + limits_.field_bytes);
    for (++at_; at_ < end; ++at_) {
      if (text_[at_] != '"') {
        field += text_[at_];
      } else if (text_.substr(at_ + 1, 1) == "\"") {
        field += text_[at_++];
      } else {
        ++at_;
        return true;
      }
    }
    return false;
  }

  // A quote that nobody closes would swallow the rest of the file: only its line is given up. Each costs at
  // most one field's limit, so the whole stays linear.
  CsvRecord unclosed(std::size_t begin) {
    const auto end = text_.find('\n', begin);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    return {{}, "a quotation mark is never closed, or its field is too long"};
  }

  void add(CsvRecord& record, const std::string& field) const {
    if (record.fields.size() >= limits_.fields) {
      record.trouble = "more than " + std::to_string(limits_.fields) + " fields";
    } else if (field.size() > limits_.field_bytes) {
      record.trouble = "a field is longer than " + std::to_string(limits_.field_bytes) + " octets";
    } else if (!is_utf8(field)) {
      record.trouble = "not UTF-8";
    } else {
      record.fields.push_back(one_line(field));
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  char delimiter_;
  CsvLimits limits_;
};

std::string_view without_mark(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
}

}  // namespace

Result<std::vector<CsvRecord>> read_csv(std::string_view bytes, char delimiter, const CsvLimits& limits) {
  if (bytes.size() > limits.bytes)
    return Failure{"The file has more than " + std::to_string(limits.bytes) + " octets.",
                   "Part it into smaller files."};
  const auto text = text_of_file(bytes);
  if (!text) return text.error();
  Reader reader(text.value(), delimiter, limits);
  std::vector<CsvRecord> records;
  while (auto record = reader.next()) {
    if (records.size() >= limits.rows)
      return Failure{"The file has more than " + std::to_string(limits.rows) + " rows.",
                     "Part it into smaller files."};
    records.push_back(std::move(*record));
  }
  return records;
}

std::vector<CsvRecord> read_csv_beginning(std::string_view bytes, char delimiter, std::size_t most) {
  Reader reader(without_mark(bytes), delimiter, {});
  std::vector<CsvRecord> records;
  while (records.size() < most) {
    auto record = reader.next();
    if (!record) break;
    records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace tertius::contacts
