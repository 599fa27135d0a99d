#include "mail/uuencoded.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "mail/ascii.hpp"

namespace tertius::mail {
namespace {

// A letter of nothing but empty files is an attack; nobody sends so many.
constexpr std::size_t most_files = 200;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// "begin 644 name": the mode has three or four octal digits.
std::string_view name_of(std::string_view line) {
  line.remove_prefix(std::string_view("begin ").size());
  const std::size_t digits = std::min(line.find_first_not_of("01234567"), line.size());
  if (digits < 3 || digits > 4 || line.substr(digits, 1) != " ") return {};
  return trim(line.substr(digits));
}

// The octets that a line of code stands for; its first character tells. Blanks at its end get lost on the
// way, and some encoders add a checksum.
std::optional<std::size_t> octets_of(std::string_view line) {
  if (line.empty()) return 0;
  const auto in_code = [](char c) { return c >= ' ' && c <= '`'; };
  if (!std::all_of(line.begin(), line.end(), in_code)) return {};
  const std::size_t octets = static_cast<std::size_t>(line.front() - ' ') % 64;
  const std::size_t characters = (octets + 2) / 3 * 4, checksum = 2;
  if (line.size() > 1 + characters + checksum) return {};
  return octets;
}

// `text` begins with "begin ". Takes the whole file off it, or nothing. No line of code can be another's
// first line ('b' is no code), so a letter of many such lines stays linear.
std::optional<UuencodedFile> take_file(std::string_view& text) {
  std::string_view rest = text;
  UuencodedFile file{std::string(name_of(take_line(rest))), 0};
  if (file.name.empty()) return {};
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (trim(line) == "end") {
      text = rest;
      return file;
    }
    const auto octets = octets_of(line);
    if (!octets) return {};
    file.size += *octets;
  }
  return {};
}

}  // namespace

std::vector<UuencodedFile> take_uuencoded(std::string& text) {
  std::vector<UuencodedFile> files;
  if (!text.starts_with("begin ") && text.find("\nbegin ") == text.npos) return files;
  std::string kept;
  std::string_view rest = text;
  while (!rest.empty()) {
    if (rest.starts_with("begin ") && files.size() < most_files) {
      if (auto file = take_file(rest)) {
        files.push_back(std::move(*file));
        continue;
      }
    }
    const std::size_t line = std::min(rest.find('\n'), rest.size() - 1) + 1;
    kept.append(rest.substr(0, line));
    rest.remove_prefix(line);
  }
  text = std::move(kept);
  return files;
}

}  // namespace tertius::mail
