#include "contacts/read_contacts.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "contacts/address_book_csv.hpp"
#include "contacts/decode_text.hpp"
#include "contacts/linkedin.hpp"
#include "contacts/linkedin_archive.hpp"
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
  const std::string decoded = decode_text(bytes);
  const auto text = text_of_file(decoded);
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

struct Side {
  std::string_view name;
  std::string LinkedinArchive::*text;
};
constexpr auto sides = std::to_array<Side>({
    {"profile.csv", &LinkedinArchive::profile},
    {"messages.csv", &LinkedinArchive::messages},
    {"invitations.csv", &LinkedinArchive::invitations},
    {"recommendations_given.csv", &LinkedinArchive::recommendations_given},
    {"recommendations_received.csv", &LinkedinArchive::recommendations_received},
    {"endorsement_given_info.csv", &LinkedinArchive::endorsements_given},
    {"endorsement_received_info.csv", &LinkedinArchive::endorsements_received},
});

// Of a file that is there twice the first. What cannot be unpacked is passed over with its reason.
void add_sides(std::string_view bytes, const std::vector<ZipEntry>& entries, LinkedinArchive& archive,
               std::vector<SkippedRow>& skipped) {
  for (const Side& side : sides) {
    const auto entry =
        std::ranges::find_if(entries, [&](const ZipEntry& one) { return is_named(one, side.name); });
    if (entry == entries.end()) continue;
    const auto text = read_zip_entry(bytes, *entry);
    if (text)
      archive.*side.text = decode_text(text.value());
    else
      skipped.push_back({0, std::string(side.name) + ": " + text.error().what});
  }
}

Result<ContactFile> read_with_sides(std::string_view bytes, const std::vector<ZipEntry>& entries,
                                    const std::string& connections) {
  LinkedinArchive archive;
  archive.connections = decode_text(connections);
  if (!is_linkedin(archive.connections)) return read_text(connections);
  std::vector<SkippedRow> skipped;
  add_sides(bytes, entries, archive, skipped);
  auto file = read_linkedin_archive(archive);
  if (file) std::ranges::move(skipped, std::back_inserter(file.value().skipped));
  return file;
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
    auto file =
        text ? read_with_sides(bytes, entries.value(), text.value()) : Result<ContactFile>(text.error());
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
