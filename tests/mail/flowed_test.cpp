#include "mail/flowed.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

TEST(FlowedTest, SoftLineEndsAreUndone) {
  EXPECT_EQ(unflow("one \ntwo \nthree\nfour\n", false), "one two three\nfour\n");
}
TEST(FlowedTest, DelSpTakesTheSpaceToo) { EXPECT_EQ(unflow("你好 \n世界\n", true), "你好世界\n"); }
TEST(FlowedTest, SpaceStuffingIsRemoved) {
  EXPECT_EQ(unflow(" From here\n >not a quote\n", false), "From here\n>not a quote\n");
}
TEST(FlowedTest, SignatureMarkIsNeverFlowed) {
  EXPECT_EQ(unflow("bye \n-- \nAlice\n", false), "bye \n-- \nAlice\n");
}
TEST(FlowedTest, QuotedParagraphsFlowWithinTheirDepth) {
  EXPECT_EQ(unflow("> one \n> two\n>> deep\nmine\n", false), "> one two\n>> deep\nmine\n");
}
TEST(FlowedTest, SoftEndBeforeAnotherDepthIsHard) {
  EXPECT_EQ(unflow("> quoted \nmine\n", false), "> quoted \nmine\n");
}
TEST(FlowedTest, EmptyAndUnfinishedTextIsTaken) {
  EXPECT_EQ(unflow("", false), "");
  EXPECT_EQ(unflow("soft ", false), "soft ");
}

}  // namespace
}  // namespace tertius::mail
