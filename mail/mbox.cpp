#include "mail/mbox.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace tertius::mail {

namespace {

// "Mon Mar  9 12:00:00 2026", UTC, as asctime(3) has it.
std::string from_line_date(Time at) {
  const std::time_t seconds = unix_seconds(at);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> out{};
  const auto length = std::strftime(out.data(), out.size(), "%a %b %e %H:%M:%S %Y", &parts);
  return {out.data(), length};
}

// One word: readers take what stands between the first two spaces.
std::string from_line_sender(std::string_view sender) {
  if (sender.empty()) return "MAILER-DAEMON";
  std::string out(sender);
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) <= ' '; }, '_');
  return out;
}

bool wants_quote(std::string_view line) {
  const auto begin = std::min(line.find_first_not_of('>'), line.size());
  return line.substr(begin).starts_with("From ");
}

std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string mbox_entry(std::string_view sender, Time at, std::string_view letter) {
  std::string out = "From " + from_line_sender(sender) + " " + from_line_date(at) + "\n";
  out.reserve(out.size() + letter.size() + 64);
  // Some mailbox's own; quoted, it would end the header.
  if (letter.starts_with("From ")) take_line(letter);
  while (!letter.empty()) {
    const std::string_view line = take_line(letter);
    if (wants_quote(line)) out += '>';
    out.append(line).append("\n");
  }
  return out + "\n";
}

}  // namespace tertius::mail
