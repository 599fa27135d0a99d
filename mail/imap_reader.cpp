#include "mail/imap_reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mail/imap_response.hpp"

namespace tertius::mail {
namespace {

// "{1234}" at the end of the line; "{1234+}" too (RFC 7888), which no server has a reason to write.
std::optional<std::uint64_t> literal_length(std::string_view line) {
  if (!line.ends_with('}')) return {};
  const auto open = line.rfind('{');
  if (open == line.npos) return {};
  auto digits = line.substr(open + 1, line.size() - open - 2);
  if (digits.ends_with('+')) digits.remove_suffix(1);
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (error != std::errc{} || end != digits.data() + digits.size()) return {};
  return length;
}

// A condition ends in words for people (RFC 3501 7.1), which may end in braces; so does "+ ..." and all that
// has a tag.
bool may_have_literals(std::string_view line) {
  return line.starts_with("* ") && !find_status(line.substr(2));
}

}  // namespace

void ImapReader::add(std::string_view bytes) {
  pending_.erase(0, at_);
  looked_ -= at_;
  at_ = 0;
  pending_ += bytes;
}

std::optional<ImapResponse> ImapReader::take() {
  while (!broken_ && fill_literal()) {
    const auto end = pending_.find('\n', looked_);
    if (end == std::string::npos) {
      looked_ = pending_.size();
      broken_ = response_.line.size() + (pending_.size() - at_) > limits_.line;
      return {};
    }
    if (take_line(end)) return std::exchange(response_, {});
  }
  return {};
}

// True when nothing of it is left to come.
bool ImapReader::fill_literal() {
  if (left_ == 0) return true;
  auto& literal = response_.literals.back();
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, pending_.size() - at_));
  if (!literal.is_cut) literal.bytes.append(pending_, at_, size);
  at_ += size;
  left_ -= size;
  looked_ = at_;
  return left_ == 0;
}

// True where the response ends with it.
bool ImapReader::take_line(std::size_t end) {
  auto line = std::string_view(pending_).substr(at_, end - at_);
  if (line.ends_with('\r')) line.remove_suffix(1);
  response_.line += line;
  at_ = looked_ = end + 1;
  broken_ = response_.line.size() > limits_.line;
  if (broken_) return false;
  const auto length = literal_length(line);
  if (!length || !may_have_literals(response_.line)) return true;
  begin_literal(*length);
  return false;
}

// What is kept of one response is a letter and some words beside it: a hundred letters would be 2.5 GB.
void ImapReader::begin_literal(std::uint64_t length) {
  const bool is_cut = length > limits_.literal;
  std::uint64_t kept = is_cut ? 0 : length;
  for (const auto& literal : response_.literals) kept += literal.bytes.size();
  broken_ = response_.literals.size() >= limits_.literals || length > UINT32_MAX ||
            kept > limits_.literal + limits_.line;
  response_.literals.push_back({{}, is_cut});
  left_ = length;
}

}  // namespace tertius::mail
