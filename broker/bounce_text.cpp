#include "broker/bounce_text.hpp"

#include <algorithm>
#include <array>

#include "broker/utf8.hpp"
#include "broker/words.hpp"

namespace tertius {
namespace {

constexpr std::size_t most_octets = 8000;
constexpr std::size_t most_addresses = 50;

// The line from which on a bounce holds the mail it returns.
constexpr auto returned_mail = std::to_array<std::string_view>(
    {"--- below this line is a copy", "--- original message", "-----original", "----- original",
     "original message follows", "message headers follow", "headers of the message follow",
     "this is a copy of", "----- unsent message", "----- returned message", "----- message header",
     "return-path:", "received: from", "received: (", "received: by", "message-id:", "mime-version:"});

constexpr auto still_trying = std::to_array<std::string_view>(
    {"this is a warning message only", "you do not need to resend", "do not need to resend your message",
     "will be retried", "will retry", "will continue to try", "will keep trying",
     "has not yet been delivered", "could not be delivered yet", "delivery attempts will continue",
     "still trying"});
constexpr auto for_good = std::to_array<std::string_view>({"permanent error",
                                                           "permanent fatal error",
                                                           "permanent failure",
                                                           "permanently",
                                                           "user unknown",
                                                           "unknown user",
                                                           "no such user",
                                                           "unknown recipient",
                                                           "recipient unknown",
                                                           "unknown local",
                                                           "does not exist",
                                                           "doesn't exist",
                                                           "not listed in",
                                                           "no mailbox",
                                                           "invalid recipient",
                                                           "invalid user",
                                                           "not found",
                                                           "mailbox unavailable",
                                                           "account has been disabled",
                                                           "this account has been",
                                                           "no longer valid",
                                                           "i've given up",
                                                           "couldn't find any host"});

template <std::size_t n>
bool holds_any(std::string_view text, const std::array<std::string_view, n>& phrases) {
  return std::ranges::any_of(phrases, [&](auto one) { return text.find(one) != std::string_view::npos; });
}

// Only ASCII is compared; lower() of the C locale would look at each octet's sign.
std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char at(std::string_view text, std::size_t i) { return i < text.size() ? text[i] : ' '; }

std::size_t digits(std::string_view text, std::size_t i) {
  std::size_t count = 0;
  while (count < 4 && is_digit(at(text, i + count))) ++count;
  return count;
}

// "5.1.1", and not a part of "15.1.1", "5.1.1.8" or a version "v4.1.2".
std::string find_enhanced(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] != '4' && text[i] != '5') || at(text, i + 1) != '.') continue;
    if (i > 0 && (is_digit(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == 'v' || text[i - 1] == '/'))
      continue;
    const std::size_t subject = digits(text, i + 2), detail_at = i + 3 + subject;
    if (subject == 0 || subject > 3 || at(text, detail_at - 1) != '.') continue;
    const std::size_t detail = digits(text, detail_at), end = detail_at + detail;
    if (detail == 0 || detail > 3 || (at(text, end) == '.' && is_digit(at(text, end + 1)))) continue;
    return std::string(text.substr(i, end - i));
  }
  return {};
}

// "550 " or "550-" where a reply may begin: at a line's begin, or behind ": ", "said ", "error ", "<<< ",
// "(".
std::string find_reply_class(std::string_view text) {
  for (std::size_t i = 0; i + 3 < text.size(); ++i) {
    if ((text[i] != '4' && text[i] != '5') || digits(text, i) != 3 || text[i + 1] > '5') continue;
    if (std::string_view(" -:,;)\n").find(text[i + 3]) == std::string_view::npos) continue;
    if (i > 0 && std::string_view(" \n(<:#=").find(text[i - 1]) == std::string_view::npos) continue;
    return std::string(1, text[i]) + ".0.0";
  }
  return {};
}

std::string find_status(std::string_view text) {
  if (holds_any(text, still_trying)) return "4.0.0";
  if (std::string found = find_enhanced(text); !found.empty()) return found;
  if (std::string found = find_reply_class(text); !found.empty()) return found;
  return holds_any(text, for_good) ? "5.0.0" : "";
}

std::size_t find_returned(std::string_view text) {
  std::size_t first = text.size();
  for (const std::string_view mark : returned_mail)
    if (const auto found = text.find(mark); found != std::string_view::npos) first = std::min(first, found);
  return first;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// An address in angle brackets, or one that begins a line.
std::vector<std::string> find_addresses(std::string_view text, std::string_view addressee) {
  std::vector<std::string> out;
  for (std::size_t sign = text.find('@'); sign != std::string_view::npos && out.size() < most_addresses;
       sign = text.find('@', sign + 1)) {
    constexpr std::string_view ends = " \t\r\n<>()[],;:\"'";
    // Only as far as an address may reach (RFC 5321 4.5.3.1): thousands of @ in a row cost no more.
    std::size_t first = sign, last = sign;
    while (first > 0 && sign - first <= 64 && ends.find(text[first - 1]) == ends.npos) --first;
    while (last < text.size() && last - sign < 256 && ends.find(text[last]) == ends.npos) ++last;
    const char lead = first == 0 ? '\n' : text[first - 1];
    if ((lead != '<' && lead != '\n') || sign == first || sign - first > 64) continue;
    std::string address(text.substr(first, last - first));
    while (address.ends_with('.')) address.pop_back();
    if (!is_utf8(address)) continue;  // cut within a code point: too long, or at the end of what is read
    if (std::ranges::any_of(address, is_control)) continue;  // ISO-2022-JP that does not say so holds "@" too
    if (address != addressee && std::ranges::find(out, address) == out.end())
      out.push_back(std::move(address));
  }
  return out;
}

}  // namespace

std::vector<FailedRecipient> read_bounce_text(std::string_view text, std::string_view addressee) {
  const std::string all = lowered(text.substr(0, most_octets));
  const std::size_t end = find_returned(all);
  const std::string_view said = std::string_view(all).substr(0, end);
  const std::string status = find_status(said);
  const std::string action = status.starts_with('4') && holds_any(said, still_trying) ? "delayed" : "failed";
  std::vector<FailedRecipient> out;
  for (std::string& address : find_addresses(said, lowered(addressee)))
    out.push_back({std::move(address), action, status, {}});
  if (out.empty() && !status.empty()) out.push_back({{}, action, status, {}});
  return out;
}

}  // namespace tertius
