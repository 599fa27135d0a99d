// Encoded words and parameters of a header field.
#include "mail/encoded_word.hpp"
#include "mail/header_block.hpp"
#include "mail/parameters.hpp"
#include "mail/write_header.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

// Runs of blanks are one, as write_text_field has them.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
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
  require(squeezed(mail::decode_words(fields.front().value)) == squeezed(words),
          "a subject is read as written");
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
