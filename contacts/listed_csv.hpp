#pragma once
// An operator's lists as CSV: "email,name,organisation,title" and "owner,contact,rating", the columns in any
// order, the last two of members' may be left out. Fails without the header, and over 4,000,000 rows. Pure.

#include <string_view>

#include "broker/listed.hpp"
#include "broker/result.hpp"

namespace tertius::contacts {

Result<Listed<ListedMember>> read_listed_members(std::string_view bytes);
Result<Listed<ListedTie>> read_listed_ties(std::string_view bytes);

}  // namespace tertius::contacts
