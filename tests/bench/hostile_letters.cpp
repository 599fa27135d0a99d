// Bodies that are made to be slow: a megabyte of what each reader looks twice at.
#include <algorithm>
#include <array>

#include "tests/bench/letters.hpp"

namespace tertius::bench {
namespace {

// In base64, so that no limit on lines or boundaries keeps the readers behind the guard from it.
std::string text_letter(const std::string& text) {
  return header("text/plain; charset=utf-8", "Content-Transfer-Encoding: base64\r\n") + base64(text);
}
std::string html_letter(const std::string& html) {
  return header("text/html; charset=utf-8", "Content-Transfer-Encoding: base64\r\n") + base64(html);
}

// One captureless lambda for a pattern.
template <std::size_t n>
struct Pattern {
  char text[n]{};
  constexpr Pattern(const char (&literal)[n]) {
    std::copy_n(literal, n, text);
  }  // NOLINT: implicit on purpose
};
template <Pattern pattern>
std::string text_of(std::size_t bytes) {
  return text_letter(repeated(pattern.text, bytes * 3 / 4));
}
template <Pattern pattern>
std::string html_of(std::size_t bytes) {
  return html_letter(repeated(pattern.text, bytes * 3 / 4));
}

// Text and HTML that say different things are compared word by word.
std::string two_bodies(std::size_t bytes) {
  return header("multipart/alternative; boundary=\"b\"") + "--b\r\n\r\n" +
         repeated("one two three four\r\n", bytes / 2) + "\r\n--b\r\nContent-Type: text/html\r\n\r\n" +
         repeated("<p>five six seven eight</p>\r\n", bytes / 2) + "\r\n--b--\r\n";
}

std::string many_attributes(std::size_t bytes) {
  std::string tag = "<a";
  for (int i = 0; i < 500; ++i) tag += " " + std::to_string(i).insert(0, 1, 'a');
  return html_letter(repeated(tag + ">word</a>", bytes * 3 / 4));
}

std::string one_tag(std::size_t bytes) {
  return html_letter("<a " + repeated("x1=\">\"x2=\">\"", bytes * 3 / 4));
}

std::string deep_parts(std::size_t bytes) {
  std::string out = header("multipart/mixed; boundary=\"b0\"");
  for (int level = 0; level < 48; ++level)
    out += "--b" + std::to_string(level) + "\r\nContent-Type: multipart/mixed; boundary=\"b" +
           std::to_string(level + 1) + "\"\r\n\r\n";
  return out + "--b48\r\n\r\n" + repeated("--b no boundary\r\nwords\r\n", bytes > 90'000 ? 90'000 : bytes) +
         repeated("words and words\r\n", bytes);
}

std::string many_parts(std::size_t bytes) {
  return header("multipart/mixed; boundary=\"b\"") +
         repeated("--b\r\nX: y\r\n\r\nwords\r\n", std::min<std::size_t>(bytes, 9'000)) +
         repeated("words and words\r\n", bytes);
}

std::string long_line(std::size_t bytes) { return header("text/plain") + repeated("a forward ", bytes); }

std::string flowed(std::size_t bytes) {
  return header("text/plain; format=flowed") + repeated("> word \r\n", bytes);
}

std::string chinese(std::size_t bytes) {
  return header("text/plain; charset=gb2312", "Content-Transfer-Encoding: 8bit\r\n") +
         repeated("\xC4\xE3\xBA\xC3\xFF\x80\r\n", bytes);
}

std::string soft_breaks(std::size_t bytes) {
  return header("text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable\r\n") +
         repeated("=\r\n=41=\r\n", bytes);
}

constexpr std::size_t megabyte = 1'000'000;
constexpr auto letters = std::to_array<LetterKind>({
    {"words", megabyte, text_of<"could we talk about this next week or not ">},
    {"sentences", megabyte, text_of<"Yes. No. Maybe? Forward it to Bob. ">},
    {"one long line", megabyte, text_of<"a">},
    {"long line, raw", megabyte, long_line},
    {"marks in a line", megabyte, text_of<">">},
    {"marks in lines", megabyte, text_of<"> > > > > > > > > > > > > > > > > > > > > > > > > > > > > >\n">},
    {"lines of one mark", megabyte, text_of<">\n">},
    {"empty lines", megabyte, text_of<"\n">},
    {"On lines", megabyte, text_of<"On \n">},
    {"attributions", megabyte, text_of<"On 3 March 2026 at 10:00, a@b.example wrote\n">},
    {"signature marks", megabyte, text_of<"-- \n">},
    {"rules", megabyte, text_of<"-----------------------------------------\n">},
    {"header blocks", megabyte, text_of<"From: a\nTo: b\n\n">},
    {"our links", megabyte, text_of<"a:\nhttps://x.example/d/mfrgg\n">},
    {"disclaimers", megabyte,
     text_of<"this message is intended solely for the intended recipient, confidential ">},
    {"list footers", megabyte, text_of<"________\nx\n">},
    {"device lines", megabyte, text_of<"Sent from my iPhone\n">},
    {"dates", megabyte, text_of<"later, on Monday, 3 March or next week ">},
    {"forward lines", megabyte, text_of<"forward\n">},
    {"names to forward to", megabyte, text_of<"please forward this to Bob Miller and ask ">},
    {"our own notice", megabyte, text_of<"Alice Chen would like to meet Gail Goodman\n">},
    {"returned addresses", megabyte, text_of<"<a@b.example>: 550 5.1.1 user unknown\n">},
    {"away words", megabyte, text_of<"I am out of the office until 3 March and back on ">},
    {"ideographs", megabyte, text_of<"\xE4\xBD\xA0\xE5\xA5\xBD\xE8\xBD\xAC\xE5\x8F\x91">},
    {"combining marks", megabyte, text_of<"a\xCC\x81\xCC\x81\xCC\x81\xCC\x81">},
    {"no UTF-8", megabyte, text_of<"\xFF\xC3(\xE2\x82">},
    {"nested quotes", megabyte, html_of<"<blockquote>a">},
    {"nested div", megabyte, html_of<"<div>">},
    {"unclosed p", megabyte, html_of<"<p>a">},
    {"crossed tags", megabyte, html_of<"<b>x</i>">},
    {"attributes", megabyte, many_attributes},
    {"one tag", megabyte, one_tag},
    {"references", megabyte, html_of<"&amp;&lt;&nbsp;&#x41;">},
    {"comments", megabyte, html_of<"<!-- <!-- ">},
    {"links", megabyte, html_of<"<a href=\"https://x.example/a\">b</a>">},
    {"unclosed links", megabyte, html_of<"<a href=\"https://x.example/a\">b ">},
    {"lists", megabyte, html_of<"<ul><li>a</ul>">},
    {"nested tables", megabyte, html_of<"<table><tr><td>a">},
    {"line breaks", megabyte, html_of<"<br>">},
    {"styles", megabyte, html_of<"<i style=\"color:red;display:inline\" class=\"a b c d\">a</i>">},
    {"script", megabyte, html_of<"<script>a < b </scrip">},
    {"pre", megabyte, html_of<"<pre>\n\n a">},
    {"text beside HTML", megabyte, two_bodies},
    {"deep parts", megabyte, deep_parts},
    {"many parts", megabyte, many_parts},
    {"flowed", megabyte, flowed},
    {"gb2312", megabyte, chinese},
    {"soft breaks", megabyte, soft_breaks},
});

}  // namespace

std::span<const LetterKind> hostile_letters() { return letters; }

}  // namespace tertius::bench
