#pragma once
// HTML -> the plain text a person would read: blocks on lines of their own, quoted blocks behind "> ", links
// as "text <url>", nothing of scripts, styles and what is hidden. libxml2 parses, event by event: no tree is
// built. Never throws; memory about the size of the text; linear time (html_text.cpp says how libxml2 is held
// to that).

#include <string>
#include <string_view>

namespace tertius::mail {

// `drop`: the nodes in which mail clients keep the mail being answered, with their attribution line, are left
// out.
enum class QuoteNodes { keep, drop };

// `html` is UTF-8. Lines end in LF; at most one blank line in a row; no blanks at line ends.
std::string html_text(std::string_view html, QuoteNodes quotes = QuoteNodes::keep);

// Both at the price of one: most of it is the parser's.
struct HtmlTexts {
  std::string whole;  // QuoteNodes::keep
  std::string own;    // QuoteNodes::drop
};
HtmlTexts html_texts(std::string_view html);

}  // namespace tertius::mail
