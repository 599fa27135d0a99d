#include "mail/bounce.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertius::mail {
namespace {

TEST(BounceTest, ReadsEachRecipientOfAReport) {
  const auto failed = read_delivery_status(
      "Reporting-MTA: dns; mail.example.org\r\nArrival-Date: Mon, 9 Mar 2026 10:00:00 +0000\r\n\r\n"
      "Final-Recipient: rfc822; bob@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n"
      "Diagnostic-Code: smtp; 550 5.1.1\r\n No such user\r\n\r\n"
      "Final-Recipient: RFC822; <carol@example.net>\r\nAction: Delayed (why)\r\nStatus: 4.4.1 (timeout)\r\n");
  ASSERT_EQ(failed.size(), 2U);
  EXPECT_EQ(failed[0].address, "bob@example.net");
  EXPECT_EQ(failed[0].action, "failed");
  EXPECT_EQ(failed[0].status, "5.1.1");
  EXPECT_EQ(failed[0].diagnostic, "smtp; 550 5.1.1 No such user");
  EXPECT_EQ(failed[1].address, "carol@example.net");
  EXPECT_EQ(failed[1].action, "delayed");
  EXPECT_EQ(failed[1].status, "4.4.1");
}

TEST(BounceTest, OriginalRecipientIsTheOneWeWroteTo) {
  const auto failed = read_delivery_status(
      "Original-Recipient: rfc822;bob+2Bwork@example.org\nFinal-Recipient: rfc822;robert@inner.test\nAction: "
      "failed\n");
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].address, "bob+work@example.org");
}

TEST(BounceTest, OriginalRecipientWithoutAnAddressCountsForNothing) {
  const auto failed =
      read_delivery_status("Original-Recipient: rfc822; unknown\nFinal-Recipient: rfc822; b@x.test\n");
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].address, "b@x.test");
}

TEST(BounceTest, MissingBlankLineStillSeparatesRecipients) {
  const auto failed = read_delivery_status(
      "Final-Recipient: rfc822; a@x.test\nAction: failed\nFinal-Recipient: rfc822; b@x.test\nAction: "
      "relayed\n");
  ASSERT_EQ(failed.size(), 2U);
  EXPECT_EQ(failed[0].action, "failed");
  EXPECT_EQ(failed[1].address, "b@x.test");
  EXPECT_EQ(failed[1].action, "relayed");
}

TEST(BounceTest, ReportWithoutRecipientsIsEmpty) {
  EXPECT_TRUE(read_delivery_status("").empty());
  EXPECT_TRUE(read_delivery_status("Reporting-MTA: dns; x\n\n\n\n").empty());
  EXPECT_TRUE(read_delivery_status("Action: failed\n").empty());
}

TEST(BounceTest, BlankLinesBeforeTheFieldsAreNothing) {
  EXPECT_EQ(read_delivery_status(
                "\n\r\nFinal-Recipient: rfc822; a@x.test\n\n\n\nFinal-Recipient: rfc822; b@x.test\n")
                .size(),
            2U);
}

TEST(BounceTest, HugeReportIsBounded) {
  std::string report;
  for (int i = 0; i < 40000; ++i) report += "Final-Recipient: rfc822; a@x.test\r\n\r\n";
  EXPECT_EQ(read_delivery_status(report).size(), 1000U);
}

TEST(BounceTest, EightBitFieldsComeOutAsUtf8) {
  const auto failed =
      read_delivery_status("Final-Recipient: rfc822; b\xFC@x.test\nAction: f\xFC\nStatus: \xFC\n");
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].address, "bü@x.test");
  EXPECT_EQ(failed[0].action, "fü");
  EXPECT_EQ(failed[0].status, "ü");
}

TEST(BounceTest, NoControlCharacterComesThrough) {
  const auto failed = read_delivery_status(
      "Final-Recipient: rfc822; bob@example.net\x01x\nAction: failed\x1B[2J\nStatus: 5.1.1\x7F\n");
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].address, "bob@example.net");
  EXPECT_EQ(failed[0].action, "failed");
  EXPECT_EQ(failed[0].status, "5.1.1");
  EXPECT_EQ(read_failed_recipients("ann@example.org\x02").at(0).address, "ann@example.org");
}

TEST(BounceTest, TokenAfterAPlusIsNoXtext) {
  EXPECT_EQ(decode_xtext("intro+23abcdef@example.org"), "intro+23abcdef@example.org");
  EXPECT_EQ(decode_xtext("intro+2B23abc+3D@example.org"), "intro+23abc=@example.org");
  EXPECT_EQ(decode_xtext("a+"), "a+");
  EXPECT_EQ(decode_xtext("a+2"), "a+2");
}

}  // namespace
}  // namespace tertius::mail
