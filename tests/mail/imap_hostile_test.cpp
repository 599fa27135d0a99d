// Servers that mean no good.
#include <gtest/gtest.h>

#include "tests/support/mail/imap_inbox.hpp"

namespace tertius::mail {
namespace {

using namespace tests;

TEST(ImapHostileTest, NonsenseEndsTheDialogueAndSaysSo) {
  const Strings nonsense = {
      "T99 OK an answer to nothing|",
      "T1 OK too late|",
      "HTTP/1.1 200 OK|",
      "|",
      "T3 MAYBE|",
      "* 1 FETCH no list|",
      "* 1 FETCH (UID|",
      "* 1 FETCH (UID 4 BODY[] \"open|",
      "* 1 FETCH (((((|",
      "* 1 FETCH (UID 4 BODY[] {4294967296}|",
      "* 1 FETCH (UID 4 X {99999999999999999999}|",
      "* " + std::string(1'100'000, 'x'),
      "* X " + std::string(1'100'000, 'x') + "|",
      "* 1 FETCH (" + std::string(1'100'000, '(') + "|",
  };
  for (const auto& bytes : nonsense) {
    SCOPED_TRACE(bytes.substr(0, 60));
    ImapTalk talk(inbox());
    talk.converse(opened());
    talk.said();
    talk.hear(bytes_of(bytes));
    ASSERT_TRUE(talk.dialogue.failure());
    EXPECT_EQ(talk.dialogue.failure()->fault, ImapFault::nonsense);
    EXPECT_FALSE(talk.dialogue.failure()->text.empty());
    EXPECT_EQ(talk.letters, Strings{});
  }
}

TEST(ImapHostileTest, AnAnswerThatComesTwiceIsNonsense) {
  ImapTalk talk(inbox(at_end()));
  talk.converse(opened(""));
  ASSERT_TRUE(talk.dialogue.is_waiting());
  talk.hear("T2 OK selected again\r\n");
  ASSERT_TRUE(talk.dialogue.failure());
  EXPECT_EQ(talk.dialogue.failure()->fault, ImapFault::nonsense);
}

TEST(ImapHostileTest, UidsThatAreNoneAreNotTakenForOthers) {
  for (const char* found : {"0", "4294967296", "-1", "4x", "99", "4 99999999999999999999"}) {
    SCOPED_TRACE(found);
    ImapTalk talk(inbox());
    talk.converse(opened() +
                  Turns{{"T3 UID SEARCH UID 1:9 UNSEEN|", std::string("* SEARCH ") + found + "|T3 OK|"},
                        {"T4 IDLE|", ""}});
    EXPECT_EQ(talk.letters, Strings{});
  }
}

TEST(ImapHostileTest, MoreLiteralsThanAnyAnswerHasAreRefused) {
  ImapTalk talk(inbox());
  talk.converse(opened());
  std::string bytes = "* LIST ";
  for (int i = 0; i < 101; ++i) bytes += "{1}\r\nx ";
  talk.hear(bytes);
  EXPECT_TRUE(talk.dialogue.is_over());
}

// A hundred letters of 25 MB in one answer would be 2.5 GB.
TEST(ImapHostileTest, TheLiteralsOfOneAnswerAreBoundedTogether) {
  const auto literal = [](std::size_t size) {
    return " {" + std::to_string(size) + "}\r\n" + std::string(size, 'x');
  };
  ImapReader reader({.line = 100, .literal = 1000, .literals = 100});
  for (int i = 0; i < 5; ++i) {
    reader.add("* X" + literal(600) + literal(500) + literal(2000) + "\r\n");
    ASSERT_TRUE(reader.take()) << "a letter, some words, and one that is passed over";
  }
  reader.add("* X" + literal(600) + literal(501) + "\r\n");
  EXPECT_FALSE(reader.take());
  EXPECT_TRUE(reader.is_broken());
}

TEST(ImapHostileTest, AServerThatAnswersWhatItHasNotReadIsLeft) {
  ImapTalk talk(inbox(at_end()));
  talk.converse(opened());
  std::size_t said = 0;
  for (int tag = 3, exists = 4; tag < 10'000 && !talk.dialogue.is_over(); tag += 2, ++exists) {
    const std::string search = "T" + std::to_string(tag + 1);
    talk.hear("+ idling\r\n* " + std::to_string(exists) + " EXISTS\r\nT" + std::to_string(tag) + " OK\r\n" +
              search + " OK\r\n");
    said = std::max(said, talk.dialogue.output().size());
  }
  ASSERT_TRUE(talk.dialogue.failure());
  EXPECT_EQ(talk.dialogue.failure()->fault, ImapFault::nonsense);
  EXPECT_GT(said, 64'000u);
  EXPECT_LT(said, 67'000u);
}

// Nor is what was written kept, though a little is always left.
TEST(ImapHostileTest, AServerThatReadsSlowlyIsNone) {
  ImapTalk talk(inbox(at_end()));
  talk.converse(opened());
  for (int tag = 3, exists = 4; tag < 10'000; tag += 2, ++exists) {
    talk.dialogue.wrote(talk.dialogue.output().size() - 1);
    talk.hear("+ idling\r\n* " + std::to_string(exists) + " EXISTS\r\nT" + std::to_string(tag) + " OK\r\nT" +
              std::to_string(tag + 1) + " OK\r\n");
  }
  EXPECT_FALSE(talk.dialogue.is_over());
}

TEST(ImapHostileTest, AServerThatGivesFarMoreThanItSaidIsNotBelieved) {
  ImapTask task = inbox();
  task.longest_letter = 25'000'000;
  ImapTalk talk(task);
  talk.converse({{"T1 CAPABILITY|", "T1 OK|"},
                 {"T2 SELECT \"INBOX\"|", "* 5 EXISTS|* OK [UIDVALIDITY 77]|* OK [UIDNEXT 10]|T2 OK|"},
                 {"T3 UID SEARCH UID 1:9 UNSEEN|", "* SEARCH 1 2 3 4 5|T3 OK|"}});
  std::string sizes, bodies;
  for (int uid = 1; uid <= 5; ++uid) sizes += "* 1 FETCH (UID " + std::to_string(uid) + " RFC822.SIZE 1)|";
  talk.converse({{"T4 UID FETCH 1,2,3,4,5 (UID RFC822.SIZE)|", sizes + "T4 OK|"}});
  for (int uid = 1; uid <= 5 && !talk.dialogue.is_over(); ++uid)
    talk.hear("* 1 FETCH (UID " + std::to_string(uid) + " BODY[] {20000000}\r\n" +
              std::string(20'000'000, 'x') + ")\r\n");
  ASSERT_TRUE(talk.dialogue.failure());
  EXPECT_EQ(talk.dialogue.failure()->fault, ImapFault::nonsense);
}

TEST(ImapHostileTest, AnAnswerThatNeverEndsIsEnded) {
  ImapTalk talk(inbox());
  talk.converse(opened());
  std::string thousand;
  for (int i = 0; i < 1000; ++i) thousand += "* OK\r\n";
  for (int i = 0; i < 1001 && !talk.dialogue.is_over(); ++i) talk.hear(thousand);
  EXPECT_TRUE(talk.dialogue.is_over());
}

}  // namespace
}  // namespace tertius::mail
