#include "mail/reply_reader.hpp"

#include <algorithm>
#include <utility>

namespace tertius::mail {
namespace {

constexpr std::size_t longest_line = 4096;  // RFC 5321 4.5.3.1.5 says 512; Exchange and Gmail write more
constexpr std::size_t most_lines = 200;
constexpr std::size_t longest_text = 1000;  // it is kept in the database and shown to people

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

// "class.subject.detail" (RFC 3463 2) at the start, followed by a space or nothing.
std::string_view find_enhanced(std::string_view text) {
  if (text.size() < 5 || std::string_view("245").find(text[0]) == std::string_view::npos || text[1] != '.')
    return {};
  const auto subject = digits(text.substr(2));
  if (subject < 1 || subject > 3 || text.size() <= 2 + subject || text[2 + subject] != '.') return {};
  const auto detail = digits(text.substr(3 + subject));
  const auto size = 3 + subject + detail;
  if (detail < 1 || detail > 3 || (size < text.size() && text[size] != ' ')) return {};
  return text.substr(0, size);
}

void append_text(std::string& out, std::string_view text) {
  if (!out.empty() && !text.empty()) out += ' ';
  const auto room = longest_text - std::min(longest_text, out.size());
  for (const char c : text.substr(0, room)) out += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
}

}  // namespace

bool ReplyReader::add_line(std::string_view line) {
  const bool shaped = line.size() >= 3 && digits(line.substr(0, 3)) == 3 && line[0] >= '1' &&
                      line[0] <= '5' && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
  if (!shaped || ++lines_ > most_lines) return false;
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (lines_ > 1 && code != reply_.code) return false;  // RFC 5321 4.2.1: the code is the same on each line
  reply_.code = code;
  auto text = line.substr(std::min<std::size_t>(4, line.size()));
  const auto enhanced = find_enhanced(text);
  if (lines_ == 1) reply_.enhanced = enhanced;
  if (!enhanced.empty()) text.remove_prefix(std::min(text.size(), enhanced.size() + 1));
  append_text(reply_.text, text);
  return true;
}

std::optional<SmtpReply> ReplyReader::take() {
  while (!broken_) {
    const auto end = pending_.find('\n');
    if (end == std::string::npos) {
      broken_ = pending_.size() > longest_line;
      return {};
    }
    auto line = std::string_view(pending_).substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool more = line.size() > 3 && line[3] == '-';
    broken_ = line.size() > longest_line || !add_line(line);
    pending_.erase(0, end + 1);
    if (broken_ || more) continue;
    lines_ = 0;
    return std::exchange(reply_, {});
  }
  return {};
}

}  // namespace tertius::mail
