#pragma once
// From what somebody typed to their address book: the book's own address, a home or principal of theirs, or a
// server alone (RFC 6764, 6: /.well-known/carddav; RFC 5397; RFC 6352, 7.1.1).

#include <string>

#include "contacts/dav_talk.hpp"

namespace tertius::contacts {

struct FoundBook {
  std::string collection, name, sync_token, ctag;
};

// `known` is where it was last time, and may be empty. Of several books none is taken: the failure names
// them.
Result<FoundBook> find_book(DavTalk& talk, const std::string& known);

}  // namespace tertius::contacts
