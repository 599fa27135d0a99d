#include "daemon/hidden_addresses.hpp"

#include <algorithm>

namespace tertius::daemon {

namespace {

constexpr std::string_view in_its_place = "(address given with the introduction)";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_same(char a, char b) { return lower(a) == lower(b); }

// "jo@x.example" is no part of "mary-jo@x.example", nor of "jo@x.example.org".
bool goes_on(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '+';
}
bool is_whole(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin > 0 && (goes_on(text[begin - 1]) || text[begin - 1] == '.')) return false;
  if (end == text.size()) return true;
  const bool more_domain = text[end] == '.' && end + 1 < text.size() && goes_on(text[end + 1]);
  return !goes_on(text[end]) && !more_domain;
}

void hide_address(std::string& value, const std::string& address) {
  std::string out;
  auto rest = value.begin();
  for (auto from = value.begin();;) {
    const auto found = std::search(from, value.end(), address.begin(), address.end(), is_same);
    if (found == value.end()) break;
    const auto end = found + static_cast<std::ptrdiff_t>(address.size());
    from = end;
    if (!is_whole(value, static_cast<std::size_t>(found - value.begin()),
                  static_cast<std::size_t>(end - value.begin())))
      continue;
    out.append(rest, found).append(in_its_place);
    rest = end;
  }
  value = out.append(rest, value.end());
}

}  // namespace

void hide_addresses(Fields& fields, std::span<const Address> addresses) {
  for (auto& [name, value] : fields.values) {
    for (const Address& address : addresses) hide_address(value, text(address));
  }
  for (auto& [name, rows] : fields.sections) {
    for (Fields& row : rows) hide_addresses(row, addresses);
  }
}

}  // namespace tertius::daemon
