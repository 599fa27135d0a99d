#include "mail/encoded_word.hpp"

#include <algorithm>
#include <optional>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/transfer_encoding.hpp"

namespace tertius::mail {
namespace {

struct Word {
  std::string_view charset;
  bool base64 = false;
  std::string_view text;
  std::size_t end = 0;  // of the whole word in the field
};

// `at` stands on "=?". `more` is cleared once no "?=" follows any more, so that a field of bare "=?" stays
// linear.
std::optional<Word> find_word(std::string_view field, std::size_t at, bool& more) {
  constexpr std::size_t longest_charset = 64;
  const std::size_t question =
      field.substr(0, std::min(field.size(), at + 2 + longest_charset)).find('?', at + 2);
  if (!more || question == std::string_view::npos || question + 2 >= field.size()) return {};
  const char encoding = lower(field[question + 1]);
  if ((encoding != 'q' && encoding != 'b') || field[question + 2] != '?') return {};
  const std::size_t text = question + 3, close = field.find("?=", text);
  more = close != std::string_view::npos;
  if (!more) return {};
  std::string_view charset = field.substr(at + 2, question - at - 2);
  charset = charset.substr(0, charset.find('*'));  // RFC 2231 5: the language may follow
  return Word{charset, encoding == 'b', field.substr(text, close - text), close + 2};
}

std::string word_bytes(const Word& word) {
  if (word.base64) return decode_base64(word.text);
  std::string text(word.text);
  std::replace(text.begin(), text.end(), '_', ' ');
  // A trailing blank is meant here, and must not be taken for padding of the line.
  return decode_quoted_printable(text);
}

bool is_gap(std::string_view text) { return trim(text).empty(); }

void flatten(std::string& line) {
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
}

// Collects the octets of adjacent words of one charset, so that a character split between two words is whole
// again.
struct Run {
  std::string charset, bytes;
  void append(const Word& word, std::string& out) {
    if (!equals_ignoring_case(word.charset, charset)) flush(out);
    charset = word.charset;
    bytes += word_bytes(word);
  }
  void flush(std::string& out) {
    if (!bytes.empty()) out += to_utf8(bytes, charset);
    bytes.clear();
  }
};

}  // namespace

std::string decode_words(std::string_view field) {
  std::string out;
  Run run;
  bool after_word = false, more = true;
  std::size_t plain = 0;  // start of what is not yet written
  for (std::size_t at = field.find("=?"); at != std::string_view::npos;) {
    const auto word = find_word(field, at, more);
    if (!word) {
      at = field.find("=?", at + 2);
      continue;
    }
    const std::string_view between = field.substr(plain, at - plain);
    if (!after_word || !is_gap(between)) {  // blanks between two words are not shown (RFC 2047 6.2)
      run.flush(out);
      out += to_utf8(between);
    }
    run.append(*word, out);
    after_word = true;
    plain = word->end;
    at = field.find("=?", plain);
  }
  run.flush(out);
  out += to_utf8(field.substr(plain));
  flatten(out);
  return out;
}

}  // namespace tertius::mail
