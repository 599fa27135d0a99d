#pragma once
// What a WebDAV server says of its resources: the multistatus of RFC 4918, 13, and as much of RFC 6352, 6578
// and 5397 as reading an address book takes. A document type is refused as soon as it is seen, so that no
// entity is ever declared; nothing is loaded from anywhere. Pure, linear time.

#include <string>
#include <string_view>
#include <vector>

#include "broker/result.hpp"

namespace tertius::contacts {

// Of one resource; what it does not have, or we may not read, is empty.
struct DavResource {
  std::string href;  // as the server writes it
  int status = 0;    // 404: it is gone; 507: there is more; 0: it is there
  std::string etag, card, name, sync_token, ctag;
  std::string principal;           // DAV:current-user-principal
  std::vector<std::string> homes;  // where address books are
  bool is_address_book = false, is_collection = false;
};

struct Multistatus {
  std::vector<DavResource> resources;
  std::string sync_token;         // of a sync-collection report
  bool is_token_refused = false;  // DAV:valid-sync-token did not hold
};

inline constexpr std::size_t most_resources = 200'000;
inline constexpr std::size_t longest_card = 8'000'000;  // with its pictures

Result<Multistatus> read_multistatus(std::string_view xml);

}  // namespace tertius::contacts
