#include "mail/write_header.hpp"

#include <algorithm>
#include <array>

#include "broker/address.hpp"
#include "broker/utf8.hpp"
#include "mail/ascii_domain.hpp"

namespace tertius::mail {
namespace {

constexpr std::size_t line_length = 76;          // RFC 2047 2: a line with an encoded word
constexpr std::size_t encoded_word_length = 75;  // RFC 2047 2
constexpr std::string_view word_end = "?=";
constexpr std::size_t word_frame = 12;          // "=?utf-8?q?" and "?="
constexpr std::size_t longest_code_point = 12;  // "=F0=9F=98=80"
constexpr std::size_t longest_token = 900;      // RFC 5322 2.1.1: 998 in a line

bool is_printable(char c) { return c > ' ' && c < 0x7f; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// RFC 2047 5 (3): what may stand for itself in an encoded word within a phrase; good for every other place
// too.
constexpr bool stands_for_itself(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '!' || c == '*' ||
         c == '+' || c == '-' || c == '/';
}

bool is_phrase_text(char c) {  // atext (RFC 5322 3.2.3) and the space between atoms
  return stands_for_itself(c) || std::string_view("#$%&'=?^_`{|}~ ").find(c) != std::string_view::npos;
}

std::size_t code_point_size(std::string_view text) {
  auto rest = text;
  take_code_point(rest);
  return text.size() - rest.size();
}

// C0, DEL, C1, and the two that Unicode made to end lines: readers take them for a line end, or draw nothing.
bool is_control_or_space(char32_t c) {
  return c <= ' ' || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
}

// What turns the reading direction round: a name that holds U+202E shows whatever follows it backwards, and
// what follows is "via" and our community. A byte-order mark shows nothing and hides from searches.
bool is_dropped(char32_t c) {
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

std::string one_line(std::string_view value) {
  std::string line;
  while (!value.empty()) {
    const char32_t c = take_code_point(value);
    if (is_dropped(c)) continue;
    if (!is_control_or_space(c))
      append_code_point(line, c);
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

struct Line {
  std::string& out;
  std::size_t column;
};

Line begin_field(std::string& out, std::string_view name) {
  out.append(name).append(":");
  return {out, name.size() + 1};
}

void fold(Line& line) {
  line.out += "\r\n";
  line.column = 0;
}

// A space and the word, on a new line if it does not fit here with so many columns `behind` it.
void place(Line& line, std::string_view word, std::size_t behind = 0) {
  if (line.column + 1 + word.size() + behind > line_length) fold(line);
  line.out.append(" ").append(word);
  line.column += 1 + word.size();
}

void append_q(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  if (stands_for_itself(c))
    out += c;
  else if (c == ' ')
    out += '_';
  else
    out.append({'=', hex[byte >> 4], hex[byte & 15]});
}

std::string encode_b(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : digits[group >> (18 - 6 * k) & 63];
  }
  return out;
}

// The longest run of whole code points whose encoding takes at most `room`; the encoding goes to `encoded`.
std::size_t fill_q(std::string_view text, std::size_t room, std::string& encoded) {
  std::size_t taken = 0;
  while (taken < text.size()) {
    const auto size = code_point_size(text.substr(taken));
    std::string next;
    for (const char c : text.substr(taken, size)) append_q(next, c);
    if (encoded.size() + next.size() > room) break;
    encoded += next;
    taken += size;
  }
  return taken;
}

std::size_t fill_b(std::string_view text, std::size_t room, std::string& encoded) {
  std::size_t taken = std::min(text.size(), room / 4 * 3);
  while (taken < text.size() && is_continuation(text[taken])) --taken;
  encoded = encode_b(text.substr(0, taken));
  return taken;
}

bool is_shorter_in_q(std::string_view text) {
  const auto plain =
      std::count_if(text.begin(), text.end(), [](char c) { return stands_for_itself(c) || c == ' '; });
  return static_cast<std::size_t>(plain) * 5 >= text.size() * 4;
}

// `text` is one_line: whole code points only.
void place_encoded(Line& line, std::string_view text) {
  const bool q = is_shorter_in_q(text);
  while (!text.empty()) {
    if (line.column + 1 + word_frame + longest_code_point > line_length) fold(line);
    const auto room = std::min(encoded_word_length, line_length - line.column - 1) - word_frame;
    std::string encoded;
    const auto taken = q ? fill_q(text, room, encoded) : fill_b(text, room, encoded);
    place(line, std::string(q ? "=?utf-8?q?" : "=?utf-8?b?").append(encoded).append(word_end));
    text.remove_prefix(taken);
  }
}

void place_words(Line& line, std::string_view text) {
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    place(line, word);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
}

// Not ASCII, or looks encoded already, or has a word that no line can hold.
bool wants_encoding(std::string_view line) {
  std::size_t word = 0;
  for (const char c : line) {
    word = c == ' ' ? 0 : word + 1;
    if (static_cast<unsigned char>(c) >= 0x80 || word > 60) return true;
  }
  return line.find("=?") != std::string_view::npos;
}

std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void place_name(Line& line, const std::string& name) {
  // A quoted string is one word to us, so a long one is written in encoded words, which can be folded.
  if (wants_encoding(name)) return place_encoded(line, name);
  if (std::all_of(name.begin(), name.end(), is_phrase_text)) return place_words(line, name);
  const auto word = quoted(name);
  if (word.size() >= line_length) return place_encoded(line, name);
  place(line, word);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// A local part beyond ASCII stands as it is (RFC 6532): only a relay with SMTPUTF8 gets such a mail.
std::string wire_address(const Mailbox& mailbox) {
  const auto address = parse_address(mailbox.address);
  if (!address) return {};
  const auto& local = address.value().local;
  if (!is_ascii(local) && one_line(local) != local) return {};
  const auto domain = ascii_domain(address.value().domain);
  return domain ? address.value().local + "@" + domain.value() : std::string();
}

bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= longest_token &&
         std::all_of(text.begin(), text.end(), is_printable) &&
         text.find_first_of("<>") == std::string_view::npos;
}

}  // namespace

void write_text_field(std::string& out, std::string_view name, std::string_view value) {
  auto line = begin_field(out, name);
  const auto text = one_line(value);
  if (wants_encoding(text))
    place_encoded(line, text);
  else
    place_words(line, text);
  out += "\r\n";
}

std::size_t write_mailbox_field(std::string& out, std::string_view name, std::span<const Mailbox> mailboxes) {
  const auto before = out.size();
  auto line = begin_field(out, name);
  std::size_t written = 0;
  for (const auto& mailbox : mailboxes) {
    const auto address = wire_address(mailbox);
    if (address.empty()) continue;
    if (written++ > 0) line.out += ',', ++line.column;
    const auto label = one_line(mailbox.name);
    place_name(line, label);
    place(line, label.empty() ? address : "<" + address + ">", 1);  // the comma
  }
  if (written == 0)
    out.resize(before);
  else
    out += "\r\n";
  return written;
}

void write_bracketed_field(std::string& out, std::string_view name, std::span<const std::string> tokens,
                           std::string_view separator) {
  const auto before = out.size();
  auto line = begin_field(out, name);
  bool any = false;
  for (const auto& token : tokens) {
    if (!is_token(token)) continue;
    if (any) line.out += separator, line.column += separator.size();
    place(line, "<" + token + ">", separator.size());
    any = true;
  }
  if (any)
    out += "\r\n";
  else
    out.resize(before);
}

}  // namespace tertius::mail
