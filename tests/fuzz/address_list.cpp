// An address field, and what we write of it into a mail of our own.
#include <algorithm>

#include "broker/address.hpp"
#include "mail/header_block.hpp"
#include "mail/mailbox_list.hpp"
#include "mail/write_header.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

// A field written from strangers' words is one field, with the same number of addresses in it.
void require_written(const std::vector<Mailbox>& mailboxes) {
  std::string field;
  const std::size_t written = mail::write_mailbox_field(field, "To", mailboxes);
  const auto fields = mail::read_header_block(field);
  require(fields.size() == (written > 0 ? 1u : 0u), "a field ends where it should");
  if (written == 0) return;
  const auto again = mail::read_mailboxes(fields.front().value);
  require(again.size() == written, "what is written is read");
  for (const Mailbox& mailbox : again)
    require(parse_address(mailbox.address).has_value(), "addresses stay whole");
}

}  // namespace

void address_list(std::string_view bytes) {
  const auto mailboxes = mail::read_mailboxes(bytes);
  std::size_t addresses = 0, octets = 0;
  for (const Mailbox& mailbox : mailboxes) {
    require_line(mailbox.name);
    require_line(mailbox.address);
    require(!mailbox.name.empty() || !mailbox.address.empty(), "a mailbox is somebody");
    addresses += mailbox.address.find('@') != std::string::npos ? 1 : 0;
    octets += mailbox.name.size() + mailbox.address.size();
  }
  // An @ within an encoded word makes no address.
  require(addresses <= static_cast<std::size_t>(std::ranges::count(bytes, '@')), "no address from nowhere");
  require(octets <= 4 * bytes.size(), "mailboxes are bounded by their field");
  require_written(mailboxes);
}

}  // namespace tertius::fuzz
