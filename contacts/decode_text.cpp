#include "contacts/decode_text.hpp"

#include <algorithm>
#include <array>

#include "broker/utf8.hpp"

namespace tertius::contacts {
namespace {

constexpr char32_t replacement = 0xFFFD;

char32_t unit_at(std::string_view bytes, std::size_t at, bool big_endian) {
  const auto first = static_cast<unsigned char>(bytes[at]),
             second = static_cast<unsigned char>(bytes[at + 1]);
  return big_endian ? static_cast<char32_t>(first << 8 | second) : static_cast<char32_t>(second << 8 | first);
}

constexpr bool is_high(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool is_low(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// RFC 2781; a surrogate alone, or half a unit at the end, is U+FFFD.
std::string decode_utf16(std::string_view bytes, bool big_endian) {
  std::string out;
  out.reserve(bytes.size());
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    char32_t point = unit_at(bytes, at, big_endian);
    if (is_high(point) && at + 3 < bytes.size() && is_low(unit_at(bytes, at + 2, big_endian))) {
      point = 0x10000 + ((point - 0xD800) << 10) + (unit_at(bytes, at + 2, big_endian) - 0xDC00);
      at += 2;
    } else if (is_high(point) || is_low(point)) {
      point = replacement;
    }
    append_code_point(out, point);
  }
  if (at < bytes.size()) append_code_point(out, replacement);
  return out;
}

// 0x80 to 0x9F as the WHATWG has them: the five that Windows leaves free are the control characters.
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

std::string decode_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto octet = static_cast<unsigned char>(c);
    append_code_point(out, octet >= 0x80 && octet < 0xA0 ? windows_1252[octet - 0x80] : octet);
  }
  return out;
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Whether something is beyond ASCII, and none of it is UTF-8.
bool is_other_than_utf8(std::string_view bytes) {
  bool other = false;
  while (true) {
    bytes.remove_prefix(static_cast<std::size_t>(std::ranges::find_if_not(bytes, is_ascii) - bytes.begin()));
    if (bytes.empty()) return other;
    const std::size_t before = bytes.size();
    take_code_point(bytes);
    if (before - bytes.size() > 1) return false;
    other = true;
  }
}

}  // namespace

std::string decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return decode_utf16(bytes.substr(2), false);
  if (bytes.starts_with("\xFE\xFF")) return decode_utf16(bytes.substr(2), true);
  if (is_other_than_utf8(bytes)) return decode_windows_1252(bytes);
  return std::string(bytes);
}

}  // namespace tertius::contacts
