#pragma once
// A file of tests/data/contacts.

#include <string>

namespace tertius {

std::string load_file(const std::string& name);

}  // namespace tertius
