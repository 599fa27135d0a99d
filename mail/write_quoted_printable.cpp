#include "mail/write_quoted_printable.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace tertius::mail {
namespace {

constexpr std::size_t line_length = 76;

// Printable and not "=": may stand for itself anywhere but as a dot at the start of a line.
constexpr auto plain = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = ' '; c < 0x7f; ++c) table[c] = c != '=';
  table['\t'] = true;
  return table;
}();

void append_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  const char escaped[] = {'=', hex[byte >> 4], hex[byte & 15]};
  out.append(escaped, sizeof escaped);
}

std::size_t plain_run(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && plain[static_cast<unsigned char>(text[size])]) ++size;
  return size;
}

// White space at the end of a line is eaten by relays (RFC 2045 6.7 (3)); a leading dot and "From " are
// changed by those that forget dot-stuffing or keep mbox files.
bool needs_escape(std::string_view rest, bool at_line_start) {
  const char c = rest[0];
  if (!plain[static_cast<unsigned char>(c)]) return true;
  if ((c == ' ' || c == '\t') && rest.size() == 1) return true;
  return at_line_start && (c == '.' || rest.starts_with("From "));
}

// `line` is without its line end.
void write_line(std::string& out, std::string_view line) {
  std::size_t room = line_length;  // of this output line
  while (!line.empty()) {
    const bool escape = needs_escape(line, room == line_length);
    const std::size_t width = escape ? 3 : 1;
    // The last column is for the soft break's "=", unless nothing follows.
    if (room < width + (line.size() > 1 ? 1 : 0)) {
      out += "=\r\n";
      room = line_length;
      continue;
    }
    if (escape) {
      append_escaped(out, line[0]);
      room -= width;
      line.remove_prefix(1);
      continue;
    }
    auto run = plain_run(line.substr(0, room - 1));
    if (run > 1 && run == line.size() && (line.back() == ' ' || line.back() == '\t')) --run;
    run = std::max<std::size_t>(run, 1);
    out.append(line.substr(0, run));
    line.remove_prefix(run);
    room -= run;
  }
  out += "\r\n";
}

}  // namespace

void write_quoted_printable(std::string& out, std::string_view text) {
  // Before anything else looks at the text: what stands behind a NUL stands at the end of a line, or a CR
  // beside its LF.
  std::string kept;
  if (text.find('\0') != std::string_view::npos) {
    std::remove_copy(text.begin(), text.end(), std::back_inserter(kept), '\0');
    text = kept;
  }
  out.reserve(out.size() + text.size() + text.size() / 8);
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    const auto bare = line.find('\r');  // a lone CR, or the one of CRLF
    const bool crlf = bare + 1 == line.size() && end < text.size();
    if (bare != std::string_view::npos) line = line.substr(0, bare);
    write_line(out, line);
    text.remove_prefix(std::min(text.size(), bare == std::string_view::npos || crlf ? end + 1 : bare + 1));
  }
}

}  // namespace tertius::mail
