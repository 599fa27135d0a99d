#include "broker/utf8.hpp"

#include <algorithm>

namespace tertius {

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Lead {
  std::size_t size;
  char32_t bits;
  char32_t smallest;  // anything below is an overlong form (RFC 3629 3)
};

Lead lead_of(unsigned char octet) {
  if (octet < 0x80) return {1, octet, 0};
  if (octet >= 0xC2 && octet <= 0xDF) return {2, octet & 0x1Fu, 0x80};
  if (octet >= 0xE0 && octet <= 0xEF) return {3, octet & 0x0Fu, 0x800};
  if (octet >= 0xF0 && octet <= 0xF4) return {4, octet & 0x07u, 0x10000};
  return {0, 0, 0};
}

// The length of the valid sequence at the front and its value; 0 where there is none.
std::size_t read_sequence(std::string_view text, char32_t& point) {
  const auto lead = lead_of(static_cast<unsigned char>(text.front()));
  if (lead.size == 0 || text.size() < lead.size) return 0;
  point = lead.bits;
  for (std::size_t i = 1; i < lead.size; ++i) {
    const auto octet = static_cast<unsigned char>(text[i]);
    if ((octet & 0xC0u) != 0x80u) return 0;
    point = (point << 6) | (octet & 0x3Fu);
  }
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return point < lead.smallest || point > 0x10FFFF || surrogate ? 0 : lead.size;
}

}  // namespace

char32_t take_code_point(std::string_view& rest) {
  if (const auto octet = static_cast<unsigned char>(rest.front()); octet < 0x80) {
    rest.remove_prefix(1);
    return octet;
  }
  char32_t point = replacement;
  const auto size = read_sequence(rest, point);
  rest.remove_prefix(std::max<std::size_t>(size, 1));
  return size == 0 ? replacement : point;
}

void append_code_point(std::string& out, char32_t point) {
  const auto octet = [&](char32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) return octet(point);
  if (point < 0x800) {
    octet(0xC0 | (point >> 6));
  } else {
    if (point < 0x10000) {
      octet(0xE0 | (point >> 12));
    } else {
      octet(0xF0 | (point >> 18));
      octet(0x80 | ((point >> 12) & 0x3F));
    }
    octet(0x80 | ((point >> 6) & 0x3F));
  }
  octet(0x80 | (point & 0x3F));
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    char32_t point = 0;
    const auto size = read_sequence(text, point);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) take_code_point(text);
  return count;
}

std::string_view utf8_prefix(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace tertius
