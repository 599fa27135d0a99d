#include "mail/transfer_encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "mail/ascii.hpp"

namespace tertius::mail {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t other = 0xFF;
constexpr std::uint8_t padding = 0xFE;

constexpr std::array<std::uint8_t, 256> make_sextets() {
  std::array<std::uint8_t, 256> table{};
  table.fill(other);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  table['='] = padding;
  return table;
}
constexpr auto sextets = make_sextets();

std::uint8_t sextet(char c) { return sextets[static_cast<unsigned char>(c)]; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Four good characters at a time; stops at the first group that holds anything else.
std::size_t decode_groups(std::string_view text, std::size_t at, std::string& out) {
  char triple[3];
  for (; at + 4 <= text.size(); at += 4) {
    const std::uint8_t a = sextet(text[at]), b = sextet(text[at + 1]), c = sextet(text[at + 2]),
                       d = sextet(text[at + 3]);
    if (((a | b | c | d) & 0xC0U) != 0) break;
    triple[0] = static_cast<char>((a << 2U) | (b >> 4U));
    triple[1] = static_cast<char>((b << 4U) | (c >> 2U));
    triple[2] = static_cast<char>((c << 6U) | d);
    out.append(triple, 3);
  }
  return at;
}

// Behind padding the rest of the line is no code. Some clients encode, and pad, line by line, so a next line
// that is code and nothing else goes on; a footer that a list server appended does not. Gives where to read
// on.
std::size_t next_coded_line(std::string_view text, std::size_t at) {
  const std::size_t begin = std::min(text.find('\n', at), text.size() - 1) + 1;
  const std::string_view line = trim(text.substr(begin, text.find('\n', begin) - begin));
  const bool coded =
      !line.empty() && std::all_of(line.begin(), line.end(), [](char c) { return sextet(c) != other; });
  return coded ? begin : text.size();
}

std::string_view trim_end(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
    line.remove_suffix(1);
  return line;
}

// One line without its line end. Gives true for a soft break: the next line goes on here.
bool decode_quoted_line(std::string_view line, std::string& out) {
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t equals = std::min(line.find('=', at), line.size());
    out.append(line.substr(at, equals - at));
    if (equals == line.size()) return false;
    if (equals + 1 == line.size()) return true;
    const int high = hex_digit(line[equals + 1]);
    const int low = equals + 2 < line.size() ? hex_digit(line[equals + 2]) : -1;
    if (high < 0 || low < 0) {
      out += '=';  // RFC 2045 6.7: "=XY" that is no code is shown as it stands
      at = equals + 1;
    } else {
      out += static_cast<char>(high * 16 + low);
      at = equals + 3;
    }
  }
  return false;
}

enum class Encoding { none, base64, quoted_printable };

Encoding encoding_of(std::string_view field) {
  const std::string_view word = trim(field.substr(0, std::min(field.find_first_of(";("), field.size())));
  if (equals_ignoring_case(word, "base64")) return Encoding::base64;
  if (equals_ignoring_case(word, "quoted-printable")) return Encoding::quoted_printable;
  return Encoding::none;
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int held = 0;  // sextets in `bits`
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (held == 0) at = decode_groups(text, at, out);
    if (at >= text.size()) break;
    const std::uint8_t value = sextet(text[at]);
    if (value == other) continue;
    if (value == padding) {
      if (held >= 2) out += static_cast<char>(bits >> (held == 2 ? 4U : 10U));
      if (held == 3) out += static_cast<char>(bits >> 2U);
      bits = 0;
      held = 0;
      at = next_coded_line(text, at) - 1;
      continue;
    }
    bits = (bits << 6U) | value;
    if (++held < 4) continue;
    for (const unsigned shift : {16U, 8U, 0U}) out += static_cast<char>(bits >> shift);
    bits = 0;
    held = 0;
  }
  if (held >= 2) out += static_cast<char>(bits >> (held == 2 ? 4U : 10U));
  if (held == 3) out += static_cast<char>(bits >> 2U);
  return out;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const bool last = end == text.size();
    // White space before a line end was added on the way (RFC 2045 6.7 rule 3).
    const bool soft = decode_quoted_line(last ? line : trim_end(line), out);
    if (!soft && !last) out += line.ends_with('\r') ? "\r\n" : "\n";
    text.remove_prefix(last ? end : end + 1);
  }
  return out;
}

bool is_encoded(std::string_view encoding) { return encoding_of(encoding) != Encoding::none; }

std::string decode_transfer(std::string_view body, std::string_view encoding) {
  switch (encoding_of(encoding)) {
    case Encoding::base64: return decode_base64(body);
    case Encoding::quoted_printable: return decode_quoted_printable(body);
    case Encoding::none: break;
  }
  return std::string(body);
}

std::size_t decoded_size(std::string_view body, std::string_view encoding) {
  switch (encoding_of(encoding)) {
    case Encoding::base64: {
      const auto good = std::count_if(body.begin(), body.end(), [](char c) { return sextet(c) < 64; });
      return static_cast<std::size_t>(good) * 3 / 4;
    }
    case Encoding::quoted_printable: return decode_quoted_printable(body).size();
    case Encoding::none: break;
  }
  return body.size();
}

}  // namespace tertius::mail
