#include "mail/letter_guard.hpp"

#include <algorithm>
#include <cstring>

#include "mail/ascii.hpp"

namespace tertius::mail {
namespace {

struct Counts {
  std::size_t longest_line = 0;
  std::size_t content_types = 0;
  std::size_t boundary_lines = 0;
  std::size_t header_fields = 0;
  std::size_t header_end = 0;  // behind the empty line; the whole size where there is none
  bool has_empty_line = false;
  bool dirty = false;  // NUL, or a CR that ends a line alone
};

bool has_lone_cr(std::string_view line) {
  const std::size_t cr = line.find('\r');
  return cr != line.npos && cr + 1 != line.size();
}

void count_line(std::string_view line, std::size_t next, Counts& counts) {
  counts.longest_line = std::max(counts.longest_line, line.size());
  if (line.starts_with("--")) ++counts.boundary_lines;
  if (!line.empty() && lower(line.front()) == 'c' && starts_ignoring_case(line, "content-type")) {
    ++counts.content_types;
  }
  if (!counts.has_empty_line && !line.empty() && !is_blank(line.front())) ++counts.header_fields;
  if (!counts.has_empty_line && (line.empty() || line == "\r")) {
    counts.has_empty_line = true;
    counts.header_end = next;
  }
}

Counts count(std::string_view bytes) {
  Counts counts;
  counts.dirty = std::memchr(bytes.data(), 0, bytes.size()) != nullptr;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = bytes.substr(at, end - at);
    if (has_lone_cr(line) || (end == bytes.size() && line.ends_with('\r'))) counts.dirty = true;
    at = std::min(end + 1, bytes.size());
    count_line(line, at, counts);
  }
  if (!counts.has_empty_line) counts.header_end = bytes.size();
  return counts;
}

// No NUL, and every line end LF or CRLF.
std::string with_plain_lines(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '\0') continue;
    const bool lone = c == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n');
    out += lone ? '\n' : c;
  }
  return out;
}

// mbox readers leave "From joe@example.org Mon Jan  1 ..." on top; mimetic takes it for the first line of the
// body and every header is lost. A byte-order mark does the same.
std::string_view without_mbox_line(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("From ") || bytes.starts_with(">From ")) {
    bytes.remove_prefix(std::min(bytes.find_first_of("\r\n"), bytes.size()));
    if (bytes.starts_with("\r\n"))
      bytes.remove_prefix(2);
    else if (!bytes.empty())
      bytes.remove_prefix(1);
  }
  return bytes;
}

bool is_eight_bit(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// An octet above 127 in a field's *name* ends the header block for mimetic; such octets are dropped.
bool has_bad_name(std::string_view header) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find('\n'), header.size());
    const std::string_view line = header.substr(0, end);
    const std::string_view name = line.substr(0, line.find(':'));
    if (!line.empty() && !is_blank(line.front()) && name.size() < line.size() &&
        std::any_of(name.begin(), name.end(), is_eight_bit)) {
      return true;
    }
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return false;
}

std::string with_plain_names(std::string_view header) {
  std::string out;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find('\n'), header.size() - 1);
    std::string_view line = header.substr(0, end + 1);
    header.remove_prefix(end + 1);
    const std::size_t colon = line.find(':');
    if (!is_blank(line.front()) && colon != line.npos) {
      std::copy_if(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), std::back_inserter(out),
                   [](char c) { return !is_eight_bit(c); });
      line.remove_prefix(colon);
    }
    out += line;
  }
  return out;
}

std::string refusal_of(std::size_t size, const Counts& counts, const ReadLimits& limits) {
  const auto over = [](std::string_view what, std::size_t is, std::size_t limit) {
    return std::string(what) + ": " + std::to_string(is) + ", the limit is " + std::to_string(limit);
  };
  if (size > limits.letter_bytes) return over("octets", size, limits.letter_bytes);
  if (counts.header_end > limits.header_bytes)
    return over("octets of header", counts.header_end, limits.header_bytes);
  if (counts.header_fields > limits.header_fields)
    return over("fields of header", counts.header_fields, limits.header_fields);
  if (counts.longest_line > limits.line_bytes)
    return over("octets in a line", counts.longest_line, limits.line_bytes);
  if (counts.content_types > limits.content_types) {
    return over("content types", counts.content_types, limits.content_types);
  }
  if (counts.boundary_lines > limits.boundary_lines) {
    return over("lines like boundaries", counts.boundary_lines, limits.boundary_lines);
  }
  return {};
}

// The first fields within both limits. A last line that is cut is no field any more: it would be a value that
// nobody wrote.
std::string_view cut_header(std::string_view header, const ReadLimits& limits) {
  std::size_t end = 0;
  for (std::size_t fields = 0; end < header.size();) {
    const std::size_t next = std::min(header.find('\n', end), header.size() - 1) + 1;
    if (!is_blank(header[end])) ++fields;
    if (next + 2 > limits.header_bytes || fields > limits.header_fields) break;
    end = next;
  }
  return header.substr(0, end);
}

}  // namespace

void guard(std::string_view bytes, const ReadLimits& limits, GuardedLetter& out) {
  const std::string_view whole = without_mbox_line(bytes);
  std::string_view letter = whole.substr(0, std::max(limits.letter_bytes, limits.header_bytes));
  Counts counts = count(letter);
  if (counts.dirty) {
    out.mended = with_plain_lines(letter);
    letter = out.mended;
    counts = count(letter);
  }
  out.refusal = refusal_of(whole.size(), counts, limits);
  std::string_view header = letter.substr(0, counts.header_end);
  if (!out.refusal.empty()) letter = header = cut_header(header, limits);
  const bool ended =
      header.ends_with("\n\n") || header.ends_with("\n\r\n") || header == "\n" || header == "\r\n";
  const bool bad_name = has_bad_name(header);
  if (ended && !bad_name) {
    out.bytes = letter;
    return;
  }
  // mimetic forgets a last field that no further line follows.
  std::string mended = bad_name ? with_plain_names(header) : std::string(header);
  if (!ended) mended += mended.ends_with('\n') || mended.empty() ? "\n" : "\n\n";
  mended += letter.substr(header.size());
  out.mended = std::move(mended);
  out.bytes = out.mended;
}

}  // namespace tertius::mail
