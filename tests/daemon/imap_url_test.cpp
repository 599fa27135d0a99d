#include "daemon/imap_url.hpp"

#include <gtest/gtest.h>

namespace tertius::daemon {
namespace {

std::string described(std::string_view text) {
  const auto url = parse_imap_url(text);
  if (!url) return url.error().what;
  const char* const securities[] = {"none", "starttls", "tls"};
  const ImapUrl& value = url.value();
  return value.host + " " + std::to_string(value.port) + " " + securities[static_cast<int>(value.security)] +
         " " + value.folder;
}

TEST(ImapUrlTest, AHostAPortAndAFolder) {
  EXPECT_EQ(described("imaps://imap.example.org"), "imap.example.org 993 tls INBOX");
  EXPECT_EQ(described("imaps://imap.example.org/"), "imap.example.org 993 tls INBOX");
  EXPECT_EQ(described("imaps://imap.example.org:1993/Entw%C3%BCrfe/a%20b"),
            "imap.example.org 1993 tls Entwürfe/a b");
  EXPECT_EQ(described("imap://imap.example.org/INBOX"), "imap.example.org 143 starttls INBOX");
  EXPECT_EQ(described("IMAPS://imap.example.org"), "imap.example.org 993 tls INBOX");
  EXPECT_EQ(described("imaps://[2001:db8::1]/INBOX"), "2001:db8::1 993 tls INBOX");
}

TEST(ImapUrlTest, OnThisMachineAloneNothingIsEncrypted) {
  for (const char* here : {"127.0.0.1", "localhost", "[::1]"})
    EXPECT_NE(described("imap://" + std::string(here)).find(" none "), std::string::npos) << here;
  for (const char* there : {"127.0.0.2", "localhost.example.org", "10.0.0.1"})
    EXPECT_NE(described("imap://" + std::string(there)).find(" starttls "), std::string::npos) << there;
  EXPECT_NE(described("imaps://127.0.0.1").find(" tls "), std::string::npos);
}

TEST(ImapUrlTest, WhatIsNoneIsRefusedWithAReason) {
  for (const char* bad :
       {"", "imap.example.org", "https://imap.example.org", "imaps://", "imaps:///INBOX",
        "imaps://user@imap.example.org", "imaps://u:p@imap.example.org/INBOX", "imaps://imap.example.org:0",
        "imaps://imap.example.org:99999", "imaps://h/INBOX?x", "imaps://h/INBOX#x",
        "imaps://h/a%0D%0AT9%20LOGOUT", "imaps://h/%FF", "imaps://h ost/"}) {
    const auto url = parse_imap_url(bad);
    ASSERT_FALSE(url) << bad;
    EXPECT_FALSE(url.error().what.empty() || url.error().hint.empty()) << bad;
  }
}

}  // namespace
}  // namespace tertius::daemon
