#include "mail/quote_node.hpp"

#include <algorithm>
#include <array>

#include "mail/ascii.hpp"

namespace tertius::mail {
namespace {

// Yahoo puts letters of its own in front: class="ydp8d7e6f5yahoo_quoted". '*' in a value stands for them.
constexpr auto table = std::to_array<QuoteNode>({
    {"Gmail", "div", "class", "gmail_quote", QuoteReach::head_of_node},
    {"Gmail", "div", "class", "gmail_attr", QuoteReach::node},
    {"Gmail", "blockquote", "class", "gmail_quote", QuoteReach::node},
    {"Outlook", "div", "id", "divRplyFwdMsg", QuoteReach::rest},
    {"Outlook", "div", "id", "x_divRplyFwdMsg", QuoteReach::rest},
    {"Outlook", "div", "id", "appendonsend", QuoteReach::rest},
    {"Outlook", "div", "id", "x_appendonsend", QuoteReach::rest},
    {"Outlook", "div", "id", "mail-editor-reference-message-container", QuoteReach::rest},
    {"Outlook for Mac", "span", "id", "OLK_SRC_BODY_SECTION", QuoteReach::node},
    {"Hotmail", "hr", "id", "stopSpelling", QuoteReach::rest},
    {"Apple Mail", "blockquote", "type", "cite", QuoteReach::node},
    {"Thunderbird", "div", "class", "moz-cite-prefix", QuoteReach::node},
    {"Thunderbird", "div", "class", "moz-forward-container", QuoteReach::node},
    {"Yahoo", "div", "class", "*yahoo_quoted", QuoteReach::node},
    {"Proton", "div", "class", "protonmail_quote", QuoteReach::node},
    {"Proton", "blockquote", "class", "protonmail_quote", QuoteReach::node},
    {"Zimbra", "hr", "id", "zwchr", QuoteReach::rest},
    {"Zoho", "div", "class", "zmail_extra", QuoteReach::node},
    {"Zoho", "blockquote", "class", "zmail_extra", QuoteReach::node},
    {"GMX and WEB.DE", "div", "name", "quote", QuoteReach::node},
    {"Roundcube", "p", "id", "reply-intro", QuoteReach::node},
    {"Tutanota", "blockquote", "class", "tutanota_quote", QuoteReach::node},
    {"Front", "blockquote", "class", "front-blockquote", QuoteReach::node},
    {"Yandex", "blockquote", "class", "wmi-quote", QuoteReach::node},
    {"NetEase", "div", "id", "isReplyContent", QuoteReach::node},
});

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find_first_of(" \t\n"), words.size());
    const std::string_view one = words.substr(0, end);
    if (equals_ignoring_case(one, word)) return true;
    if (word.starts_with('*') && one.ends_with(word.substr(1))) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

}  // namespace

std::span<const QuoteNode> quote_node_table() { return table; }

const QuoteNode* find_quote_node(std::string_view element, std::string_view attribute,
                                 std::string_view value) {
  const auto fits = [&](const QuoteNode& row) {
    if (row.attribute != attribute || (!row.element.empty() && row.element != element)) return false;
    return attribute == "class" ? has_word(value, row.value) : equals_ignoring_case(value, row.value);
  };
  const auto* found = std::find_if(table.begin(), table.end(), fits);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace tertius::mail
