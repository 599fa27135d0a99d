#include "mail/html_text.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mail/quote_node.hpp"

namespace tertius::mail {
namespace {

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(HtmlTextTest, BlocksStandOnLinesOfTheirOwn) {
  EXPECT_EQ(html_text("<p>One <b>bold</b>\n word.</p><p>Two</p><div>three</div><div>four</div>"),
            "One bold word.\n\nTwo\n\nthree\nfour\n");
  EXPECT_EQ(html_text("a<br>b<br><br>c"), "a\nb\n\nc\n");
}

TEST(HtmlTextTest, GmailsEmptyLineIsOneBlankLine) {
  EXPECT_EQ(html_text("<div dir=\"ltr\"><div>a</div><div><br></div><div>b</div></div>"), "a\n\nb\n");
  EXPECT_EQ(html_text("<div>a<br></div><div>b</div>"), "a\nb\n");
}

TEST(HtmlTextTest, EntitiesAndBlanksAreText) {
  EXPECT_EQ(html_text("5 &lt; 6 &amp; caf&eacute; &#8364;&nbsp;&nbsp;now&#x2019;s"),
            "5 < 6 & café € now’s\n");
}

TEST(HtmlTextTest, WhatIsNotSeenIsNotRead) {
  EXPECT_EQ(
      html_text(
          "<html><head><title>T</title><style>p{}</style></head><body><script>if(1<2)x()</script>seen"
          "<!-- not --><div style=\"display: NONE\">hidden <b>too</b></div><p hidden>no</p></body></html>"),
      "seen\n");
  EXPECT_EQ(html_text("a\xE2\x80\x8B\xC2\xAD\xCD\x8F"
                      "b"),
            "ab\n");
}

TEST(HtmlTextTest, QuotedBlocksStandBehindAMark) {
  EXPECT_EQ(html_text("mine<blockquote>one<br>two<blockquote>deep</blockquote></blockquote>after"),
            "mine\n\n> one\n> two\n>\n>> deep\n\nafter\n");
}

TEST(HtmlTextTest, LinksShowWhereTheyLead) {
  EXPECT_EQ(html_text("<a href=\"https://example.org/x\">my page</a>, ok"),
            "my page <https://example.org/x>, ok\n");
  EXPECT_EQ(html_text("<a href=\"https://example.org/\">https://example.org/</a>"), "https://example.org/\n");
  EXPECT_EQ(html_text("<a href=\"https://example.org/\">example.org</a>"), "example.org\n");
  EXPECT_EQ(html_text("<a href=\"mailto:a@b.test\">write</a> <a href=\"javascript:x()\">run</a> <a "
                      "href=\"https://x.test\"></a>"),
            "write run\n");
}

TEST(HtmlTextTest, ListsAndTablesKeepTheirOrder) {
  EXPECT_EQ(html_text("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol><li>x</li><li>y</li></ol>"),
            "* a\n* b\n* c\n\n1. x\n2. y\n");
  EXPECT_EQ(html_text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b\nc\n");
}

TEST(HtmlTextTest, PreformattedTextStaysAsItStands) {
  EXPECT_EQ(html_text("<pre>a  b\n   c\n\nd</pre>"), "a  b\n   c\n\nd\n");
}

TEST(HtmlTextTest, PreformattedLinesEndInLf) {
  EXPECT_EQ(html_text("<pre>a\r\nb\rc&#13;d</pre>"), "a\nb\nc\nd\n");
}

TEST(HtmlTextTest, BrokenHtmlIsReadAllTheSame) {
  EXPECT_EQ(html_text("<p>one<p>two<b>three<div>four</i></p></td>five"), "one\n\ntwothree\nfourfive\n");
  EXPECT_EQ(html_text("no tags"), "no tags\n");
  EXPECT_EQ(html_text("1 < 2"), "1 < 2\n");
  EXPECT_EQ(html_text(""), "");
}

// Each a mail as its client makes it: the answer, then the quote.
struct Reply {
  std::string_view client;
  std::string_view html;
  std::string_view text;
};
const Reply replies[] = {
    {"Gmail",
     "<div dir=\"ltr\">Yes, forward.</div><br><div class=\"gmail_quote gmail_quote_container\"><div "
     "dir=\"ltr\" class=\"gmail_attr\">"
     "On Mon, Rowan wrote:<br></div><blockquote class=\"gmail_quote\" style=\"margin:0\">Will "
     "you?</blockquote></div>",
     "Yes, forward.\n"},
    {"old Gmail",
     "<div>Yes.</div><div class=\"gmail_quote\">On Mon, Rowan wrote:<br><blockquote "
     "class=\"gmail_quote\">Q</blockquote></div>",
     "Yes.\n"},
    {"Gmail, answered within",
     "<div class=\"gmail_quote\">Rowan wrote:<blockquote class=\"gmail_quote\">Q1</blockquote><div>no</div>"
     "<blockquote class=\"gmail_quote\">Q2</blockquote>never</div>",
     "no\nnever\n"},
    {"Gmail, forwarded",
     "<div>fyi</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded "
     "message</div><div>body</div></div>",
     "fyi\n"},
    {"Outlook",
     "<div>Decline</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> "
     "Rowan</div><div>Will you?</div>",
     "Decline\n"},
    {"Apple Mail",
     "Yes<br><div><br><blockquote type=\"cite\"><div>On 9 Mar, Rowan wrote:</div>Q</blockquote></div>",
     "Yes\n"},
    {"Thunderbird",
     "<div class=\"moz-cite-prefix\">Rowan wrote:<br></div><blockquote type=\"cite\" "
     "cite=\"mid:x\">Q</blockquote><p>Below: yes</p>",
     "Below: yes\n"},
    {"Yahoo", "<div>ok</div><div id=\"ydp1\" class=\"yahoo_quoted\"><div>Rowan wrote:</div>Q</div>", "ok\n"},
    {"Yahoo, prefixed", "<div>ok</div><div class=\"a ydp8d7e6f5yahoo_quoted\"><div>Rowan wrote:</div>Q</div>",
     "ok\n"},
    {"Proton",
     "<div>ok</div><div class=\"protonmail_quote\">Rowan wrote:<br><blockquote class=\"protonmail_quote\" "
     "type=\"cite\">Q</blockquote></div>",
     "ok\n"},
    {"Zimbra", "<div>ok</div><hr id=\"zwchr\"><div><b>From: </b>Rowan</div><div>Q</div>", "ok\n"},
    {"GMX",
     "<div>ok</div><div name=\"quote\" style=\"margin:10px\"><b>Von:</b> Rowan<div "
     "name=\"quoted-content\">Q</div></div>",
     "ok\n"},
    {"Roundcube", "<p>ok</p><p id=\"reply-intro\">Rowan wrote:</p><blockquote type=\"cite\">Q</blockquote>",
     "ok\n"},
};

// Our own notices are such letters. The parser is fed in pieces, and what it holds back is what tells a
// hostile tag: neither a tag between two pieces nor words without one may be taken for that.
TEST(HtmlTextTest, ReadsLongLettersAsItReadsShortOnes) {
  std::string html, text;
  for (int i = 0; i < 600; ++i) {
    html += "<p style=\"font-family: 'Segoe UI', Arial, sans-serif; margin: 0 0 6px 0\">word" +
            std::to_string(i) + "</p>\n";
    text += "word" + std::to_string(i) + "\n\n";
  }
  text.pop_back();
  EXPECT_EQ(html_text(html), text);
}

TEST(HtmlTextTest, ReadsLongStyleSheetsCommentsAndParagraphs) {
  std::string words;
  for (int i = 0; i < 3000; ++i) words += "word ";
  const std::string read = words.substr(0, words.size() - 1);
  EXPECT_EQ(html_text("<style>" + words + "</style><!-- " + words + " --><p>one</p><p>two</p>"),
            "one\n\ntwo\n");
  EXPECT_EQ(html_text("<p>" + words + "</p><p>two</p>"), read + "\n\ntwo\n");
}

TEST(HtmlTextTest, GivesBothTextsAtOnce) {
  const std::string html =
      "mine<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Monday</div>theirs</div>";
  const HtmlTexts texts = html_texts(html);
  EXPECT_EQ(texts.whole, html_text(html));
  EXPECT_EQ(texts.own, html_text(html, QuoteNodes::drop));
  EXPECT_NE(texts.whole, texts.own);
  EXPECT_EQ(html_texts("").whole, "");
}

TEST(HtmlTextTest, QuoteNodesOfEveryClientAreLeftOut) {
  for (const Reply& reply : replies)
    EXPECT_EQ(html_text(reply.html, QuoteNodes::drop), reply.text) << reply.client;
}

TEST(HtmlTextTest, QuoteNodesAreKeptUnlessAskedFor) {
  for (const Reply& reply : replies)
    EXPECT_GT(html_text(reply.html).size(), reply.text.size() + 1) << reply.client;
}

TEST(HtmlTextTest, EveryRowOfTheQuoteTableIsFound) {
  for (const QuoteNode& row : quote_node_table()) {
    const std::string element(row.element.empty() ? "div" : row.element);
    const std::string html = "<p>mine</p><" + element + " " + std::string(row.attribute) + "=\"x " +
                             std::string(row.value) + "\">theirs</" + element + ">";
    std::string exact = html;
    if (row.attribute != "class") exact.replace(exact.find("x "), 2, "");
    const bool empty_element = row.element == "hr";
    EXPECT_EQ(html_text(exact, QuoteNodes::drop), "mine\n") << row.client << (empty_element ? " (rest)" : "");
  }
}

TEST(HtmlTextTest, DeeplyNestedLetterIsReadWithoutItsTags) {
  EXPECT_EQ(html_text(repeated("<b>", 200000) + "yes" + repeated("</i>", 100000)), "yes\n");
}

TEST(HtmlTextTest, TagOfTenThousandsOfAttributesIsReadWithoutItsTags) {
  std::string html = "no<a ";
  for (int i = 0; i < 100000; ++i) html += "x" + std::to_string(i) + "=\">\"";
  EXPECT_TRUE(html_text(html + ">yes").starts_with("no"));
}

TEST(HtmlTextTest, TagsOfHundredsOfAttributesAreReadWithoutThem) {
  std::string tag = "<b";
  for (int i = 0; i < 500; ++i) tag += " a" + std::to_string(i);
  std::string html;
  for (int i = 0; i < 100; ++i) html += tag + ">x</b>";
  EXPECT_TRUE(html_text(html).starts_with("x x x "));
}

TEST(HtmlTextTest, TensOfThousandsOfElementsAreReadWithoutTheirTags) {
  std::string html;
  for (int i = 0; i < 50'000; ++i) html += "<b>x</b>";
  EXPECT_TRUE(html_text(html).starts_with("x x x "));
}

TEST(HtmlTextTest, PictureWithinAnAttributeIsNoAttack) {
  const std::string html =
      "<p>one<img src=\"data:image/png;base64," + std::string(300000, 'A') + "\">two</p>";
  EXPECT_EQ(html_text(html), "onetwo\n");
}

}  // namespace
}  // namespace tertius::mail
