#pragma once
// What every mail client does on its way from words to bytes: escaping, wrapping, quoting, encoding.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertius::tests {

std::vector<std::string> lines_of_text(std::string_view text);
std::string replaced(std::string text, std::string_view what, std::string_view by);
std::string escaped(std::string_view text);  // for HTML

// Each line between `open` and `close`; an empty one holds `blank`.
std::string html_of_words(std::string_view words, std::string_view open, std::string_view close,
                          std::string_view blank);

enum class Links {
  dropped,
  in_brackets,
  glued
};  // "Forward", "Forward <https://...>", "Forward<https://...>"

// The text that clients make of an HTML mail: all of it, hidden or not.
std::string text_of_html(std::string_view html, Links links);
// What stands between <body> and </body>.
std::string body_of_html(std::string_view html);

// In two after its first paragraph, with every open element closed and opened again.
std::pair<std::string, std::string> parted(std::string_view html);

std::string wrapped(std::string_view text, std::size_t columns);
std::string flowed(std::string_view text);  // RFC 3676, lines of 72; quoted ones stay whole
std::string lines_quoted(std::string_view text, std::string_view mark = "> ");

enum class Encoding { as_it_is, quoted_printable, base64 };
// The header of a part (Content-Type and -Transfer-Encoding), an empty line, the body. `charset` is utf-8 or
// windows-1252; text that the second cannot hold goes as the first.
std::string text_part(std::string_view type, std::string_view charset, Encoding encoding,
                      const std::string& text);
// The letter with only the HTML part of its two; empty where it has no two.
std::string only_html(const std::string& letter);
std::string alternative(std::string_view boundary, const std::string& plain, const std::string& html);

}  // namespace tertius::tests
