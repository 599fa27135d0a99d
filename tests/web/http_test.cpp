#include "web/http.hpp"

#include <gtest/gtest.h>

namespace tertius::web {
namespace {

TEST(HttpTest, AFormIsReadAsBrowsersWriteIt) {
  const Form form = read_form("a=1+2&b=%C3%A9%26%3D&c=&d&a=last");
  EXPECT_EQ(field(form, "a"), "last");
  EXPECT_EQ(field(form, "b"), "\xC3\xA9&=");
  EXPECT_EQ(field(form, "c"), "");
  EXPECT_TRUE(form.contains("d"));
  EXPECT_FALSE(form.contains("e"));
  EXPECT_EQ(field(read_form("a=1+2"), "a"), "1 2");
}

// A view has no NUL behind it: AddressSanitizer sees a read beyond its buffer.
TEST(HttpTest, AFormEndsWhereItEnds) {
  const std::vector<char> buffer{'a', '=', '1'};
  EXPECT_EQ(field(read_form(std::string_view(buffer.data(), 3)), "a"), "1");
  EXPECT_TRUE(read_form(std::string_view(buffer.data() + 3, 0)).empty());
}

TEST(HttpTest, AFormsValuesAreText) {
  EXPECT_EQ(field(read_form("a=x%00y%07z%7F"), "a"), "xyz");
  EXPECT_EQ(field(read_form("a=x%0D%0Ay%0Dz%0Aw%09t"), "a"), "x\ny\nz\nw\tt");
  EXPECT_EQ(field(read_form("a=%FF%C3"), "a"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(field(read_form("a=%C2%85"), "a"), "") << "C1 controls are controls";
  EXPECT_TRUE(read_form("%00a%FF=1").contains("a\xEF\xBF\xBD")) << "names are text too";
}

TEST(HttpTest, AMalformedFormHasNoFields) {
  for (const char* text : {"a=%", "a=%2", "a=%zz", "\xFF=\x01", "a=b c", "<a>"})
    EXPECT_TRUE(read_form(text).empty()) << text;
  EXPECT_EQ(read_form(std::string(200'000, '&')).size(), 1U);
}

TEST(HttpTest, PathsFallIntoTheirParts) {
  EXPECT_EQ(path_parts("/d/x/forward"), (std::vector<std::string>{"d", "x", "forward"}));
  EXPECT_EQ(path_parts("//d//x/"), (std::vector<std::string>{"d", "x"}));
  EXPECT_TRUE(path_parts("/").empty());
  EXPECT_TRUE(path_parts("").empty());
}

TEST(HttpTest, TheOriginOfAnUrlWithAPathIsItsHost) {
  const HttpRequest ours{"POST", "/", {}, {{"origin", "https://a.example:8443"}}, {}};
  EXPECT_TRUE(is_same_origin(ours, "https://a.example:8443/intro"));
  EXPECT_FALSE(is_same_origin(ours, "https://a.example"));
}

}  // namespace
}  // namespace tertius::web
