#pragma once
// An address field -> mailboxes (RFC 5322 3.4, with the obsolete forms of 4.4): groups, nested comments,
// quoted strings, routes, encoded words in names. Structure is read before words are decoded, so that no
// encoded word can add an address. Never fails: what has no address keeps its name and an empty address.
// Linear time.

#include <string_view>
#include <vector>

#include "broker/letter.hpp"

namespace tertius::mail {

std::vector<Mailbox> read_mailboxes(std::string_view field);

}  // namespace tertius::mail
