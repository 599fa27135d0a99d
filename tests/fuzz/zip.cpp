// A ZIP archive: its list, and each of its files within the limits. LinkedIn's archive is what members
// upload.
#include "contacts/read_contacts.hpp"
#include "contacts/zip_file.hpp"
#include "tests/fuzz/contact_file.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

constexpr contacts::ZipLimits limits{.entries = 100, .bytes = 2'000'000, .ratio = 50};

void require_entry(std::string_view bytes, const contacts::ZipEntry& entry) {
  require(contacts::base_name(entry.name).find_first_of("/\\") == std::string_view::npos,
          "a name is no path");
  const auto text = contacts::read_zip_entry(bytes, entry, limits);
  if (!text) return require(!text.error().what.empty(), "a failure says what is wrong");
  require(text.value().size() <= limits.bytes, "what comes out is bounded");
  require(text.value().size() == entry.bytes, "an entry has the length that it says");
}

}  // namespace

void zip(std::string_view bytes) {
  const auto entries = contacts::list_zip(bytes, limits);
  if (!entries) return require(!entries.error().what.empty(), "a failure says what is wrong");
  require(entries.value().size() <= limits.entries, "entries are bounded");
  for (const auto& entry : entries.value()) require_entry(bytes, entry);
  const auto file = contacts::read_contacts(bytes);
  if (file)
    for (const Contact& contact : file.value().contacts) require_contact(contact);
}

}  // namespace tertius::fuzz
