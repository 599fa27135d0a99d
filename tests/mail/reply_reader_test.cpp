#include "mail/reply_reader.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

TEST(ReplyReaderTest, ReadsAReplyHoweverItIsCut) {
  const std::string bytes = "250-2.1.0 first\r\n250-2.1.0 second\r\n250 2.1.0 third\r\n";
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    ReplyReader reader;
    reader.add(bytes.substr(0, cut));
    EXPECT_FALSE(reader.take()) << cut;
    reader.add(bytes.substr(cut));
    const auto reply = reader.take();
    ASSERT_TRUE(reply) << cut;
    EXPECT_EQ(reply->code, 250);
    EXPECT_EQ(reply->enhanced, "2.1.0");
    EXPECT_EQ(reply->text, "first second third");
  }
}

TEST(ReplyReaderTest, PipelinedRepliesComeOneByOne) {
  ReplyReader reader;
  reader.add("250 ok\r\n550 5.1.1 no such user\r\n354\r\n");
  EXPECT_EQ(reader.take()->code, 250);
  EXPECT_EQ(reader.take()->enhanced, "5.1.1");
  EXPECT_EQ(reader.take()->code, 354);
  EXPECT_FALSE(reader.take());
  EXPECT_FALSE(reader.is_broken());
}

TEST(ReplyReaderTest, OnlyAStatusIsAnEnhancedStatus) {
  for (const std::string text :
       {"5.1 x", "3.1.1 x", "5.1.1x", "5.1.1234 x", "5.1234.1 x", "5..1 x", "10.0.0.1 x", "5.1."}) {
    ReplyReader reader;
    reader.add("550 " + text + "\r\n");
    const auto reply = reader.take();
    EXPECT_EQ(reply->enhanced, "") << text;
    EXPECT_EQ(reply->text, text);
  }
}

TEST(ReplyReaderTest, WhatIsNoReplyBreaksItForGood) {
  for (const std::string bytes :
       {"hello\r\n", "25\r\n", "650 x\r\n", "250_x\r\n", "250-a\r\n251 b\r\n", "\r\n"}) {
    ReplyReader reader;
    reader.add(bytes + "250 ok\r\n");
    EXPECT_FALSE(reader.take()) << bytes;
    EXPECT_TRUE(reader.is_broken()) << bytes;
  }
}

TEST(ReplyReaderTest, EndlessLinesAndEndlessRepliesAreCutOff) {
  ReplyReader line;
  line.add(std::string(5000, '2'));
  EXPECT_FALSE(line.take());
  EXPECT_TRUE(line.is_broken());
  ReplyReader reply;
  for (int i = 0; i < 300; ++i) reply.add("250-x\r\n");
  EXPECT_FALSE(reply.take());
  EXPECT_TRUE(reply.is_broken());
}

TEST(ReplyReaderTest, TextsHoldNoControlCharacters) {
  ReplyReader reader;
  reader.add(std::string("550 a\0b\x1b[2Jc\rd\r\n", 17));
  EXPECT_EQ(reader.take()->text, "a b [2Jc d");
}

}  // namespace
}  // namespace tertius::mail
