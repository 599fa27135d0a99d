#include "mail/imap_folder.hpp"

#include <cstdint>

#include "broker/utf8.hpp"

namespace tertius::mail {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

void append_unit(std::string& out, char32_t unit) {
  out += static_cast<char>(unit >> 8U);
  out += static_cast<char>(unit & 0xFFU);
}

void append_utf16(std::string& out, char32_t point) {
  if (point < 0x10000) return append_unit(out, point);
  append_unit(out, 0xD800 + ((point - 0x10000) >> 10U));
  append_unit(out, 0xDC00 + ((point - 0x10000) & 0x3FFU));
}

// Six bits a digit, without padding.
std::string shifted(std::string_view octets) {
  std::string out = "&";
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : octets) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) out += digits[(bits >> static_cast<unsigned>(count - 6)) & 63U];
  }
  if (count > 0) out += digits[(bits << static_cast<unsigned>(6 - count)) & 63U];
  return out + '-';
}

void append_plain(std::string& out, char c) {
  if (c == '"' || c == '\\') out += '\\';
  out += c;
  if (c == '&') out += '-';
}

}  // namespace

std::optional<std::string> imap_folder(std::string_view name) {
  if (name.empty() || !is_utf8(name)) return {};
  std::string out = "\"", waiting;
  while (!name.empty()) {
    const char32_t point = take_code_point(name);
    if (point < ' ' || (point >= 0x7f && point < 0xa0)) return {};
    if (point >= 0x7f) {
      append_utf16(waiting, point);
      continue;
    }
    if (!waiting.empty()) out += shifted(waiting);
    waiting.clear();
    append_plain(out, static_cast<char>(point));
  }
  if (!waiting.empty()) out += shifted(waiting);
  return out + '"';
}

}  // namespace tertius::mail
