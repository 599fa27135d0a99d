#pragma once
// What must hold of every contact that is read, whatever the file.

#include "broker/contact.hpp"
#include "tests/fuzz/require.hpp"

namespace tertius::fuzz {

inline void require_contact(const Contact& contact) {
  require_line(contact.name), require_line(contact.organisation), require_line(contact.title);
  require_line(contact.profile_url), require_line(contact.evidence);
  require(!contact.name.empty() || !contact.addresses.empty() || !contact.profile_url.empty(),
          "a contact can be told from others");
  require(contact.strength > 0 && contact.strength <= 1, "a tie's strength is within (0, 1]");
  require(contact.profile_url.empty() || contact.profile_url.starts_with("https://www.linkedin.com/in/"),
          "a profile is a person's page");
  for (const Address& address : contact.addresses) {
    const auto again = parse_address(text(address));
    require(again.has_value() && again.value() == address, "an address can be written to");
  }
}

inline void require_file(const Result<ContactFile>& file, std::size_t bytes) {
  if (!file) return require(!file.error().what.empty(), "a failure says what is wrong");
  require(file.value().contacts.size() + file.value().skipped.size() + file.value().hidden <= bytes,
          "no row from nowhere");
  for (const Contact& contact : file.value().contacts) require_contact(contact);
  for (const SkippedRow& row : file.value().skipped) {
    require(!row.why.empty(), "a skipped row says why");
    require_text(row.why);
  }
}

}  // namespace tertius::fuzz
