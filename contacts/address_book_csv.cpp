#include "contacts/address_book_csv.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "broker/name_words.hpp"
#include "broker/words.hpp"
#include "contacts/csv.hpp"

namespace tertius::contacts {

namespace {

constexpr double card_strength = 0.35;
constexpr std::size_t most_mails = 32;
constexpr std::array<char, 3> delimiters = {',', ';', '\t'};

enum class Part { name, given, middle, family, organisation, title, mail };

struct Column {
  std::string_view header;  // folded
  Part part;
};
constexpr auto columns = std::to_array<Column>({
    {"name", Part::name},
    {"display name", Part::name},
    {"given name", Part::given},
    {"first name", Part::given},
    {"additional name", Part::middle},
    {"middle name", Part::middle},
    {"family name", Part::family},
    {"last name", Part::family},
    {"organization 1 - name", Part::organisation},
    {"organization name", Part::organisation},
    {"organization", Part::organisation},
    {"company", Part::organisation},
    {"organization 1 - title", Part::title},
    {"organization title", Part::title},
    {"job title", Part::title},
    {"e-mail address", Part::mail},
    {"email address", Part::mail},
    {"primary email", Part::mail},
    {"secondary email", Part::mail},
});

// Google numbers its columns ("E-mail 2 - Value"), Outlook too ("E-mail 2 Address").
bool is_numbered_mail(std::string_view header) {
  return header.starts_with("e-mail ") && (header.ends_with(" - value") || header.ends_with(" address"));
}

std::optional<Part> part_of(const std::string& field) {
  const std::string header = fold(field);
  if (is_numbered_mail(header)) return Part::mail;
  const auto* found = std::ranges::find(columns, header, &Column::header);
  return found == columns.end() ? std::nullopt : std::optional(found->part);
}

using Header = std::vector<std::optional<Part>>;

bool has(const Header& header, Part part) { return std::ranges::find(header, part) != header.end(); }

std::optional<Header> read_header(const std::vector<CsvRecord>& records) {
  if (records.empty()) return std::nullopt;
  Header header;
  for (const std::string& field : records.front().fields) header.push_back(part_of(field));
  const bool is_one = has(header, Part::mail) && (has(header, Part::name) || has(header, Part::given));
  return is_one ? std::optional(std::move(header)) : std::nullopt;
}

std::optional<char> find_delimiter(std::string_view text) {
  const auto* found = std::ranges::find_if(
      delimiters, [&](char c) { return read_header(read_csv_beginning(text, c, 1)).has_value(); });
  return found == delimiters.end() ? std::nullopt : std::optional(*found);
}

// The first column of a part that says something.
std::string value_of(const CsvRecord& record, const Header& header, Part part) {
  for (std::size_t i = 0; i < std::min(header.size(), record.fields.size()); ++i)
    if (header[i] == part && !record.fields[i].empty()) return record.fields[i];
  return {};
}

// Google writes several into one cell as "a@x ::: b@x".
void add_mails(const std::string& cell, std::vector<Address>& out) {
  constexpr std::string_view mark = ":::";
  std::string_view rest = cell;
  while (!rest.empty() && out.size() < most_mails) {
    const auto end = std::min(rest.find(mark), rest.size());
    const auto address = parse_address(trim(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + mark.size(), rest.size()));
    if (!address) continue;
    const auto is_same = [&](const Address& known) {
      return address_key(known) == address_key(address.value());
    };
    if (std::ranges::none_of(out, is_same)) out.push_back(address.value());
  }
}

std::string name_of(const CsvRecord& record, const Header& header) {
  std::string parts = value_of(record, header, Part::given);
  for (const Part part : {Part::middle, Part::family}) parts += " " + value_of(record, header, part);
  const std::string name = bare_name(parts);
  return name.empty() ? bare_name(value_of(record, header, Part::name)) : name;
}

Contact make_contact(const CsvRecord& record, const Header& header) {
  Contact contact;
  contact.name = name_of(record, header);
  contact.organisation = value_of(record, header, Part::organisation);
  contact.title = value_of(record, header, Part::title);
  for (std::size_t i = 0; i < std::min(header.size(), record.fields.size()); ++i)
    if (header[i] == Part::mail) add_mails(record.fields[i], contact.addresses);
  contact.source = TieSource::address_book;
  contact.strength = card_strength;
  contact.evidence = "in the address book";
  return contact;
}

}  // namespace

bool is_address_book_csv(std::string_view text) { return find_delimiter(text).has_value(); }

Result<ContactFile> read_address_book_csv(std::string_view bytes) {
  const auto delimiter = find_delimiter(bytes);
  if (!delimiter)
    return Failure{"There is no header of an address book in the file.",
                   "It has to have columns of names and of mail addresses."};
  const auto records = read_csv(bytes, *delimiter);
  if (!records) return records.error();
  const Header header = *read_header(records.value());
  ContactFile file;
  file.format = "Address book (CSV)";
  for (std::size_t row = 1; row < records.value().size(); ++row) {
    const CsvRecord& record = records.value()[row];
    if (!record.trouble.empty()) {
      file.skipped.push_back({row, record.trouble});
    } else if (Contact contact = make_contact(record, header); contact.name.empty()) {
      const bool blank = std::ranges::all_of(record.fields, &std::string::empty);
      if (!blank) file.skipped.push_back({row, "the row has no name"});
    } else {
      file.contacts.push_back(std::move(contact));
    }
  }
  return file;
}

}  // namespace tertius::contacts
