#include "broker/letter.hpp"

#include <algorithm>
#include <cctype>

namespace tertius {

namespace {

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

std::string_view find_header(const Letter& letter, std::string_view name) {
  for (const auto& field : letter.headers) {
    if (same_name(field.name, name)) return field.value;
  }
  return {};
}

}  // namespace tertius
