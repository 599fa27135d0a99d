#include "contacts/card_media.hpp"

#include <algorithm>
#include <array>

namespace tertius::contacts {
namespace {

constexpr auto media = std::to_array<std::string_view>({"PHOTO", "LOGO", "SOUND", "KEY"});

bool is_same(std::string_view a, std::string_view b) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
  return std::ranges::equal(a, b, {}, upper);
}

// "item1.PHOTO;TYPE=JPEG:..."
bool is_media(std::string_view line) {
  std::string_view name = line.substr(0, line.find_first_of(";:"));
  if (const auto dot = name.rfind('.'); dot != name.npos) name.remove_prefix(dot + 1);
  return std::ranges::any_of(media, [&](std::string_view one) { return is_same(name, one); });
}

}  // namespace

std::string without_media(std::string_view card) {
  std::string out;
  bool drops = false;
  while (!card.empty()) {
    const auto end = card.find('\n');
    const std::string_view line = card.substr(0, end == card.npos ? card.size() : end + 1);
    card.remove_prefix(line.size());
    const bool is_folded = line.front() == ' ' || line.front() == '\t';
    if (!is_folded) drops = is_media(line);
    if (!drops) out += line;
  }
  return out;
}

}  // namespace tertius::contacts
