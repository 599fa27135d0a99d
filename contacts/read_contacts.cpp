#include "contacts/read_contacts.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "contacts/address_book_csv.hpp"
#include "contacts/linkedin.hpp"
#include "contacts/mail_evidence.hpp"
#include "contacts/text_file.hpp"
#include "contacts/vcard.hpp"
#include "contacts/zip_file.hpp"

namespace tertius::contacts {

namespace {

struct Format {
  bool (*is_it)(std::string_view);
  Result<ContactFile> (*read)(std::string_view);
};
constexpr auto formats = std::to_array<Format>({
    {is_vcard, read_vcard},
    {is_mail_evidence, read_mail_evidence},
    {is_linkedin, read_linkedin},
    {is_address_book_csv, read_address_book_csv},
});

Result<ContactFile> read_text(std::string_view bytes) {
  const auto text = text_of_file(bytes);
  if (!text) return text.error();
  const auto* format = std::ranges::find_if(formats, [&](const Format& f) { return f.is_it(text.value()); });
  if (format != formats.end()) return format->read(text.value());
  return Failure{
      text.value().empty() ? "The file is empty." : "The file has no header of a contact list that is read.",
      "Read are LinkedIn's Connections.csv (with its line First Name, Last Name, ..., Connected On) and its "
      "whole archive (.zip), Google's and Outlook's contacts as CSV, and vCard files (.vcf, beginning with "
      "BEGIN:VCARD)."};
}

bool is_named(const ZipEntry& entry, std::string_view name) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return std::ranges::equal(base_name(entry.name), name, {}, lower);
}

Failure no_connections(const std::vector<ZipEntry>& entries) {
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(entries, [&](const ZipEntry& entry) { return is_named(entry, name); });
  };
  if (has("workbook.xml")) return {"The file is an Excel workbook.", "Save it as CSV UTF-8."};
  return {"There is no Connections.csv in the archive.",
          "Take the archive that LinkedIn makes with Connections chosen, or choose a contact file itself; "
          "archives in the archive are not opened."};
}

// LinkedIn's archive, in which the list has stood in several folders. Of several lists the first that is one.
Result<ContactFile> read_archive(std::string_view bytes) {
  constexpr std::size_t most_tried = 3;
  const auto entries = list_zip(bytes);
  if (!entries) return entries.error();
  std::optional<Failure> why;
  std::size_t tried = 0;
  for (const ZipEntry& entry : entries.value()) {
    if (!is_named(entry, "connections.csv") || tried == most_tried) continue;
    ++tried;
    const auto text = read_zip_entry(bytes, entry);
    auto file = text ? read_text(text.value()) : Result<ContactFile>(text.error());
    if (file) return file;
    if (!why) why = file.error();
  }
  return why.value_or(no_connections(entries.value()));
}

}  // namespace

Result<ContactFile> read_contacts(std::string_view bytes) {
  return is_zip(bytes) ? read_archive(bytes) : read_text(bytes);
}

}  // namespace tertius::contacts
