#pragma once
// A member's contact file, whatever it is: told by its content, never by its name; in a ZIP archive the
// Connections.csv, wherever it stands, with what LinkedIn's other files there say of the same people.
// Strangers write these files: a row that cannot be read is skipped with its reason, and the time is linear
// in the size. A file that is no list of contacts is a failure with the formats that are read, never "0
// imported". Pure.

#include <string_view>

#include "broker/contact.hpp"
#include "broker/result.hpp"

namespace tertius::contacts {

Result<ContactFile> read_contacts(std::string_view bytes);

}  // namespace tertius::contacts
