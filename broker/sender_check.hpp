#pragma once
// Is this letter from whom its From says? Only the operator's own mail server can tell, in the
// Authentication-Results field (RFC 8601) that carries the authserv-id the operator pinned; all others were
// written by strangers. Pure, linear.

#include <string_view>

#include "broker/address.hpp"
#include "broker/letter.hpp"

namespace tertius {

// True where the topmost field with this authserv-id says dmarc=pass, or dkim=pass for the From domain or a
// parent of it, and no other result of that method in it says otherwise. False where nothing is pinned.
bool is_authenticated(const Letter& letter, const Address& from, std::string_view trusted_authserv_id);

}  // namespace tertius
