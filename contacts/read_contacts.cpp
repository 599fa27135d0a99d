#include "contacts/read_contacts.hpp"

#include <algorithm>
#include <array>

#include "contacts/address_book_csv.hpp"
#include "contacts/decode_text.hpp"
#include "contacts/linkedin.hpp"
#include "contacts/mail_evidence.hpp"
#include "contacts/text_file.hpp"
#include "contacts/vcard.hpp"

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

}  // namespace

Result<ContactFile> read_contacts(std::string_view bytes) {
  const std::string decoded = decode_text(bytes);
  const auto text = text_of_file(decoded);
  if (!text) return text.error();
  const auto* format = std::ranges::find_if(formats, [&](const Format& f) { return f.is_it(text.value()); });
  if (format != formats.end()) return format->read(text.value());
  return Failure{
      text.value().empty() ? "The file is empty." : "The file has no header of a contact list that is read.",
      "Read are LinkedIn's Connections.csv (with its line First Name, Last Name, ..., Connected On), "
      "Google's "
      "and Outlook's contacts as CSV, and vCard files (.vcf, beginning with BEGIN:VCARD)."};
}

}  // namespace tertius::contacts
