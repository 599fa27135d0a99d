#include "mail/charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <map>
#include <utility>

namespace tertius::mail {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view own_1252 = "windows-1252";

// 0x80-0x9F of windows-1252; the five holes are the C1 controls, as browsers read them.
constexpr std::array<std::uint16_t, 32> high_1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// The length of the well-formed sequence at `at` (Unicode 15, table 3-7: no overlong forms, no surrogates);
// 0: none.
std::size_t sequence_length(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool allowed = !(first == 0xE0 && byte(1) < 0xA0) && !(first == 0xED && byte(1) > 0x9F);
    return allowed && follows(1) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool allowed = !(first == 0xF0 && byte(1) < 0x90) && !(first == 0xF4 && byte(1) > 0x8F);
    return allowed && follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

// Index of the first octet that is not ASCII, eight at a time.
std::size_t skip_ascii(std::string_view bytes, std::size_t at) {
  while (at + 8 <= bytes.size()) {
    std::uint64_t chunk = 0;
    std::memcpy(&chunk, bytes.data() + at, 8);
    if ((chunk & 0x8080808080808080U) != 0) break;
    at += 8;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

// A NUL hides what follows from whoever reads C strings; a byte-order mark hides the first word from whoever
// looks for it.
std::string without_marks(std::string text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  std::erase(text, '\0');
  return text;
}

// "utf-16" alone is big-endian unless its mark says otherwise (RFC 2781 4.3), as Windows' always does.
std::string_view converter_of(const CharsetAlias& alias, std::string_view bytes) {
  if (alias.name == "utf-16" && bytes.starts_with("\xFF\xFE")) return "utf-16le";
  return alias.converter;
}

std::string mend_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 16);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = sequence_length(bytes, at);
    out.append(length == 0 ? replacement : bytes.substr(at, length));
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

void append_bmp(std::string& out, unsigned code) {
  if (code < 0x800) {
    out += static_cast<char>(0xC0U | (code >> 6U));
  } else {
    out += static_cast<char>(0xE0U | (code >> 12U));
    out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
  }
  out += static_cast<char>(0x80U | (code & 0x3FU));
}

std::string from_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t next = skip_ascii(bytes, at);
    out.append(bytes.substr(at, next - at));
    if ((at = next) == bytes.size()) break;
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    append_bmp(out, byte < 0xA0 ? high_1252[byte - 0x80U] : byte);
  }
  return out;
}

// iconv_open reads files and allocates; a letter with forty encoded words would pay forty times. One thread,
// one set of open converters, reset before each use.
class Converters {
 public:
  Converters() = default;
  Converters(const Converters&) = delete;
  Converters& operator=(const Converters&) = delete;
  ~Converters() {
    for (const auto& [name, handle] : open_) {
      if (handle != none()) iconv_close(handle);
    }
  }
  // What POSIX has iconv_open return where there is no such conversion.
  static iconv_t none() { return reinterpret_cast<iconv_t>(-1); }  // NOLINT(performance-no-int-to-ptr)
  iconv_t find(std::string_view name) {
    auto found = open_.find(name);
    if (found == open_.end())
      found = open_.emplace(name, iconv_open("utf-8", std::string(name).c_str())).first;
    if (found->second != none()) iconv(found->second, nullptr, nullptr, nullptr, nullptr);
    return found->second;
  }

 private:
  std::map<std::string, iconv_t, std::less<>> open_;
};

std::string convert(iconv_t handle, std::string_view bytes) {
  std::string out;
  std::array<char, 4096> buffer{};
  auto* from = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
  std::size_t left = bytes.size();
  while (left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t result = iconv(handle, &from, &left, &to, &room);
    const int error = errno;
    out.append(buffer.data(), buffer.size() - room);
    if (result != static_cast<std::size_t>(-1)) break;
    if (error == E2BIG) continue;
    out += replacement;
    if (error != EILSEQ) break;  // EINVAL: cut within a character at the very end
    ++from;
    --left;
  }
  char* to = buffer.data();
  std::size_t room = buffer.size();
  iconv(handle, nullptr, nullptr, &to, &room);  // windows-1258 and utf-7 hold a character back
  out.append(buffer.data(), buffer.size() - room);
  return out;
}

std::string lower_name(std::string_view name) {
  std::string lower;
  for (const char c : name.substr(0, 40)) {
    if (c != ' ' && c != '"' && c != '\'' && c != '\t') {
      lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  return lower;
}

const CharsetAlias* find_alias(std::string_view name) {
  const std::string lower = lower_name(name);
  const auto table = charset_table();
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& a) { return a.name == lower; });
  return found == table.end() ? nullptr : &*found;
}

// Declared UTF-8 that is not: a few broken octets among good sequences are broken octets; none good at all is
// a client that lies about windows-1252.
std::string mend_declared_utf8(std::string_view bytes) {
  for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at + 1)) {
    if (sequence_length(bytes, at) > 1) return mend_utf8(bytes);
  }
  return from_1252(bytes);
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  const CharsetAlias* alias = find_alias(charset);
  const bool unknown = alias == nullptr || alias->name.empty();
  // Mail that says us-ascii or latin-1 and holds well-formed multi-byte UTF-8 is UTF-8: the chance that
  // latin-1 prose looks so by accident is nil, and the mistake is common.
  if (unknown || alias->converter.empty() || alias->converter == own_1252) {
    if (is_valid_utf8(bytes)) return without_marks(std::string(bytes));
    const bool declared = !unknown && alias->converter.empty();
    return without_marks(declared ? mend_declared_utf8(bytes) : from_1252(bytes));
  }
  thread_local Converters converters;
  const iconv_t handle = converters.find(converter_of(*alias, bytes));
  if (handle == Converters::none()) return to_utf8(bytes, {});  // a system without gconv modules
  return without_marks(convert(handle, bytes));
}

}  // namespace tertius::mail
