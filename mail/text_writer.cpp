#include "mail/text_writer.hpp"

#include <algorithm>
#include <utility>

namespace tertius::mail {
namespace {

constexpr int most_line_ends = 2;  // a page of <br> is an attempt to hide what follows
constexpr int deepest_quote = 20;

// White space as HTML and as mail means it: U+00A0 too, which editors put for every second blank.
std::size_t blank_length(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') return 1;
  return text.substr(at, 2) == "\xC2\xA0" ? 2 : 0;
}

// What fills preheaders and is seen by nobody: soft hyphen, grapheme joiner, zero-width space, byte-order
// mark.
std::size_t invisible_length(std::string_view text, std::size_t at) {
  if (static_cast<unsigned char>(text[at]) < 0xC2) return 0;
  for (const std::string_view nothing : {"\xC2\xAD", "\xCD\x8F", "\xE2\x80\x8B", "\xEF\xBB\xBF"}) {
    if (text.substr(at, nothing.size()) == nothing) return nothing.size();
  }
  return 0;
}

}  // namespace

void TextWriter::begin_word() {
  if (out_.empty()) line_ends_ = 0;
  const bool new_line = line_ends_ > 0 || out_.empty();
  const auto marks = [](int depth) {
    return std::string(static_cast<std::size_t>(std::min(depth, deepest_quote)), '>');
  };
  for (; line_ends_ > 0; --line_ends_) {
    out_ += '\n';
    if (line_ends_ > 1) out_ += marks(std::min(depth_, line_depth_));
  }
  if (new_line && depth_ > 0) out_.append(marks(depth_)).append(" ");
  line_depth_ = depth_;
  if (!new_line && gap_) out_ += ' ';
  gap_ = false;
}

void TextWriter::put(std::string_view word) {
  if (word.empty()) return;
  begin_word();
  out_ += word;
}

void TextWriter::text(std::string_view words) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t blank = blank_length(words, at), nothing = blank == 0 ? invisible_length(words, at) : 0;
    if (blank + nothing == 0) {
      ++at;
      continue;
    }
    put(words.substr(begin, at - begin));
    if (blank > 0) gap_ = true;
    begin = at += blank + nothing;
  }
  put(words.substr(begin));
}

void TextWriter::preformatted(std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find_first_of("\r\n"), lines.size());
    put(lines.substr(0, end));
    if (end == lines.size()) break;
    line_break();
    lines.remove_prefix(end + (lines.substr(end, 2) == "\r\n" ? 2 : 1));
  }
}

void TextWriter::line_break() {
  line_ends_ = std::min(line_ends_ + 1, most_line_ends);
  gap_ = false;
}

void TextWriter::block(int line_ends) {
  line_ends_ = std::max(line_ends_, line_ends);
  gap_ = false;
}

std::string TextWriter::take() {
  if (!out_.empty()) out_ += '\n';
  out_.shrink_to_fit();  // a letter keeps three such texts
  return std::move(out_);
}

}  // namespace tertius::mail
