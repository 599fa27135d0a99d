#include "mail/html_text.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "mail/ascii.hpp"
#include "mail/quote_node.hpp"
#include "mail/text_writer.hpp"

namespace tertius::mail {
namespace {

enum class Layout { line, paragraph, cell, hidden };
struct Element {
  std::string_view name;
  Layout layout;
};
// Whatever is not named here is inline.
constexpr auto elements = std::to_array<Element>({
    {"address", Layout::line},    {"article", Layout::line},    {"aside", Layout::line},
    {"audio", Layout::hidden},    {"body", Layout::line},       {"caption", Layout::line},
    {"center", Layout::line},     {"dd", Layout::line},         {"div", Layout::line},
    {"dl", Layout::paragraph},    {"dt", Layout::line},         {"fieldset", Layout::line},
    {"figure", Layout::line},     {"footer", Layout::line},     {"form", Layout::line},
    {"h1", Layout::paragraph},    {"h2", Layout::paragraph},    {"h3", Layout::paragraph},
    {"h4", Layout::paragraph},    {"h5", Layout::paragraph},    {"h6", Layout::paragraph},
    {"head", Layout::hidden},     {"header", Layout::line},     {"li", Layout::line},
    {"main", Layout::line},       {"nav", Layout::line},        {"noscript", Layout::hidden},
    {"object", Layout::hidden},   {"ol", Layout::paragraph},    {"p", Layout::paragraph},
    {"pre", Layout::paragraph},   {"script", Layout::hidden},   {"section", Layout::line},
    {"select", Layout::hidden},   {"style", Layout::hidden},    {"svg", Layout::hidden},
    {"table", Layout::line},      {"tbody", Layout::line},      {"td", Layout::cell},
    {"template", Layout::hidden}, {"textarea", Layout::hidden}, {"tfoot", Layout::line},
    {"th", Layout::cell},         {"thead", Layout::line},      {"title", Layout::hidden},
    {"tr", Layout::line},         {"ul", Layout::paragraph},    {"video", Layout::hidden},
});
static_assert(std::is_sorted(elements.begin(), elements.end(),
                             [](auto& a, auto& b) { return a.name < b.name; }));

const Element* find_element(std::string_view name) {
  const auto* found =
      std::lower_bound(elements.begin(), elements.end(), name,
                       [](const Element& element, std::string_view n) { return element.name < n; });
  return found != elements.end() && found->name == name ? found : nullptr;
}

// Text that the reader does not see must not speak for the person who wrote.
bool hides(std::string_view style) {
  std::string dense = lower(style);
  std::erase_if(dense, is_blank);
  return dense.find("display:none") != dense.npos || dense.find("visibility:hidden") != dense.npos;
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

std::size_t count_attributes(const xmlChar** attributes) {
  std::size_t count = 0;
  while (attributes != nullptr && attributes[2 * count] != nullptr) ++count;
  return count;
}

constexpr std::size_t longest_url = 2000;

bool is_shown_url(std::string_view url) {
  const bool web = starts_ignoring_case(url, "http://") || starts_ignoring_case(url, "https://");
  return web && url.size() <= longest_url && url.find_first_of(" \t\r\n<>") == url.npos;
}

class Reader {
 public:
  explicit Reader(QuoteNodes quotes) : quotes_(quotes) {}

  void start(std::string_view name, const xmlChar** attributes);
  void end(std::string_view name);
  void characters(std::string_view text) {
    if (!is_visible()) return;
    if (pre_ > 0)
      writer_.preformatted(text);
    else
      writer_.text(text);
  }
  int depth() const { return depth_; }
  bool is_done() const { return rest_dropped_; }
  std::size_t elements() const { return elements_; }
  std::size_t comparisons() const { return comparisons_; }
  std::string take() { return writer_.take(); }

 private:
  bool is_visible() const { return hidden_ == 0 && !rest_dropped_ && !in_head_; }
  void note_attributes(std::string_view name, const xmlChar** attributes);
  void drop(QuoteReach reach);
  void open(std::string_view name);
  void close(std::string_view name);
  void close_link();

  TextWriter writer_;
  QuoteNodes quotes_;
  int depth_ = 0;
  std::size_t elements_ = 0, comparisons_ = 0;
  int hidden_ = 0;           // the depth of the element that hides; 0: none
  int quote_container_ = 0;  // QuoteReach::head_of_node: the depth of that element
  bool in_head_ = false;     // and its first quoted block has not ended yet
  bool rest_dropped_ = false;
  int pre_ = 0;
  std::vector<int> lists_;  // the number of the next item; -1 in <ul>
  std::string href_;
  std::size_t link_begin_ = 0;
};

void Reader::drop(QuoteReach reach) {
  switch (reach) {
    case QuoteReach::node: hidden_ = depth_; break;
    case QuoteReach::rest: rest_dropped_ = true; break;
    case QuoteReach::head_of_node:
      if (quote_container_ == 0) {
        quote_container_ = depth_;
        in_head_ = true;
      }
      break;
  }
}

void Reader::note_attributes(std::string_view name, const xmlChar** attributes) {
  href_ = name == "a" ? std::string{} : href_;
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    const std::string_view key = view(attributes[0]), value = view(attributes[1]);
    if (key == "href" && name == "a" && is_shown_url(trim(value))) href_ = trim(value);
    if (key == "hidden" || (key == "style" && hides(value))) hidden_ = depth_;
    if (quotes_ == QuoteNodes::keep || hidden_ != 0) continue;
    if (const QuoteNode* node = find_quote_node(name, key, value)) drop(node->reach);
  }
}

void Reader::start(std::string_view name, const xmlChar** attributes) {
  ++depth_;
  ++elements_;
  const std::size_t count = count_attributes(attributes);
  comparisons_ += count * count;
  if (hidden_ != 0 || rest_dropped_) return;
  const Element* element = find_element(name);
  if (element != nullptr && element->layout == Layout::hidden) {
    hidden_ = depth_;
    return;
  }
  note_attributes(name, attributes);
  if (in_head_ && name == "blockquote") hidden_ = depth_;
  if (!is_visible()) return;
  if (element != nullptr && element->layout == Layout::cell)
    writer_.space();
  else if (element != nullptr)
    writer_.block(element->layout == Layout::paragraph && lists_.empty() ? 2 : 1);
  open(name);
}

void Reader::open(std::string_view name) {
  if (name == "br") writer_.line_break();
  if (name == "blockquote") writer_.deeper();
  if (name == "pre") ++pre_;
  if (name == "a") link_begin_ = writer_.written().size();
  if (name == "ul") lists_.push_back(-1);
  if (name == "ol") lists_.push_back(1);
  if (name == "li") {
    const bool numbered = !lists_.empty() && lists_.back() > 0;
    writer_.text(numbered ? std::to_string(lists_.back()++) + "." : "*");
    writer_.space();
  }
  if (name == "hr") {
    writer_.block(1);
    writer_.text("-----");
    writer_.block(1);
  }
}

void Reader::close_link() {
  const std::string_view text =
      trim(writer_.written().substr(std::min(link_begin_, writer_.written().size())));
  if (!href_.empty() && !text.empty() && text.find(href_) == text.npos && href_.find(text) == href_.npos) {
    writer_.space();
    writer_.text("<" + href_ + ">");
  }
  href_.clear();
}

void Reader::close(std::string_view name) {
  if (name == "a") close_link();
  if (name == "blockquote") writer_.shallower();
  if (name == "pre" && pre_ > 0) --pre_;
  if ((name == "ul" || name == "ol") && !lists_.empty()) lists_.pop_back();
  const Element* element = find_element(name);
  if (element != nullptr && element->layout != Layout::cell) {
    // A list within a list item is no new paragraph.
    writer_.block(element->layout == Layout::paragraph && lists_.empty() ? 2 : 1);
  }
}

void Reader::end(std::string_view name) {
  if (is_visible()) close(name);
  if (hidden_ == depth_) {
    hidden_ = 0;
    if (name == "blockquote") in_head_ = false;
    if (is_visible()) writer_.block(1);
  }
  if (quote_container_ == depth_ && depth_ > 0) {
    quote_container_ = 0;
    in_head_ = false;
  }
  depth_ -= depth_ > 0 ? 1 : 0;
}

// For input that is made to be slow: words without tags, nothing understood.
std::string strip_tags(std::string_view html) {
  TextWriter writer;
  while (!html.empty()) {
    const std::size_t open = std::min(html.find('<'), html.size());
    writer.text(html.substr(0, open));
    writer.space();
    const std::size_t close = std::min(html.find('>', open), html.size());
    html.remove_prefix(std::min(close + 1, html.size()));
  }
  return writer.take();
}

// What the parser's events go to.
using Readers = std::span<Reader>;
Readers& readers(void* data) { return *static_cast<Readers*>(data); }

htmlSAXHandler make_handler() {
  htmlSAXHandler handler{};
  handler.startElement = [](void* data, const xmlChar* name, const xmlChar** attributes) {
    for (Reader& reader : readers(data)) reader.start(view(name), attributes);
  };
  handler.endElement = [](void* data, const xmlChar* name) {
    for (Reader& reader : readers(data)) reader.end(view(name));
  };
  handler.characters = [](void* data, const xmlChar* text, int length) {
    for (Reader& reader : readers(data))
      reader.characters({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
  };
  handler.ignorableWhitespace = handler.characters;
  handler.cdataBlock = handler.characters;
  return handler;
}

// libxml2 2.9.14 compares each attribute of a tag with all before it, and each end tag with every open
// element: one megabyte of `x1=">"x2=">"` takes it 13 s, one of "<b>...</i>" 30 s. Its push parser waits for
// the end of a tag, so what it holds back bounds the attributes of the next one; past these limits the words
// are taken without it.
constexpr std::size_t chunk_bytes = 8192;
constexpr std::size_t most_separators = 1024;
constexpr int deepest = 1024;
// A megabyte of <br> takes 90 ms; the largest of a thousand public letters has 800 elements.
constexpr std::size_t most_elements = 30'000;
constexpr std::size_t most_held = 500'000;  // a comment, or words without a tag: it is held twice over
// Of a tag's attributes with each other: 30,000 tags of ten make three million.
constexpr std::size_t most_comparisons = 5'000'000;

std::size_t separators(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c == '"' || c == '\'' || is_blank(c); }));
}

// To the end of a tag where one is near: given a tag in two halves, the parser forgets in which quotes the
// first one ended, and holds back all that follows until they happen to match.
std::string_view next_chunk(std::string_view html) {
  const std::string_view reach = html.substr(0, chunk_bytes);
  const std::size_t tag_end = reach.rfind('>');
  return tag_end == reach.npos || reach.size() == html.size() ? reach : reach.substr(0, tag_end + 1);
}

// A start tag, whose attributes will be compared: no text, comment, style sheet or script.
bool holds_tag(htmlParserCtxtPtr context) {
  const std::string_view held(reinterpret_cast<const char*>(context->input->cur),
                              static_cast<std::size_t>(context->input->end - context->input->cur));
  const std::string_view open = view(context->name);
  return held.size() > 1 && held[0] == '<' && lower(held[1]) >= 'a' && lower(held[1]) <= 'z' &&
         open != "style" && open != "script";
}

bool feed(std::string_view html, htmlParserCtxtPtr context, Readers readers) {
  const Reader& reader = readers.front();  // all see the same elements
  std::size_t held_separators = 0;
  while (!html.empty() && !std::ranges::all_of(readers, &Reader::is_done)) {
    const std::string_view chunk = next_chunk(html);
    html.remove_prefix(chunk.size());
    htmlParseChunk(context, chunk.data(), static_cast<int>(chunk.size()), html.empty() ? 1 : 0);
    if (reader.depth() > deepest || reader.elements() > most_elements) return false;
    if (reader.comparisons() > most_comparisons) return false;
    const auto held = static_cast<std::size_t>(context->input->end - context->input->cur);
    held_separators =
        holds_tag(context) ? separators(chunk) + (held > chunk.size() ? held_separators : 0) : 0;
    if ((held > chunk.size() && held_separators > most_separators) || held > most_held) return false;
  }
  return true;
}

// False where the input is made to be slow.
bool parse(std::string_view html, Readers readers) {
  htmlSAXHandler handler = make_handler();
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> context(
      htmlCreatePushParserCtxt(&handler, &readers, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8),
      htmlFreeParserCtxt);
  if (!context) return false;
  htmlCtxtUseOptions(context.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                        HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  return feed(html, context.get(), readers);
}

}  // namespace

std::string html_text(std::string_view html, QuoteNodes quotes) {
  if (html.empty()) return {};
  std::array<Reader, 1> reader{Reader(quotes)};
  return parse(html, reader) ? reader[0].take() : strip_tags(html);
}

HtmlTexts html_texts(std::string_view html) {
  if (html.empty()) return {};
  std::array<Reader, 2> readers{Reader(QuoteNodes::keep), Reader(QuoteNodes::drop)};
  if (!parse(html, readers)) return {strip_tags(html), strip_tags(html)};
  return {readers[0].take(), readers[1].take()};
}

}  // namespace tertius::mail
