#include "templates/clean.hpp"

#include <algorithm>
#include <cstddef>

namespace tertius::templates {

namespace {

struct CodePoint {
  char32_t value;
  std::size_t size;  // bytes; 0: not UTF-8
};

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// RFC 3629 3: the shortest form only, no surrogates, nothing above U+10FFFF.
bool is_scalar(char32_t value, std::size_t size) {
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  return value >= least[size] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto size = sequence_length(byte(0));
  if (size == 0 || size > text.size()) return {0, 0};
  if (size == 1) return {byte(0), 1};
  char32_t value = byte(0) & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {0, 0};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  return {value, is_scalar(value, size) ? size : 0};
}

bool is_dropped(char32_t c) {
  if (c < 0x20) return c != '\n' && c != '\t';
  if (c >= 0x7F && c <= 0x9F) return true;
  return c == 0xFEFF || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_line_end(char32_t c) { return c == 0x2028 || c == 0x2029 || c == 0x85; }

// Takes the next character off the text and puts what it becomes behind `clean`.
void move_next(std::string_view& text, std::string& clean) {
  if (text.front() == '\r') {
    clean += '\n';
    text.remove_prefix(text.starts_with("\r\n") ? 2 : 1);
    return;
  }
  const auto next = first_code_point(text);
  const auto size = std::max<std::size_t>(next.size, 1);
  if (next.size == 0) {
    clean += "\xEF\xBF\xBD";
  } else if (is_line_end(next.value)) {
    clean += '\n';
  } else if (!is_dropped(next.value)) {
    clean += text.substr(0, size);
  }
  text.remove_prefix(size);
}

}  // namespace

std::string clean_lines(std::string_view text) {
  if (is_plain_lines(text)) return std::string{text};
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) move_next(text, clean);
  return clean;
}

bool is_plain_lines(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= ' ' && c < 0x7F) || c == '\n'; });
}

bool is_plain_line(std::string_view text) {
  if (text.starts_with(' ') || text.ends_with(' ')) return false;
  char before = 0;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    const bool two_spaces = c == ' ' && before == ' ';
    before = c;
    return c >= ' ' && c < 0x7F && !two_spaces;
  });
}

std::string clean_line(std::string_view text) {
  if (is_plain_line(text)) return std::string{text};
  std::string line;
  for (const char c : clean_lines(text)) {
    const bool space = c == '\n' || c == '\t' || c == ' ';
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace tertius::templates
