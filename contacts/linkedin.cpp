#include "contacts/linkedin.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "broker/name_words.hpp"
#include "broker/words.hpp"
#include "contacts/csv.hpp"
#include "contacts/dates.hpp"
#include "contacts/profile_url.hpp"

namespace tertius::contacts {

namespace {

constexpr double connection_strength = 0.35;  // a connection alone says little: half of them never wrote
constexpr std::size_t preamble_rows = 20;
constexpr std::array<char, 3> delimiters = {',', ';',
                                            '\t'};  // spreadsheets of half of Europe save with semicolons

enum Column { first_name, last_name, url, email, company, position, connected_on };
constexpr std::array<std::string_view, 7> column_names = {
    "first name", "last name", "url", "email address", "company", "position", "connected on",
};
constexpr std::array<Column, 3> needed = {first_name, last_name,
                                          connected_on};  // Outlook and Google lack the last

struct Header {
  std::size_t row = 0;
  std::size_t width = 0;
  std::array<std::optional<std::size_t>, column_names.size()> places;
};

std::optional<Header> find_header(const std::vector<CsvRecord>& records) {
  for (std::size_t row = 0; row < std::min(records.size(), preamble_rows); ++row) {
    Header header{row, records[row].fields.size(), {}};
    for (std::size_t i = 0; i < records[row].fields.size(); ++i) {
      const auto* name = std::ranges::find(column_names, fold(records[row].fields[i]));
      if (name != column_names.end())
        header.places[static_cast<std::size_t>(name - column_names.begin())] = i;
    }
    if (std::ranges::all_of(needed, [&](Column column) { return header.places[column].has_value(); }))
      return header;
  }
  return std::nullopt;
}

std::optional<char> find_delimiter(std::string_view text) {
  const auto* found = std::ranges::find_if(delimiters, [&](char delimiter) {
    return find_header(read_csv_beginning(text, delimiter, preamble_rows)).has_value();
  });
  return found == delimiters.end() ? std::nullopt : std::optional(*found);
}

std::string_view field(const CsvRecord& record, const Header& header, Column column) {
  const auto place = header.places[column];
  return place && *place < record.fields.size() ? std::string_view(record.fields[*place])
                                                : std::string_view{};
}

bool is_blank(const CsvRecord& record) {
  return record.trouble.empty() && std::ranges::all_of(record.fields, &std::string::empty) &&
         record.fields.size() <= 1;
}

std::string trouble_of(const CsvRecord& record, const Header& header) {
  if (!record.trouble.empty()) return record.trouble;
  const auto& fields = record.fields;
  const auto beyond = fields.begin() + static_cast<std::ptrdiff_t>(std::min(header.width, fields.size()));
  const bool too_many =
      std::any_of(beyond, fields.end(), [](const std::string& text) { return !text.empty(); });
  if (fields.size() >= header.width && !too_many) return {};
  return std::to_string(fields.size()) + " fields where the header has " + std::to_string(header.width);
}

Contact make_contact(const CsvRecord& record, const Header& header, std::string name, DateOrder order) {
  Contact contact;
  contact.name = std::move(name);
  contact.organisation = field(record, header, company);
  contact.title = field(record, header, position);
  contact.profile_url = make_profile_url(field(record, header, url));
  if (const auto address = parse_address(field(record, header, email)))
    contact.addresses.push_back(address.value());
  contact.since = find_date(field(record, header, connected_on), order);
  contact.source = TieSource::linkedin;
  contact.strength = connection_strength;
  contact.evidence =
      "connected on LinkedIn" + (contact.since ? " since " + month_text(*contact.since) : std::string{});
  return contact;
}

DateOrder date_order(const std::vector<CsvRecord>& records, const Header& header) {
  const bool day_first = std::any_of(
      records.begin() + static_cast<std::ptrdiff_t>(header.row) + 1, records.end(),
      [&](const CsvRecord& record) { return needs_day_first(field(record, header, connected_on)); });
  return day_first ? DateOrder::day_first : DateOrder::month_first;
}

}  // namespace

bool is_linkedin(std::string_view text) { return find_delimiter(text).has_value(); }

Result<ContactFile> read_linkedin(std::string_view bytes) {
  const auto delimiter = find_delimiter(bytes);
  if (!delimiter)
    return Failure{"There is no LinkedIn header in the file.",
                   "It has to have First Name, Last Name and Connected On."};
  const auto records = read_csv(bytes, *delimiter);
  if (!records) return records.error();
  const auto header = *find_header(records.value());
  const auto order = date_order(records.value(), header);

  ContactFile file;
  file.format = "LinkedIn Connections.csv";
  std::size_t row = 0;
  for (std::size_t i = header.row + 1; i < records.value().size(); ++i) {
    const auto& record = records.value()[i];
    if (is_blank(record)) continue;
    ++row;
    if (auto trouble = trouble_of(record, header); !trouble.empty()) {
      file.skipped.push_back({row, std::move(trouble)});
      continue;
    }
    auto name = bare_name(std::string(field(record, header, first_name)) + " " +
                          std::string(field(record, header, last_name)));
    if (name.empty()) {
      ++file.hidden;
    } else {
      file.contacts.push_back(make_contact(record, header, std::move(name), order));
    }
  }
  return file;
}

}  // namespace tertius::contacts
