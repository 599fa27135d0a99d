#pragma once
// vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350): one contact for each card that names a person. Cards of
// organisations and groups are skipped with their reason, as are broken ones. Pure, linear time.

#include <string_view>

#include "broker/contact.hpp"
#include "broker/result.hpp"

namespace tertius::contacts {

bool is_vcard(std::string_view text);

Result<ContactFile> read_vcard(std::string_view bytes);

}  // namespace tertius::contacts
