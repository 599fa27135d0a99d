#include "mail/imap_folder.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

// The examples of RFC 3501 5.1.3, and names that would break out.
TEST(ImapFolderTest, NamesAreWrittenAsTheServerWantsThem) {
  EXPECT_EQ(imap_folder("INBOX"), "\"INBOX\"");
  EXPECT_EQ(imap_folder("~peter/mail/台北/日本語"), "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\"");
  EXPECT_EQ(imap_folder("Entwürfe"), "\"Entw&APw-rfe\"");
  EXPECT_EQ(imap_folder("A & B"), "\"A &- B\"");
  EXPECT_EQ(imap_folder("🦀"), "\"&2D7dgA-\"");
  EXPECT_EQ(imap_folder("\"a\\b\""), "\"\\\"a\\\\b\\\"\"");
}

TEST(ImapFolderTest, WhatIsNoNameIsRefused) {
  using namespace std::string_view_literals;
  for (const auto name : {""sv, "a\r\nT9 LOGOUT"sv, "a\0b"sv, "a\x7f"sv, "\xc2\x85"sv, "\xff"sv, "a\nb"sv})
    EXPECT_FALSE(imap_folder(name)) << name;
}

}  // namespace
}  // namespace tertius::mail
