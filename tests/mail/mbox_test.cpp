#include "mail/mbox.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

const Time monday = from_unix_seconds(1'773'057'600);

std::string entry(std::string_view letter) { return mbox_entry("a@example.org", monday, letter); }
const std::string from_line = "From a@example.org Mon Mar  9 12:00:00 2026\n";

TEST(MboxTest, ALetterHasItsFromLineAndAnEmptyLineBehindIt) {
  EXPECT_EQ(entry("Subject: x\n\nHello\n"), from_line + "Subject: x\n\nHello\n\n");
  EXPECT_EQ(entry("Subject: x\n\nHello"), from_line + "Subject: x\n\nHello\n\n");
}

TEST(MboxTest, LineEndsAreThoseOfTheFile) {
  EXPECT_EQ(entry("Subject: x\r\n\r\nHello\r\n"), from_line + "Subject: x\n\nHello\n\n");
  EXPECT_EQ(entry("x\ry\n"), from_line + "x\ry\n\n") << "a lone CR is no line end";
}

TEST(MboxTest, WhatWouldBeginALetterIsQuotedAndWhatIsQuotedIsQuotedOnceMore) {
  EXPECT_EQ(entry("\nFrom here\n>From there\n>>From x\n From y\nFrom\nfrom z\n>x\n"),
            from_line + "\n>From here\n>>From there\n>>>From x\n From y\nFrom\nfrom z\n>x\n\n");
}

TEST(MboxTest, AMailboxsOwnFromLineIsNotTakenForTheFirstField) {
  EXPECT_EQ(entry("From b@x Mon Jan 01 00:00:00 2024\r\nSubject: x\r\n\r\n"), from_line + "Subject: x\n\n\n");
}

TEST(MboxTest, TheSenderIsOneWord) {
  const auto begins = [](std::string_view sender) {
    const std::string all = mbox_entry(sender, monday, "x");
    return all.substr(0, all.find(" Mon"));
  };
  EXPECT_EQ(begins(""), "From MAILER-DAEMON");
  EXPECT_EQ(begins("\"a b\"@example.org"), "From \"a_b\"@example.org");
  EXPECT_EQ(begins("a\n\nFrom b@example.org"), "From a__From_b@example.org");
}

TEST(MboxTest, BytesThatAreNoTextStayAsTheyAre) {
  const std::string bytes("\n\0\xFF\x80 x\n", 7);
  EXPECT_EQ(entry(bytes), from_line + bytes + "\n");
}

}  // namespace
}  // namespace tertius::mail
