#include "mail/imap_response.hpp"

#include <gtest/gtest.h>

#include "tests/support/mail/imap_talk.hpp"

namespace tertius::mail {
namespace {

using tests::bytes_of;

std::optional<ImapFetch> fetched(std::string_view text) {
  ImapReader reader({});
  reader.add(bytes_of(text));
  auto response = reader.take();
  return response ? read_fetch(std::move(*response)) : std::nullopt;
}

TEST(ImapResponseTest, AFetchIsReadWhateverElseStandsInIt) {
  for (const char* text : {
           "* 1 FETCH (UID 4 RFC822.SIZE 5 BODY[] {5}|hello)|",
           "* 1 FETCH (body[] {5}|hello rfc822.size 5 uid 4)|",
           "* 1 fetch (BODY[] \"hello\" UID 4 RFC822.SIZE 5)|",
           "* 1 FETCH (BINARY[1] ~{3}|abc UID 4 RFC822.SIZE 5 BODY[] {5}|hello)|",
           "* 1 FETCH (BODY[HEADER.FIELDS (DATE FROM)]<0> {3}|abc UID 4 BODY[] {5}|hello RFC822.SIZE 5)|",
           "* 1 FETCH (ENVELOPE (\"quo\\\"ted )\" {2}|hi ((NIL \"\\\\\")) NIL) UID 4 RFC822.SIZE 5 BODY[] "
           "{5}|hello)|",
           "* 1 FETCH (FLAGS (\\Seen $X) UID  4 RFC822.SIZE 5 MODSEQ (7) BODY[] {5}|hello X-GM-LABELS "
           "(\"\\\\Inbox\"))|",
       }) {
    const auto fetch = fetched(text);
    ASSERT_TRUE(fetch && fetch->uid && fetch->size && fetch->body) << text;
    EXPECT_EQ(*fetch->uid, 4U) << text;
    EXPECT_EQ(*fetch->size, 5U) << text;
    EXPECT_EQ(fetch->body->bytes, "hello") << text;
  }
}

TEST(ImapResponseTest, ALetterThatIsGoneHasNoBody) {
  const auto fetch = fetched("* 1 FETCH (UID 4 BODY[] NIL)|");
  ASSERT_TRUE(fetch);
  EXPECT_FALSE(fetch->body);
  EXPECT_TRUE(fetched("* 1 FETCH (UID 4 BODY[] \"\")|")->body);
}

TEST(ImapResponseTest, WhatIsNoFetchIsNone) {
  for (const char* text : {"* 1 FETCH|", "* 1 FETCH UID 4|", "* 1 FETCH (UID 4|", "* 1 FETCH (UID)|",
                           "* 1 FETCH (UID 4 BODY[] \"open)|", "* 1 FETCH (X ((1)|", "* 1 FETCH ((1) 2)|",
                           "* x FETCH (UID 4)|", "* 1 FLAGS (UID 4)|", "* 1 FETCH (X {5} UID 4)|"})
    EXPECT_FALSE(fetched(text)) << text;
}

TEST(ImapResponseTest, UidsAreThirtyTwoBitsAndNotZero) {
  EXPECT_EQ(read_search("* SEARCH 1 4294967295"), (std::vector<std::uint32_t>{1, 4'294'967'295}));
  EXPECT_EQ(read_search("* search  2 (MODSEQ 99)"), std::vector<std::uint32_t>{2});
  EXPECT_EQ(read_search("* SEARCH"), std::vector<std::uint32_t>{});
  for (const char* line : {"* SEARCH 0", "* SEARCH 4294967296", "* SEARCH -1", "* SEARCH 1 x", "* SORT 1"})
    EXPECT_FALSE(read_search(line)) << line;
  EXPECT_FALSE(fetched("* 1 FETCH (UID 0)|")->uid);
  EXPECT_FALSE(code_number(*find_status("OK [UIDVALIDITY 0] x"), "UIDVALIDITY"));
}

TEST(ImapResponseTest, AConditionIsItsCodeAndWordsInOneLine) {
  const auto status = find_status("no [TRYCREATE] there is\tno such\x01 folder");
  ASSERT_TRUE(status);
  EXPECT_EQ(status->condition, ImapCondition::no);
  EXPECT_TRUE(has_code(*status, "TRYCREATE"));
  EXPECT_EQ(status->text, "there is no such  folder");
  EXPECT_EQ(code_number(*find_status("OK [UIDNEXT 12] next"), "uidnext"), 12U);
  EXPECT_EQ(find_status("OK " + std::string(5000, 'x'))->text.size(), 300U);
  EXPECT_EQ(find_status("OK [open")->text, "[open");
  EXPECT_TRUE(find_status("BYE"));
  EXPECT_FALSE(find_status("OKAY then"));
  EXPECT_FALSE(find_status(""));
}

}  // namespace
}  // namespace tertius::mail
