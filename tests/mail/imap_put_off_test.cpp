// Letters that cannot be taken, or that the server does not give.
#include <gtest/gtest.h>

#include "tests/support/mail/imap_inbox.hpp"
#include "tests/support/mail/imap_server.hpp"

namespace tertius::mail {
namespace {

using namespace tests;

bool none(const CollectedLetter&) { return false; }

TEST(ImapPutOffTest, WhatIsNotTakenStaysAndIsGivenAgain) {
  ImapTalk talk(inbox());
  talk.takes = [](const CollectedLetter& letter) { return letter.uid == 9; };
  talk.converse(opened() + searched() + fetched() +
                Turns{{"T6 UID STORE 9 +FLAGS.SILENT (\\Seen)|", "T6 OK|"}, {"T7 IDLE|", "+ |"}});
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 9, {4}, 10}));
  EXPECT_TRUE(talk.dialogue.has_put_off());
  talk.takes = [](const CollectedLetter&) { return true; };
  talk.dialogue.try_again();
  EXPECT_FALSE(talk.dialogue.has_put_off());
  talk.converse({{"DONE|", "T7 OK|"}, {"T8 UID SEARCH UID 10:*|", "T8 OK|"}});
  EXPECT_EQ(talk.places.back().later, std::set<std::int64_t>{4}) << "lost now, it would be forgotten";
  talk.converse({{"T9 UID FETCH 4 (UID RFC822.SIZE)|", "* 1 FETCH (UID 4 RFC822.SIZE 5)|T9 OK|"},
                 {"T10 UID FETCH 4 (UID BODY.PEEK[])|", "* 1 FETCH (UID 4 BODY[] {5}|hello)|T10 OK|"},
                 {"T11 UID STORE 4 +FLAGS.SILENT (\\Seen)|", "T11 OK|"},
                 {"T12 IDLE|", ""}});
  EXPECT_EQ(talk.places.back(), at_end());
}

TEST(ImapPutOffTest, TheNextDialogueGivesWhatWasNotTaken) {
  ImapTalk talk(inbox({77, 9, {4, 5}, 10}));
  talk.converse(opened() +
                Turns{{"T3 UID FETCH 4,5 (UID RFC822.SIZE)|", "* 1 FETCH (UID 4 RFC822.SIZE 5)|T3 OK|"},
                      {"T4 UID FETCH 4 (UID BODY.PEEK[])|", "* 1 FETCH (UID 4 BODY[] {5}|hello)|T4 OK|"},
                      {"T5 UID STORE 4 +FLAGS.SILENT (\\Seen)|", "T5 OK|"},
                      {"T6 IDLE|", ""}});
  EXPECT_EQ(talk.letters, Strings{"4 hello"});  // 5 has been taken away
  EXPECT_EQ(talk.places.back(), at_end());
}

TEST(ImapPutOffTest, WhereNothingCanBeTakenNotTheWholeFolderIsFetched) {
  ImapServer server(900);
  ImapTalk talk(inbox({77, 0, {}, 1}));
  talk.takes = none;
  EXPECT_TRUE(server.serve(talk));
  EXPECT_TRUE(talk.dialogue.is_idling());
  EXPECT_EQ(talk.letters.size(), 100u);
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 100, numbers(1, 100), 1}));
  server.add(talk);
  EXPECT_TRUE(talk.dialogue.is_idling());
  EXPECT_EQ(talk.letters.size(), 100u);
  EXPECT_EQ(server.idles, 2);
  talk.takes = [](const CollectedLetter&) { return true; };
  talk.dialogue.try_again();
  EXPECT_TRUE(server.serve(talk));
  EXPECT_EQ(talk.letters.size(), 100u + 901);
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 901, {}, 1}));
}

TEST(ImapPutOffTest, WhatTheServerRefusesStopsNothing) {
  ImapServer server(101);
  server.refused = numbers(1, 100);
  ImapTalk talk(inbox({77, 0, {}, 1}));
  EXPECT_TRUE(server.serve(talk));
  EXPECT_TRUE(talk.dialogue.is_idling());
  EXPECT_EQ(talk.letters, Strings{"101 hi"});
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 101, numbers(1, 100), 1}));
}

// Whoever finds out how to write one can write a hundred.
TEST(ImapPutOffTest, LettersThatFailEachTimeKeepNoNewOneWaiting) {
  ImapServer server(150);
  ImapTalk talk(inbox({77, 0, {}, 1}));
  talk.takes = [](const CollectedLetter& letter) { return letter.uid > 150; };
  EXPECT_TRUE(server.serve(talk));
  for (int round = 0; round < 3; ++round) {
    talk.letters.clear();
    talk.dialogue.try_again();
    EXPECT_TRUE(server.serve(talk));
    const bool is_first = round == 0;
    EXPECT_EQ(talk.letters.size(), is_first ? 150u : 100u) << "the new ones, and of the others a hundred";
    EXPECT_EQ(talk.letters.front(), round == 1 ? "1 hi" : "101 hi") << "those first that waited longest";
    server.add(talk);
    EXPECT_EQ(talk.letters.back(), std::to_string(151 + round) + " hi");
    EXPECT_TRUE(talk.dialogue.has_put_off());
  }
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 153, numbers(1, 150), 1}));

  ImapTalk next(inbox(talk.places.back()));
  next.takes = none;
  EXPECT_TRUE(server.serve(next));
  server.add(next);
  EXPECT_EQ(next.letters.size(), 101u);
  EXPECT_EQ(next.letters.back(), "154 hi");
}

TEST(ImapPutOffTest, NoMoreIsPutOffThanCanBeRemembered) {
  ImapServer server(10'001);
  ImapTalk talk(inbox({77, 10'000, numbers(1, 10'000), 1}));
  talk.takes = none;
  EXPECT_TRUE(server.serve(talk));
  EXPECT_EQ(talk.letters.size(), 100u);
  EXPECT_EQ(talk.letters.back(), "100 hi");
  EXPECT_EQ(talk.remarks, Strings{"10000 letters could not be taken: no new one is read before those are"});
  talk.takes = [](const CollectedLetter& letter) { return letter.uid > 100; };
  talk.dialogue.try_again();
  talk.letters.clear();
  EXPECT_TRUE(server.serve(talk));
  EXPECT_EQ(talk.letters[50], "10001 hi") << "as soon as there is room";
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 10'001, numbers(1, 100), 1}));
  EXPECT_EQ(talk.remarks.size(), 1u);
}

// One letter that the server itself cannot read (Exchange) keeps no other waiting.
TEST(ImapPutOffTest, WhereSeveralAreRefusedEachIsAskedForAlone) {
  ImapTalk talk(inbox());
  talk.converse(opened() + searched() +
                Turns{{"T5 UID FETCH 4,9 (UID BODY.PEEK[])|", "T5 NO it is broken|"},
                      {"T6 UID FETCH 4 (UID BODY.PEEK[])|", "T6 NO it is broken|"},
                      {"T7 UID FETCH 9 (UID BODY.PEEK[])|", "* 3 FETCH (UID 9 BODY[] {6}|world!)|T7 OK|"},
                      {"T8 UID STORE 9 +FLAGS.SILENT (\\Seen)|", "T8 OK|"},
                      {"T9 IDLE|", ""}});
  EXPECT_EQ(talk.letters, Strings{"9 world!"});
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 9, {4}, 10}));
}

// Refused together, it is given alone while the other has failed.
TEST(ImapPutOffTest, NoneIsPassedByThatIsStillToBeAskedForAlone) {
  ImapTalk talk(inbox());
  talk.takes = none;
  talk.converse(opened() + searched() +
                Turns{{"T5 UID FETCH 4,9 (UID BODY.PEEK[])|", "* 3 FETCH (UID 9 BODY[] {6}|world!)|T5 NO|"}});
  EXPECT_EQ(talk.said(), "T6 UID FETCH 4 (UID BODY.PEEK[])\r\n");
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 9, {4, 9}, 10}));
}

}  // namespace
}  // namespace tertius::mail
