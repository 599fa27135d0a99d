#include "mail/uuencoded.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertius::mail {
namespace {

TEST(UuencodedTest, FileIsCutOutOfItsText) {
  std::string text = "See below.\nbegin 644 list of names.txt\n#8V%T\n`\nend\nAda\n";
  const auto files = take_uuencoded(text);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].name, "list of names.txt");
  EXPECT_EQ(files[0].size, 3U);
  EXPECT_EQ(text, "See below.\nAda\n");
}

TEST(UuencodedTest, TwoFilesAndABlankLastLine) {
  std::string text = "begin 0644 a\n#8V%T\n \nend\n\nbegin 600 b\n#8V%T\n\nend";
  EXPECT_EQ(take_uuencoded(text).size(), 2U);
  EXPECT_EQ(text, "\n");
}

TEST(UuencodedTest, WhatOnlyBeginsLikeAFileStays) {
  for (const std::string written :
       {"begin 644 a\nand so on\nend\n", "begin 644 a\n#8V%T\n", "begin 64 a\n#8V%T\nend\n",
        "begin 644 \n#8V%T\nend\n", "we\n begin 644 a\n#8V%T\nend\n", "begin 644 a\n#8V%TXXXX\nend\n",
        "begin again\nend\n", "begin 644 a"}) {
    std::string text = written;
    EXPECT_TRUE(take_uuencoded(text).empty()) << written;
    EXPECT_EQ(text, written);
  }
}

TEST(UuencodedTest, BlanksLostAtALinesEndHarmNothing) {
  std::string text = "begin 644 a\n&8V%T\n`\nend\n";  // two groups, the second all blanks
  const auto files = take_uuencoded(text);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].size, 6U);
}

}  // namespace
}  // namespace tertius::mail
