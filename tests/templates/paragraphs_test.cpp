#include <gtest/gtest.h>

#include "templates/clean.hpp"
#include "templates/outline.hpp"
#include "templates/paragraphs.hpp"

namespace tertius::templates {
namespace {

std::string repeated(const std::string& word, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += word;
  return out;
}

TEST(ParagraphsTest, LongLineBreaksAtSpacesAndKeepsItsIndent) {
  const auto out = set_paragraphs("  " + repeated("word ", 20));
  EXPECT_EQ(out, "  " + repeated("word ", 13) + "word\n  " + repeated("word ", 5) + "word\n");
}

TEST(ParagraphsTest, PointOfAListHangs) {
  EXPECT_EQ(set_paragraphs("* " + repeated("word ", 20)),
            "* " + repeated("word ", 13) + "word\n  " + repeated("word ", 5) + "word\n");
  EXPECT_EQ(set_paragraphs("  * " + repeated("word ", 20)),
            "  * " + repeated("word ", 12) + "word\n    " + repeated("word ", 6) + "word\n");
}

TEST(ParagraphsTest, LineThatJustFitsIsLeftAlone) {
  const auto line = repeated("a", 35) + " " + repeated("b", 36);
  EXPECT_EQ(set_paragraphs(line), line + "\n");
  EXPECT_EQ(set_paragraphs(line + "b"), repeated("a", 35) + "\n" + repeated("b", 37) + "\n");
}

TEST(ParagraphsTest, ColumnsAreCharactersNotBytes) {
  const auto line = repeated("\xC3\xA9", 35) + " " + repeated("\xC3\xA9", 36);
  EXPECT_EQ(set_paragraphs(line), line + "\n");
}

TEST(ParagraphsTest, LinkIsNeverBroken) {
  const auto url = "https://intro.example.org/d/" + repeated("abc", 40);
  EXPECT_EQ(set_paragraphs("see " + url + " there"), "see\n" + url + "\nthere\n");
  EXPECT_EQ(set_paragraphs(url), url + "\n");
}

TEST(ParagraphsTest, EmptyLinesCollapse) {
  EXPECT_EQ(set_paragraphs("\n\na  \n \n\t\n\nb\n\n\n"), "a\n\nb\n");
  EXPECT_EQ(set_paragraphs(""), "");
}

TEST(CleanTest, LineEndsBecomeLf) { EXPECT_EQ(clean_lines("a\r\nb\rc\nd"), "a\nb\nc\nd"); }

TEST(CleanTest, OneLineHasSingleSpaces) { EXPECT_EQ(clean_line(" a \r\n\t b\n"), "a b"); }

TEST(CleanTest, BytesThatAreNoUtf8AreReplaced) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(clean_lines("a\x80z"), "a" + bad + "z");
  EXPECT_EQ(clean_lines("\xE2\x82"), bad + bad);
  EXPECT_EQ(clean_lines("\xED\xA0\x80"), bad + bad + bad);            // a surrogate
  EXPECT_EQ(clean_lines("\xF4\x90\x80\x80"), bad + bad + bad + bad);  // above U+10FFFF
  EXPECT_EQ(clean_lines("\xE0\x80\xAF"), bad + bad + bad);            // "/" in three bytes
  EXPECT_EQ(clean_lines("\xF0\x9F\x98\x80 \xE6\x9D\x8E"), "\xF0\x9F\x98\x80 \xE6\x9D\x8E");
}

TEST(CleanTest, NulAndEscapesAreDropped) {
  EXPECT_EQ(clean_lines(std::string("a\0b\x1b[0m", 7)), "ab[0m");
  EXPECT_EQ(clean_lines("tab\tstays"), "tab\tstays");
}

TEST(OutlineTest, SectionsOfOneNameAreOne) {
  const auto outline = make_outline("{{#A}}{{X}}{{/A}} {{#A}}{{Y}}{{#B}}{{X}}{{/B}}{{/A}}").value();
  ASSERT_EQ(outline.sections.size(), 1u);
  EXPECT_EQ(outline.sections[0].values, (std::vector<std::string>{"X", "Y"}));
  ASSERT_EQ(outline.sections[0].sections.size(), 1u);
}

TEST(OutlineTest, CrossedSectionsAreRefused) { EXPECT_FALSE(make_outline("{{#A}}{{#B}}{{/A}}{{/B}}")); }

TEST(OutlineTest, MarkerAloneOnItsLineTakesTheLineWithIt) {
  EXPECT_EQ(without_marker_lines("a\n  {{#A}}  \nb\n{{/A}}\nc {{#A}}\n{{X}}\n"),
            "a\n{{#A}}b\n{{/A}}c {{#A}}\n{{X}}\n");
}

}  // namespace
}  // namespace tertius::templates
