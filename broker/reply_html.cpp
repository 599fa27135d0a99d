#include "broker/reply_html.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "broker/utf8.hpp"

namespace tertius::reading {
namespace {

// What a client puts on the node that holds its quote, and whether the quote is that node or all from there
// on.
struct Mark {
  std::string_view attribute;
  bool to_end;
};
constexpr auto marks = std::to_array<Mark>({
    {"gmail_quote", false},
    {"gmail_attr", false},
    {"gmail_extra", false},
    {"moz-cite-prefix", false},
    {"type=\"cite\"", false},
    {"type='cite'", false},
    {"type=cite", false},
    {"yahoo_quoted", false},
    {"protonmail_quote", false},
    {"zmail_extra", false},
    {"tutanota_quote", false},
    {"wordsection1_quote", false},
    {"divrplyfwdmsg", true},
    {"appendonsend", true},
    {"olk_src_body_section", false},
    {"stopspelling", true},
    {"mail-editor-reference-message-container", true},
    {"ms-outlook-mobile-reference-message", true},
    {"data-marker=\"__divider__\"", true},
    {"data-marker=\"__quoted_text__\"", true},
    {"name=\"quote\"", false},
    {"name='quote'", false},
    {"hmmessage_quote", false},
    {"iphone_quote", false},
    {"aol_quote", false},
    {"quoted-text", false},
    {"front-blockquote", false},
    {"sh-quoted", false},
    {"lotusnotes_quote", false},
    {"quotedtext", false},
});
constexpr auto blocks =
    std::to_array<std::string_view>({"p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "h1",
                                     "h2", "h3", "h4", "pre", "hr", "body", "td"});
constexpr auto empties = std::to_array<std::string_view>(
    {"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr"});
constexpr auto hidden = std::to_array<std::string_view>({"script", "style", "head", "title"});

struct Tag {
  std::string name;
  std::string attributes;  // lower case
  bool closes = false;
};

template <std::size_t n>
bool has(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

struct Entity {
  std::string_view name;
  std::string_view text;
};
constexpr auto entities = std::to_array<Entity>(
    {{"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},   {"nbsp", " "},
     {"uuml", "ü"},   {"ouml", "ö"},   {"auml", "ä"},   {"szlig", "ß"},  {"Uuml", "Ü"},   {"Ouml", "Ö"},
     {"Auml", "Ä"},   {"eacute", "é"}, {"egrave", "è"}, {"agrave", "à"}, {"ccedil", "ç"}, {"ntilde", "ñ"},
     {"aacute", "á"}, {"iacute", "í"}, {"oacute", "ó"}, {"uacute", "ú"}, {"aring", "å"},  {"atilde", "ã"},
     {"ecirc", "ê"},  {"igrave", "ì"}, {"ograve", "ò"}, {"ugrave", "ù"}, {"rsquo", "’"},  {"lsquo", "‘"},
     {"rdquo", "”"},  {"ldquo", "“"},  {"ndash", "–"},  {"mdash", "—"},  {"hellip", "…"}});

class Scanner {
 public:
  explicit Scanner(std::string_view html) : html_(html) {}

  std::optional<std::string> scan() {
    while (at_ < html_.size() && !ended_) {
      if (html_[at_] == '<')
        take_tag();
      else if (html_[at_] == '&')
        take_entity();
      else
        take_octet();
    }
    return found_ ? std::optional(std::move(out_)) : std::nullopt;
  }

 private:
  bool is_shown() const { return quote_depth_ == 0 && hidden_.empty(); }

  void take_octet() {
    const char c = html_[at_++];
    if (!is_shown()) return;
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
      out_ += c;
    else if (!out_.empty() && out_.back() != ' ' && out_.back() != '\n')
      out_ += ' ';
  }

  void take_entity() {
    const std::size_t end = html_.substr(at_, 12).find(';');
    if (end == std::string_view::npos) return take_octet();
    const std::string_view name = html_.substr(at_ + 1, end - 1);
    at_ += end + 1;
    if (!is_shown()) return;
    if (name.starts_with('#')) return take_number(name.substr(1));
    for (const Entity& entity : entities)
      if (entity.name == name) out_ += entity.text;
  }

  void take_number(std::string_view digits) {
    const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
    unsigned point = 0;
    const std::string_view number = digits.substr(hexadecimal ? 1 : 0);
    std::from_chars(number.data(), number.data() + number.size(), point, hexadecimal ? 16 : 10);
    if (point == 0 || point > 0x10FFFF) return;
    if (point == 0xA0)
      out_ += ' ';
    else
      append_code_point(out_, point);
  }

  void take_tag() {
    if (html_.substr(at_, 4) == "<!--") return skip_to("-->");
    const std::size_t end = html_.find('>', at_);
    if (end == std::string_view::npos) {
      at_ = html_.size();
      return;
    }
    const Tag tag = read_tag(html_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    if (tag.name.empty()) return;
    tag.closes ? close(tag) : open(tag);
  }

  void skip_to(std::string_view mark) {
    const std::size_t end = html_.find(mark, at_);
    at_ = end == std::string_view::npos ? html_.size() : end + mark.size();
  }

  static Tag read_tag(std::string_view inner) {
    Tag tag;
    tag.closes = inner.starts_with('/');
    if (tag.closes) inner.remove_prefix(1);
    const std::size_t end = std::min(inner.find_first_of(" \t\r\n/"), inner.size());
    for (char c : inner.substr(0, std::min<std::size_t>(end, 20))) tag.name += lower(c);
    for (char c : inner.substr(end, 2000)) tag.attributes += lower(c);
    return tag;
  }

  void open(const Tag& tag) {
    if (has(hidden, tag.name)) {
      if (hidden_.empty()) hidden_ = tag.name;
      return;
    }
    if (has(empties, tag.name)) {
      if (is_shown() && has(blocks, tag.name)) break_line();
      if (is_quote(tag)) found_ = ended_ = true;
      return;
    }
    if (quote_depth_ > 0) {
      quote_depth_ += tag.name == quote_name_;
      return;
    }
    if (is_shown() && has(blocks, tag.name)) break_line();
    if (!is_quote(tag)) return;
    found_ = true;
    ended_ = ends_there(tag);
    quote_name_ = tag.name;
    quote_depth_ = 1;
  }

  void close(const Tag& tag) {
    if (tag.name == hidden_)
      hidden_.clear();
    else if (quote_depth_ > 0)
      quote_depth_ -= tag.name == quote_name_;
    else if (is_shown() && has(blocks, tag.name))
      break_line();
  }

  static bool is_quote(const Tag& tag) {
    return std::ranges::any_of(
        marks, [&](const Mark& mark) { return tag.attributes.find(mark.attribute) != std::string::npos; });
  }
  static bool ends_there(const Tag& tag) {
    return std::ranges::any_of(marks, [&](const Mark& mark) {
      return mark.to_end && tag.attributes.find(mark.attribute) != std::string::npos;
    });
  }

  void break_line() {
    while (!out_.empty() && out_.back() == ' ') out_.pop_back();
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
  }

  std::string_view html_;
  std::string out_, hidden_, quote_name_;
  std::size_t at_ = 0, quote_depth_ = 0;
  bool found_ = false, ended_ = false;
};

}  // namespace

std::optional<std::string> text_above_quote(std::string_view html) { return Scanner(html).scan(); }

}  // namespace tertius::reading
