#include "broker/bounce_text.hpp"

#include <gtest/gtest.h>

namespace tertius {
namespace {

struct TextCase {
  const char* name;
  const char* text;
  const char* address;
  const char* action;
  const char* status;
};

class BounceTextTest : public testing::TestWithParam<TextCase> {};

TEST_P(BounceTextTest, SaysWhoseMailFailedAndHow) {
  const auto& [name, text, address, action, status] = GetParam();
  const auto found = read_bounce_text(text, "intro@broker.test");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].address, address);
  EXPECT_EQ(found[0].action, action);
  EXPECT_EQ(found[0].status, status);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, BounceTextTest,
    testing::Values(
        TextCase{"enhanced", "<bob@example.org>: host mx said: 550-5.7.26 no DMARC", "bob@example.org",
                 "failed", "5.7.26"},
        TextCase{"reply_code", "The following failed:\n\nbob@example.org\n  550 Mailbox not found",
                 "bob@example.org", "failed", "5.0.0"},
        TextCase{"code_before_address", "<bob@example.org>: 452 too many mails", "bob@example.org", "failed",
                 "4.0.0"},
        TextCase{"words", "User unknown: <bob@example.org>", "bob@example.org", "failed", "5.0.0"},
        TextCase{"warning", "THIS IS A WARNING MESSAGE ONLY.\n<bob@example.org>\n550 5.1.1 later",
                 "bob@example.org", "delayed", "4.0.0"},
        TextCase{"numbers_of_other_things",
                 "Agent v5.1.3 at 10.5.1.1 and 5.1.1.8, on 1550-12\n<bob@example.org> 421 later",
                 "bob@example.org", "failed", "4.0.0"},
        TextCase{"not_the_returned_mail", "554 rejected\n--- Original message\nTo: <carol@example.org>", "",
                 "failed", "5.0.0"},
        TextCase{"not_the_addressee", "Dear <Intro@broker.test>\n<bob@example.org> 550 no", "bob@example.org",
                 "failed", "5.0.0"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(BounceTextTest, NothingSaidIsNothingFound) {
  EXPECT_TRUE(read_bounce_text("", "").empty());
  EXPECT_TRUE(read_bounce_text("Something went wrong.", "").empty());
}

TEST(BounceTextTest, AddressCutWithinACodePointIsNone) {
  std::string text = "550 no such user\n<a@";
  for (int i = 0; i < 200; ++i) text += "\xC3\xBC";
  for (const auto& failed : read_bounce_text(text + ">", "")) EXPECT_EQ(failed.address, "");
}

TEST(BounceTextTest, AnEscapeSequenceIsNoAddress) {
  const auto failed = read_bounce_text("Not delivered: <x@8\x1b(B>\n<a@example.org>: user unknown\n", "");
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].address, "a@example.org");
}

}  // namespace
}  // namespace tertius
