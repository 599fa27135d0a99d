#pragma once
// LinkedIn's Connections.csv in its three eras: with a plain header; with a "Notes:" preamble above it; and
// with a URL column. Members who hide themselves are rows with a date alone; they are counted and nothing
// more. Pure, linear time.

#include <string_view>

#include "broker/contact.hpp"
#include "broker/result.hpp"

namespace tertius::contacts {

bool is_linkedin(std::string_view text);

// Fails without the header, and over the limits of csv.hpp.
Result<ContactFile> read_linkedin(std::string_view bytes);

}  // namespace tertius::contacts
