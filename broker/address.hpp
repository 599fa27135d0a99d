#pragma once
// An addr-spec (RFC 5322 3.4.1) that may be dialled: no control characters, no bare spaces, within RFC 5321's
// lengths (64 octets of local part, 254 in all). Anything read from strangers becomes an Address before it is
// stored, compared or written into a header.

#include <compare>
#include <string>
#include <string_view>

#include "broker/result.hpp"

namespace tertius {

struct Address {
  std::string local;   // as written; a quoted local part keeps its quotes
  std::string domain;  // lower case, without a trailing dot; may be UTF-8 (RFC 6531)

  friend auto operator<=>(const Address&, const Address&) = default;
};

// "local@domain", nothing around it. Fails on CR, LF, NUL, spaces, empty parts and overlong ones.
Result<Address> parse_address(std::string_view text);

std::string text(const Address& address);

// The form people are matched by: the local part in lower case too. Every mail system in use ignores its
// case.
std::string address_key(const Address& address);

// "intro+token@domain" -> "token"; empty when there is no tag.
std::string_view address_tag(const Address& address);

}  // namespace tertius
