#include "mail/imap_dialogue.hpp"

#include <gtest/gtest.h>

#include "tests/support/mail/imap_inbox.hpp"

namespace tertius::mail {
namespace {

using namespace tests;

TEST(ImapDialogueTest, ANewFolderGivesWhatNobodyHasSeen) {
  ImapTalk talk(inbox());
  talk.converse(all_taken());
  EXPECT_EQ(talk.said(), "T7 IDLE\r\n");
  EXPECT_EQ(talk.letters, (Strings{"4 hello", "9 world!"}));
  EXPECT_EQ(talk.places.back(), at_end());
  EXPECT_EQ(talk.remarks, Strings{});
}

TEST(ImapDialogueTest, NoLetterIsMarkedBeforeItIsAnswered) {
  ImapTalk talk(inbox());
  talk.answers = false;
  talk.converse(opened() + searched() + fetched());
  EXPECT_EQ(talk.said(), "");
  EXPECT_TRUE(talk.dialogue.is_deciding());
  talk.dialogue.answer(9, true);
  EXPECT_EQ(talk.said(), "");
  talk.dialogue.answer(4, true);
  talk.converse(seen());
  EXPECT_EQ(talk.said(), "T7 IDLE\r\n");
}

TEST(ImapDialogueTest, WhatComesLaterIsOursWhetherSeenOrNot) {
  ImapTalk talk(inbox(at_end()));
  talk.converse(opened_at_end());
  EXPECT_TRUE(talk.dialogue.is_idling());
  talk.converse({{"", "* 4 EXISTS|"},
                 {"DONE|", "T3 OK done|"},
                 {"T4 UID SEARCH UID 10:*|", "* SEARCH 12|T4 OK done|"},
                 {"T5 UID FETCH 12 (UID RFC822.SIZE)|", "* 4 FETCH (UID 12 RFC822.SIZE 3)|T5 OK|"},
                 {"T6 UID FETCH 12 (UID BODY.PEEK[])|", "* 4 FETCH (UID 12 BODY[] {3}|new)|T6 OK|"},
                 {"T7 UID STORE 12 +FLAGS.SILENT (\\Seen)|", "T7 OK|"},
                 {"T8 IDLE|", "+ idling|"}});
  EXPECT_EQ(talk.letters, Strings{"12 new"});
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 12, {}, 10}));
}

// "n:*" of a folder without a letter so high gives the last one there is.
TEST(ImapDialogueTest, ALookFindsTheLastLetterAgainAndKnowsIt) {
  ImapTalk talk(inbox(at_end()));
  talk.converse(opened_at_end());
  talk.dialogue.look();
  talk.converse(
      {{"DONE|", "T3 OK done|"}, {"T4 UID SEARCH UID 10:*|", "* SEARCH 9|T4 OK done|"}, {"T5 IDLE|", ""}});
  EXPECT_EQ(talk.letters, Strings{});
}

TEST(ImapDialogueTest, WithoutIdleItLooksWhenItIsTold) {
  for (const char* refusal : {"", "T3 BAD what?|"}) {
    SCOPED_TRACE(refusal);
    const bool refused = refusal[0] != '\0';
    ImapTalk talk(inbox(at_end()));
    talk.converse(opened(refused ? "IDLE" : "") + (refused ? Turns{{"T3 IDLE|", refusal}} : Turns{}));
    EXPECT_TRUE(talk.dialogue.is_waiting());
    EXPECT_FALSE(talk.dialogue.is_idling());
    talk.dialogue.look();
    const std::string noop = refused ? "T4" : "T3", search = refused ? "T5" : "T4";
    talk.converse({{noop + " NOOP|", "* 3 EXISTS|" + noop + " OK|"},
                   {search + " UID SEARCH UID 10:*|", search + " OK|"},
                   {"", ""}});
    EXPECT_TRUE(talk.dialogue.is_waiting());
  }
}

TEST(ImapDialogueTest, AnExistsBeforeTheGoAheadIsNotForgotten) {
  ImapTalk talk(inbox(at_end()));
  talk.converse(opened() + Turns{{"T3 IDLE|", "* 4 EXISTS|"}, {"", "+ idling|"}, {"DONE|", ""}});
}

TEST(ImapDialogueTest, AFolderMadeAnewIsReadFromWhatNobodyHasSeen) {
  ImapTalk talk(inbox({76, 5000, {3000}, 1}));
  talk.converse(all_taken());
  EXPECT_EQ(talk.letters, (Strings{"4 hello", "9 world!"}));
  EXPECT_EQ(talk.places.back(), at_end());
  EXPECT_EQ(talk.remarks, Strings{"the folder was made anew: what nobody has seen is read"});
}

// A filter may have marked what came while the folder was made anew.
TEST(ImapDialogueTest, AFolderMadeAnewIsReadFromTheDayOfTheLastLookToo) {
  using namespace std::chrono_literals;
  const Time saved = std::chrono::sys_days{2026y / 3 / 1} + 23h;
  ImapTalk talk(inbox({76, 5000, {3000}, 1, saved}));
  talk.converse(opened());
  EXPECT_EQ(talk.said(), "T3 UID SEARCH UID 1:9 OR UNSEEN SINCE 27-Feb-2026\r\n");
  EXPECT_EQ(
      talk.remarks,
      Strings{"the folder was made anew: what nobody has seen is read, and what came since 27-Feb-2026"});
  talk.hear("* SEARCH 7\r\nT3 OK\r\n");
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 6, {}, 10, saved}));

  ImapTalk next(inbox({77, 6, {}, 10, saved}));
  next.converse(opened());
  EXPECT_EQ(next.said(), "T3 UID SEARCH UID 7:9 OR UNSEEN SINCE 27-Feb-2026\r\n") << "it goes on in that way";
  EXPECT_EQ(next.remarks, Strings{});
}

TEST(ImapDialogueTest, AFolderMadeAnewUnderOurHandsEndsTheDialogue) {
  ImapTalk talk(inbox(at_end()));
  talk.converse(opened_at_end() + Turns{{"", "* OK [UIDVALIDITY 78] changed|"}});
  ASSERT_TRUE(talk.dialogue.failure());
  EXPECT_EQ(talk.dialogue.failure()->fault, ImapFault::lost);
}

TEST(ImapDialogueTest, ALetterLongerThanWeReadIsNotFetched) {
  ImapTalk talk(inbox({}, "\"Done\""));
  talk.converse(opened() +
                Turns{{"T3 UID SEARCH UID 1:9 UNSEEN|", "* SEARCH 4 9|T3 OK|"},
                      {"T4 UID FETCH 4,9 (UID RFC822.SIZE)|",
                       "* 1 FETCH (UID 4 RFC822.SIZE 1001)|* 2 FETCH (UID 9 RFC822.SIZE 1000)|T4 OK|"},
                      {"T5 UID FETCH 9 (UID BODY.PEEK[])|", "* 2 FETCH (UID 9 BODY[] {2}|hi)|T5 OK|"},
                      {"T6 UID STORE 4,9 +FLAGS.SILENT (\\Seen)|", "T6 OK|"},
                      {"T7 UID MOVE 9 \"Done\"|", "T7 OK|"},
                      {"T8 IDLE|", ""}});
  EXPECT_EQ(talk.letters, Strings{"9 hi"});
  EXPECT_EQ(talk.remarks, Strings{"letter 4 is longer than we read; it stays, marked as seen"});
  EXPECT_EQ(talk.places.back(), at_end());
}

// As servers do that guess sizes, and those that lie.
TEST(ImapDialogueTest, ALetterLongerThanItWasSaidToBeIsPassedOver) {
  ImapTalk talk(inbox());
  talk.converse(opened() + searched() +
                Turns{{"T5 UID FETCH 4,9 (UID BODY.PEEK[])|", "* 1 FETCH (UID 4 BODY[] {1001}|" +
                                                                  std::string(1001, 'x') +
                                                                  ")|* 2 FETCH (UID 9 BODY[] {2}|hi)|T5 OK|"},
                      {"T6 UID STORE 4,9 +FLAGS.SILENT (\\Seen)|", "T6 OK|"},
                      {"T7 IDLE|", ""}});
  EXPECT_EQ(talk.letters, Strings{"9 hi"});
  EXPECT_EQ(talk.remarks.size(), 1u);
}

TEST(ImapDialogueTest, WhatIsTakenIsMovedInTheWayTheServerKnows) {
  const Turns made = {{"T7 UID MOVE 4,9 \"Done\"|", "T7 NO [TRYCREATE] no such folder|"},
                      {"T8 CREATE \"Done\"|", "T8 OK|"},
                      {"T9 UID MOVE 4,9 \"Done\"|", "* 1 EXPUNGE|* 2 EXPUNGE|T9 OK|"},
                      {"T10 IDLE|", ""}};
  const Turns copied = {{"T7 UID COPY 4,9 \"Done\"|", "T7 OK [COPYUID 1 4,9 1:2] copied|"},
                        {"T8 UID STORE 4,9 +FLAGS.SILENT (\\Deleted)|", "T8 OK|"},
                        {"T9 UID EXPUNGE 4,9|", "* 1 EXPUNGE|* 2 EXPUNGE|T9 OK|"},
                        {"T10 IDLE|", ""}};
  const Turns not_copied = {{"T7 UID COPY 4,9 \"Done\"|", "T7 NO [OVERQUOTA] full|"}, {"T8 IDLE|", ""}};
  const Turns not_deleted = {{"T7 UID COPY 4,9 \"Done\"|", "T7 OK|"},
                             {"T8 UID STORE 4,9 +FLAGS.SILENT (\\Deleted)|", "T8 NO forbidden|"},
                             {"T9 IDLE|", ""}};
  struct Way {
    const char* capability;
    Turns turns;
    std::size_t remarks;
  };
  for (const auto& way :
       {Way{"IDLE MOVE UIDPLUS", made, 0}, Way{"IDLE UIDPLUS", copied, 0}, Way{"IDLE UIDPLUS", not_copied, 1},
        Way{"IDLE UIDPLUS", not_deleted, 1}, Way{"IDLE", {{"T7 IDLE|", ""}}, 1}}) {
    SCOPED_TRACE(std::string(way.capability) + " " + way.turns.front().server);
    ImapTalk talk(inbox({}, "\"Done\""));
    talk.converse(opened(way.capability) + searched() + fetched() + seen() + way.turns);
    EXPECT_EQ(talk.remarks.size(), way.remarks);
    EXPECT_EQ(talk.places.back(), at_end());
  }
}

// Seen, and not moved: no search finds it any more.
TEST(ImapDialogueTest, CutOffBetweenTheMarkAndTheMoveItIsMovedAfterAll) {
  ImapTalk talk(inbox({}, "\"Done\""));
  talk.converse(opened() + searched());
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 3, {4, 9}, 10})) << "before the first of them is given";
  EXPECT_EQ(talk.letters, Strings{});
  talk.converse(fetched() + seen() + Turns{{"T7 UID MOVE 4,9 \"Done\"|", ""}});

  ImapTalk next(inbox(talk.places.back(), "\"Done\""));
  next.converse(opened() +
                Turns{{"T3 UID SEARCH UID 4:9 UNSEEN|", "* SEARCH 7|T3 OK|"},
                      {"T4 UID FETCH 4,7,9 (UID RFC822.SIZE)|",
                       "* 2 FETCH (UID 7 RFC822.SIZE 2)|* 3 FETCH (UID 9 RFC822.SIZE 6)|T4 OK|"},
                      {"T5 UID FETCH 7,9 (UID BODY.PEEK[])|",
                       "* 2 FETCH (UID 7 BODY[] {2}|hi)|* 3 FETCH (UID 9 BODY[] {6}|world!)|T5 OK|"},
                      {"T6 UID STORE 7,9 +FLAGS.SILENT (\\Seen)|", "T6 OK|"},
                      {"T7 UID MOVE 7,9 \"Done\"|", "T7 OK|"},
                      {"T8 IDLE|", ""}});
  EXPECT_EQ(next.letters, (Strings{"7 hi", "9 world!"}));
  EXPECT_EQ(next.places.back(), at_end());
}

TEST(ImapDialogueTest, WhatASearchFindsNeedNotBeRememberedWhileItIsMoved) {
  ImapTalk talk(inbox(at_end(), "\"Done\""));
  talk.converse(opened_at_end());
  talk.converse({{"", "* 4 EXISTS|"},
                 {"DONE|", "T3 OK done|"},
                 {"T4 UID SEARCH UID 10:*|", "* SEARCH 12|T4 OK done|"},
                 {"T5 UID FETCH 12 (UID RFC822.SIZE)|", "* 4 FETCH (UID 12 RFC822.SIZE 3)|T5 OK|"},
                 {"T6 UID FETCH 12 (UID BODY.PEEK[])|", ""}});
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 11, {}, 10}));
}

TEST(ImapDialogueTest, AFolderForReadingAloneIsReadAndNotMarked) {
  Turns turns = opened();
  turns.back().server = "* 3 EXISTS|* OK [UIDVALIDITY 77]|* OK [UIDNEXT 10]|T2 OK [READ-ONLY] selected|";
  ImapTalk talk(inbox());
  talk.converse(turns + searched() + fetched() + Turns{{"T6 IDLE|", ""}});
  EXPECT_EQ(talk.letters.size(), 2u);
  EXPECT_EQ(talk.places.back(), at_end());
}

TEST(ImapDialogueTest, ALetterThatIsGoneIsNotWaitedFor) {
  ImapTalk talk(inbox());
  talk.converse(opened() + Turns{{"T3 UID SEARCH UID 1:9 UNSEEN|", "* SEARCH 4 9|T3 OK|"},
                                 {"T4 UID FETCH 4,9 (UID RFC822.SIZE)|", "T4 OK|"},
                                 {"T5 IDLE|", ""}});
  EXPECT_EQ(talk.places.back(), at_end());
}

TEST(ImapDialogueTest, AnOldMailboxIsSearchedInWindowsThatGrow) {
  ImapTalk talk(inbox());
  talk.converse({{"T1 CAPABILITY|", "* CAPABILITY IDLE|T1 OK|"},
                 {"T2 SELECT \"INBOX\"|", "* 2 EXISTS|* OK [UIDVALIDITY 77]|* OK [UIDNEXT 5000]|T2 OK|"},
                 {"T3 UID SEARCH UID 1:1000 UNSEEN|", "* SEARCH|T3 OK|"},
                 {"T4 UID SEARCH UID 1001:3000 UNSEEN|", "* SEARCH 2500|T4 OK|"},
                 {"T5 UID FETCH 2500 (UID RFC822.SIZE)|", "* 1 FETCH (UID 2500 RFC822.SIZE 2)|T5 OK|"},
                 {"T6 UID FETCH 2500 (UID BODY.PEEK[])|", "* 1 FETCH (UID 2500 BODY[] {2}|hi)|T6 OK|"},
                 {"T7 UID STORE 2500 +FLAGS.SILENT (\\Seen)|", "T7 OK|"},
                 {"T8 UID SEARCH UID 3001:4000 UNSEEN|", "* SEARCH|T8 OK|"},
                 {"T9 UID SEARCH UID 4001:4999 UNSEEN|", "* SEARCH|T9 OK|"},
                 {"T10 IDLE|", ""}});
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 4999, {}, 5000}));
}

TEST(ImapDialogueTest, AServerThatTellsNoUidnextIsAskedForTheLastUid) {
  ImapTalk talk(inbox());
  talk.converse({{"T1 CAPABILITY|", "* CAPABILITY IDLE|T1 OK|"},
                 {"T2 SELECT \"INBOX\"|", "* 3 EXISTS|* OK [UIDVALIDITY 77]|T2 OK|"},
                 {"T3 UID FETCH * (UID)|", "* 3 FETCH (UID 9)|T3 OK|"},
                 {"T4 UID SEARCH UID 1:9 UNSEEN|", "T4 OK|"},
                 {"T5 IDLE|", ""}});
  EXPECT_EQ(talk.places.back(), at_end());
}

TEST(ImapDialogueTest, AFolderThatIsNotOursIsSaid) {
  for (const char* answer : {"T2 NO [NONEXISTENT] no such folder|", "* 3 EXISTS|* OK [UIDNEXT 5]|T2 OK|"}) {
    ImapTalk talk(inbox());
    talk.converse({opened().front(), {"T2 SELECT \"INBOX\"|", answer}});
    ASSERT_TRUE(talk.dialogue.is_over()) << answer;
    EXPECT_EQ(talk.dialogue.failure()->fault, ImapFault::folder);
    EXPECT_FALSE(talk.dialogue.failure()->text.empty());
  }
}

}  // namespace
}  // namespace tertius::mail
