#pragma once
// A database's URL as logs, errors and reports may show it.

#include <string>

namespace tertius::storage {

// The URL without the passwords that may stand in it. Pure.
std::string shown_url(const std::string& url);

}  // namespace tertius::storage
