#pragma once
// The letters that the benches read: made here, of any size, always the same bytes. The replies answer a
// notice of ours and quote it as real clients do; the hostile ones are what a stranger would send to keep the
// daemon busy.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace tertius::bench {

struct LetterKind {
  std::string_view name;
  std::size_t bytes;  // the size at which it is measured; a tenth of it as well
  std::string (*make)(std::size_t bytes);
};
std::span<const LetterKind> reply_letters();
std::span<const LetterKind> hostile_letters();  // hostile bodies
std::span<const LetterKind> hostile_headers();

// The notice that the replies quote: a request to the connector.
const std::string& notice_text();
const std::string& notice_html();

// For making letters.
std::string repeated(std::string_view text, std::size_t bytes);                 // cut to exactly so many
std::string base64(std::string_view bytes);                                     // lines of 76, CRLF
std::string quoted_printable(std::string_view text);                            // LF becomes CRLF
std::string header(std::string_view content_type, std::string_view more = {});  // with the empty line

}  // namespace tertius::bench
