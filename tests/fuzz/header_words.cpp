// Encoded words and parameters of a header field.
#include "broker/utf8.hpp"
#include "mail/encoded_word.hpp"
#include "mail/header_block.hpp"
#include "mail/parameters.hpp"
#include "mail/write_header.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

// What write_header.hpp says of a text: control characters are spaces, runs of those are one, none at either
// end; what turns the reading direction, and a byte-order mark, is gone.
bool is_dropped(char32_t point) {
  return point == 0xfeff || (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}
bool is_space(char32_t point) {
  return point <= 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0x2028 || point == 0x2029;
}

std::string as_written(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    if (is_dropped(point)) continue;
    if (!is_space(point))
      append_code_point(out, point);
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

void require_words(std::string_view bytes) {
  const std::string words = mail::decode_words(bytes);
  require_line(words);
  require(words.size() <= 3 * bytes.size(), "decoded words are bounded by their field");
  std::string field;
  mail::write_text_field(field, "Subject", words);
  const auto fields = mail::read_header_block(field);
  require(fields.size() == 1, "a subject ends where it should");
  require(mail::decode_words(fields.front().value) == as_written(words), "a subject is read as written");
  for (std::string_view rest = field; !rest.empty(); rest.remove_prefix(rest.find("\r\n") + 2)) {
    require(rest.find("\r\n") != rest.npos, "lines end in CRLF");
    require(rest.find("\r\n") <= 998, "lines are within RFC 5322 2.1.1");
  }
}

void require_parameters(std::string_view bytes) {
  const auto field = mail::read_parameters(bytes);
  std::size_t octets = field.value.size();
  for (const auto& [name, value] : field.parameters) {
    octets += name.size() + value.size();
    for (const char c : name) require(c < 'A' || c > 'Z', "names of parameters are in lower case");
  }
  require(octets <= bytes.size(), "parameters are pieces of their field");
  for (const auto* name : {"charset", "filename", "name", "format", "report-type"}) {
    const std::string decoded = mail::decoded_parameter(field, name);
    require_text(decoded);
    require(decoded.size() <= 3 * bytes.size(), "a parameter is bounded by its field");
  }
}

}  // namespace

void header_words(std::string_view bytes) {
  require_words(bytes);
  require_parameters(bytes);
}

}  // namespace tertius::fuzz
