// HTML as a person would read it.
#include "mail/charset.hpp"
#include "mail/html_text.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

void html(std::string_view bytes) {
  const std::string html = mail::to_utf8(bytes);
  for (const auto quotes : {mail::QuoteNodes::keep, mail::QuoteNodes::drop}) {
    const std::string text = mail::html_text(html, quotes);
    require_text(text);
    require(text.find('\r') == text.npos, "lines end in LF");
    require(text.empty() || text.ends_with('\n'), "the last line ends");
    require(!text.starts_with('\n'), "no blank line in front");
    // A blockquote costs twelve octets, and each line in it two for each blockquote around it.
    require(text.size() <= 64 * html.size() + 64, "the text is bounded by its HTML");
  }
}

}  // namespace tertius::fuzz
