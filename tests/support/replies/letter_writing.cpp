#include "tests/support/replies/letter_writing.hpp"

#include <optional>

#include "mail/write_quoted_printable.hpp"

namespace tertius::tests {
namespace {

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned triple = 0;
    for (std::size_t i = 0; i < 3; ++i)
      triple = triple << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i)
      out += at + i > bytes.size() ? '=' : digits[triple >> (18 - 6 * i) & 63];
    if (at % 57 == 54) out += "\r\n";
  }
  return out;
}

// Of windows-1252 only what Latin-1 has too, and the typographer's apostrophe.
std::optional<std::string> as_windows_1252(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto octet = static_cast<unsigned char>(text[i]);
    if (octet < 0x80) {
      out += text[i];
    } else if (octet == 0xC2 || octet == 0xC3) {
      out += static_cast<char>((octet & 3) << 6 | (text[++i] & 0x3F));
    } else if (text.substr(i, 3) == "\u2019") {
      out += '\x92';
      i += 2;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

std::string tag_name(std::string_view tag) {
  std::string name;
  for (const char c : tag.substr(1)) {
    if (c == ' ' || c == '>' || c == '\n') break;
    name += c;
  }
  return name;
}

std::string attribute(std::string_view tag, std::string_view name) {
  const std::string opening = " " + std::string(name) + "=\"";
  const std::size_t at = tag.find(opening);
  if (at == tag.npos) return {};
  const std::string_view value = tag.substr(at + opening.size());
  return std::string(value.substr(0, value.find('"')));
}

std::string unescaped(std::string text) {
  text = replaced(std::move(text), "&lt;", "<");
  text = replaced(std::move(text), "&gt;", ">");
  text = replaced(std::move(text), "&quot;", "\"");
  text = replaced(std::move(text), "&#39;", "'");
  text = replaced(std::move(text), "&nbsp;", " ");
  return replaced(std::move(text), "&amp;", "&");
}

std::string without_blanks_around(const std::string& text) {
  std::string out;
  int empty = 1;
  for (const std::string& line : lines_of_text(text)) {
    const std::size_t first = line.find_first_not_of(' '), last = line.find_last_not_of(' ');
    empty = first == line.npos ? empty + 1 : 0;
    if (empty <= 1 && !(empty == 1 && out.empty()))
      out += (empty > 0 ? "" : line.substr(first, last - first + 1)) + "\n";
  }
  return out;
}

// One line, broken so that none but the last is longer; `end` closes all but the last.
void wrap_line(std::string& out, std::string_view line, std::size_t columns, std::string_view end) {
  while (line.size() > columns) {
    std::size_t at = line.rfind(' ', columns);
    if (at == line.npos || at == 0) at = line.find(' ', columns);
    if (at == line.npos || at == 0) break;
    out += std::string(line.substr(0, at)) + std::string(end);
    line.remove_prefix(at + 1);
  }
  out += std::string(line) + "\n";
}

}  // namespace

std::vector<std::string> lines_of_text(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string escaped(std::string_view text) {
  std::string out = replaced(std::string(text), "&", "&amp;");
  out = replaced(std::move(out), "<", "&lt;");
  return replaced(std::move(out), ">", "&gt;");
}

std::string html_of_words(std::string_view words, std::string_view open, std::string_view close,
                          std::string_view blank) {
  std::string html;
  for (const std::string& line : lines_of_text(words))
    html += std::string(open) + (line.empty() ? std::string(blank) : escaped(line)) + std::string(close);
  return html;
}

std::string text_of_html(std::string_view html, Links links) {
  std::string text, href;
  bool in_style = false;
  while (!html.empty()) {
    const std::size_t open = std::min(html.find('<'), html.size());
    if (!in_style) text += replaced(std::string(html.substr(0, open)), "\n", " ");
    const std::size_t close = std::min(html.find('>', open), html.size());
    const std::string_view tag = html.substr(open, close - open);
    html.remove_prefix(std::min(close + 1, html.size()));
    if (tag.empty()) break;
    const std::string name = tag_name(tag);
    if (name == "style") in_style = true;
    if (name == "/style") in_style = false;
    if (name == "a") href = attribute(tag, "href");
    if (name == "/a" && links != Links::dropped) text += (links == Links::glued ? "<" : " <") + href + ">";
    if (name == "br" || name == "/div" || name == "/tr" || name == "/title" || name == "div" || name == "hr")
      text += "\n";
    if (name == "/p" || name == "p") text += "\n\n";
  }
  return unescaped(without_blanks_around(text));
}

std::string body_of_html(std::string_view html) {
  const std::size_t begin = html.find('>', html.find("<body")) + 1;
  return std::string(html.substr(begin, html.find("</body>") - begin));
}

std::pair<std::string, std::string> parted(std::string_view html) {
  const std::size_t gap = html.find("</p>") + 4;
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at < gap; at = html.find('<', at + 1)) {
    if (html.substr(at).starts_with("<!--")) {
      at = html.find("-->", at);
      continue;
    }
    const std::string_view tag = html.substr(at, html.find('>', at) + 1 - at);
    const std::string name = tag_name(tag);
    if (name.starts_with('/'))
      open.pop_back();
    else if (name != "br")
      open.emplace_back(tag);
  }
  std::string head(html.substr(0, gap)), tail(html.substr(gap));
  for (const std::string& tag : open) head.insert(gap, "</" + tag_name(tag) + ">");
  for (auto tag = open.rbegin(); tag != open.rend(); ++tag) tail.insert(0, *tag);
  return {head, tail};
}

std::string wrapped(std::string_view text, std::size_t columns) {
  std::string out;
  for (const std::string& line : lines_of_text(text)) wrap_line(out, line, columns, "\n");
  return out;
}

std::string flowed(std::string_view text) {
  std::string out;
  for (const std::string& line : lines_of_text(text)) {
    if (line.starts_with('>'))
      out += line + "\n";
    else  // RFC 3676 4.4: a line that begins with a space, with ">" or "From " is stuffed
      wrap_line(out, (line.starts_with(' ') || line.starts_with("From ") ? " " : "") + line, 72, " \n");
  }
  return out;
}

std::string lines_quoted(std::string_view text, std::string_view mark) {
  std::string out;
  for (const std::string& line : lines_of_text(text)) {
    const bool marked = line.starts_with('>');
    out += line.empty() ? ">\n" : std::string(marked ? ">" : mark) + line + "\n";
  }
  return out;
}

std::string text_part(std::string_view type, std::string_view charset, Encoding encoding,
                      const std::string& text) {
  const auto narrow = charset == "windows-1252" ? as_windows_1252(text) : std::nullopt;
  const std::string& octets = narrow ? *narrow : text;
  std::string head = "Content-Type: " + std::string(type) +
                     "; charset=" + (narrow ? "\"windows-1252\"" : "\"utf-8\"") +
                     "\r\nContent-Transfer-Encoding: ";
  if (encoding == Encoding::as_it_is) return head + "8bit\r\n\r\n" + with_crlf(octets);
  if (encoding == Encoding::base64) return head + "base64\r\n\r\n" + base64(with_crlf(octets)) + "\r\n";
  head += "quoted-printable\r\n\r\n";
  mail::write_quoted_printable(head, octets);
  return head;
}

std::string alternative(std::string_view boundary, const std::string& plain, const std::string& html) {
  const std::string line = "--" + std::string(boundary);
  return "Content-Type: multipart/alternative; boundary=\"" + std::string(boundary) + "\"\r\n\r\n" + line +
         "\r\n" + plain + "\r\n" + line + "\r\n" + html + "\r\n" + line + "--\r\n";
}

std::string only_html(const std::string& letter) {
  const std::size_t type = letter.find("Content-Type: multipart/alternative");
  if (type == letter.npos) return {};
  const std::size_t part = letter.find("Content-Type: text/html");
  const std::size_t end = letter.rfind("\r\n--", letter.size() - 5);
  return letter.substr(0, type) + letter.substr(part, end - part);
}

}  // namespace tertius::tests
