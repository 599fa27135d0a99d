#pragma once
// Contacts as Google (both generations of its header), Outlook (desktop and web) and Thunderbird export them.
// Told apart from other tables by a column of mail addresses and one of names. Pure, linear time.

#include <string_view>

#include "broker/contact.hpp"
#include "broker/result.hpp"

namespace tertius::contacts {

bool is_address_book_csv(std::string_view text);

// Fails without the header, and over the limits of csv.hpp.
Result<ContactFile> read_address_book_csv(std::string_view bytes);

}  // namespace tertius::contacts
