#include "mail/imap_dialogue.hpp"

#include <gtest/gtest.h>

#include "tests/support/mail/imap_talk.hpp"

namespace tertius::mail {
namespace {

using namespace tests;
using Strings = std::vector<std::string>;
using Turns = std::vector<Turn>;

Turns operator+(Turns a, const Turns& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// An INBOX with UIDs 4, 7 and 9, of which somebody has seen one.
Turns opened(const std::string& capability = "IDLE MOVE UIDPLUS") {
  return {{"T1 CAPABILITY|", "* CAPABILITY IMAP4rev1 " + capability + "|T1 OK done|"},
          {"T2 SELECT \"INBOX\"|",
           "* FLAGS (\\Seen)|* 3 EXISTS|* 0 RECENT|* OK [UNSEEN 1] first|* OK [UIDVALIDITY 77] valid|"
           "* OK [UIDNEXT 10] next|T2 OK [READ-WRITE] selected|"}};
}

// Those that nobody has seen: 4 and 9.
Turns searched() {
  return {{"T3 UID SEARCH UID 1:9 UNSEEN|", "* SEARCH 4 9|T3 OK done|"},
          {"T4 UID FETCH 4,9 (UID RFC822.SIZE)|",
           "* 1 FETCH (UID 4 RFC822.SIZE 5)|* 3 FETCH (RFC822.SIZE 6 UID 9)|T4 OK done|"}};
}

Turns fetched() {
  return {{"T5 UID FETCH 4,9 (UID BODY.PEEK[])|",
           "* 1 FETCH (UID 4 BODY[] {5}|hello)|* 3 FETCH (BODY[] {6}|world! UID 9)|T5 OK done|"}};
}

Turns seen() { return {{"T6 UID STORE 4,9 +FLAGS.SILENT (\\Seen)|", "T6 OK done|"}}; }

Turns all_taken() { return opened() + searched() + fetched() + seen(); }

// A later dialogue: all of the folder is dealt with.
ImapPlace at_end() { return {77, 9, {}, 10}; }
Turns opened_at_end() { return opened() + Turns{{"T3 IDLE|", "+ idling|"}}; }

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
}

TEST(ImapDialogueTest, AFolderMadeAnewUnderOurHandsEndsTheDialogue) {
  ImapTalk talk(inbox(at_end()));
  talk.converse(opened_at_end() + Turns{{"", "* OK [UIDVALIDITY 78] changed|"}});
  ASSERT_TRUE(talk.dialogue.failure());
  EXPECT_EQ(talk.dialogue.failure()->fault, ImapFault::lost);
}

TEST(ImapDialogueTest, WhatIsNotTakenStaysAndIsGivenAgain) {
  ImapTalk talk(inbox());
  talk.takes = [](const CollectedLetter& letter) { return letter.uid == 9; };
  talk.converse(opened() + searched() + fetched() +
                Turns{{"T6 UID STORE 9 +FLAGS.SILENT (\\Seen)|", "T6 OK|"}, {"T7 IDLE|", "+ |"}});
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 9, {4}, 10}));
  EXPECT_TRUE(talk.dialogue.has_put_off());
  talk.takes = [](const CollectedLetter&) { return true; };
  talk.dialogue.try_again();
  EXPECT_FALSE(talk.dialogue.has_put_off());
  talk.converse({{"DONE|", "T7 OK|"}});
  EXPECT_EQ(talk.places.back().later, std::set<std::int64_t>{4}) << "lost now, it would be forgotten";
  talk.converse({{"T8 UID FETCH 4 (UID RFC822.SIZE)|", "* 1 FETCH (UID 4 RFC822.SIZE 5)|T8 OK|"},
                 {"T9 UID FETCH 4 (UID BODY.PEEK[])|", "* 1 FETCH (UID 4 BODY[] {5}|hello)|T9 OK|"},
                 {"T10 UID STORE 4 +FLAGS.SILENT (\\Seen)|", "T10 OK|"},
                 {"T11 UID SEARCH UID 10:*|", "T11 OK|"},
                 {"T12 IDLE|", ""}});
  EXPECT_EQ(talk.places.back(), at_end());
}

TEST(ImapDialogueTest, TheNextDialogueGivesWhatWasNotTaken) {
  ImapTalk talk(inbox({77, 9, {4, 5}, 10}));
  talk.converse(opened() +
                Turns{{"T3 UID FETCH 4,5 (UID RFC822.SIZE)|", "* 1 FETCH (UID 4 RFC822.SIZE 5)|T3 OK|"},
                      {"T4 UID FETCH 4 (UID BODY.PEEK[])|", "* 1 FETCH (UID 4 BODY[] {5}|hello)|T4 OK|"},
                      {"T5 UID STORE 4 +FLAGS.SILENT (\\Seen)|", "T5 OK|"},
                      {"T6 IDLE|", ""}});
  EXPECT_EQ(talk.letters, Strings{"4 hello"});  // 5 has been taken away
  EXPECT_EQ(talk.places.back(), at_end());
}

TEST(ImapDialogueTest, WhereNothingCanBeTakenNotTheWholeFolderIsFetched) {
  ImapTask task = inbox({77, 0, {}, 1});
  ImapTalk talk(task);
  talk.takes = [](const CollectedLetter&) { return false; };
  std::string found, sizes, bodies;
  talk.converse({{"T1 CAPABILITY|", "* CAPABILITY IDLE|T1 OK|"},
                 {"T2 SELECT \"INBOX\"|", "* 900 EXISTS|* OK [UIDVALIDITY 77]|* OK [UIDNEXT 901]|T2 OK|"}});
  for (int uid = 1; uid <= 900; ++uid) found += " " + std::to_string(uid);
  EXPECT_EQ(talk.said(), "T3 UID SEARCH UID 1:900\r\n");
  talk.hear("* SEARCH" + found + "\r\nT3 OK\r\n");
  int tag = 4;
  for (int uid = 1; !talk.dialogue.is_idling() && tag < 20; ++tag) {
    const std::string command = talk.said();
    std::string answers;
    const bool for_sizes = command.find("RFC822.SIZE") != command.npos;
    if (command.find("IDLE") != command.npos) {
      talk.hear("+ idling\r\n");
      break;
    }
    for (int i = 0; i < 50; ++i)
      answers += bytes_of("* 1 FETCH (UID " + std::to_string(uid + i) +
                          (for_sizes ? " RFC822.SIZE 2)|" : " BODY[] {2}|hi)|"));
    if (!for_sizes) uid += 50;
    talk.hear(answers + "T" + std::to_string(tag) + " OK\r\n");
  }
  EXPECT_TRUE(talk.dialogue.is_idling());
  EXPECT_EQ(talk.letters.size(), 100u);
  EXPECT_EQ(talk.places.back().done, 100);
  EXPECT_EQ(talk.places.back().later.size(), 100u);
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

TEST(ImapDialogueTest, AFolderForReadingAloneIsReadAndNotMarked) {
  Turns turns = opened();
  turns.back().server = "* 3 EXISTS|* OK [UIDVALIDITY 77]|* OK [UIDNEXT 10]|T2 OK [READ-ONLY] selected|";
  ImapTalk talk(inbox());
  talk.converse(turns + searched() + fetched() + Turns{{"T6 IDLE|", ""}});
  EXPECT_EQ(talk.letters.size(), 2u);
  EXPECT_EQ(talk.places.back(), at_end());
}

// One letter that the server itself cannot read (Exchange) keeps no other waiting.
TEST(ImapDialogueTest, WhereSeveralAreRefusedEachIsAskedForAlone) {
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

// ---- whatever the server and the network do between ----

// With a letter that comes by IDLE, and a move.
Turns whole_talk() {
  return all_taken() +
         Turns{{"T7 UID MOVE 4,9 \"Done\"|", "* 1 EXPUNGE|* 2 EXPUNGE|T7 OK|"},
               {"T8 IDLE|", "+ idling|* 2 EXISTS|"},
               {"DONE|", "T8 OK|"},
               {"T9 UID SEARCH UID 10:*|", "* SEARCH 10|T9 OK|"},
               {"T10 UID FETCH 10 (UID RFC822.SIZE)|", "* 2 FETCH (UID 10 RFC822.SIZE 5)|T10 OK|"},
               {"T11 UID FETCH 10 (UID BODY.PEEK[])|", "* 2 FETCH (UID 10 BODY[] {5}|a\r\nb})|T11 OK|"},
               {"T12 UID STORE 10 +FLAGS.SILENT (\\Seen)|", "T12 OK|"},
               {"T13 UID MOVE 10 \"Done\"|", "* 2 EXPUNGE|T13 OK|"},
               {"T14 IDLE|", ""}};
}

void expect_whole(const ImapTalk& talk) {
  ASSERT_FALSE(talk.dialogue.failure()) << talk.dialogue.failure()->text;
  ASSERT_FALSE(talk.places.empty());
  EXPECT_EQ(talk.letters, (Strings{"4 hello", "9 world!", "10 a\r\nb}"}));
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 10, {}, 10}));
}

TEST(ImapDialogueTest, TheNetworksCutsChangeNothing) {
  for (std::size_t piece = 1; piece < 300; ++piece) {
    SCOPED_TRACE(piece);
    ImapTalk talk(inbox({}, "\"Done\""));
    talk.converse(whole_talk(), piece);
    expect_whole(talk);
  }
}

TEST(ImapDialogueTest, NorDoesACutAtAnyOneByte) {
  const Turns turns = whole_talk();
  for (std::size_t cut = 0; cut < turns.size(); ++cut) {
    const std::string bytes = bytes_of(turns[cut].server);
    for (std::size_t at = 0; at <= bytes.size(); ++at) {
      SCOPED_TRACE(turns[cut].server + " cut at " + std::to_string(at));
      ImapTalk talk(inbox({}, "\"Done\""));
      for (std::size_t i = 0; i < turns.size(); ++i) {
        ASSERT_EQ(talk.said(), bytes_of(turns[i].client));
        talk.hear(i == cut ? std::string_view(bytes).substr(0, at) : std::string_view());
        talk.hear(i == cut ? bytes.substr(at) : bytes_of(turns[i].server));
      }
      expect_whole(talk);
    }
  }
}

struct Chaos {
  const char* line;
  const char* not_in = "nowhere";  // a command that would ask for this
};
constexpr Chaos chaos[] = {
    {"* OK Still here|"},
    {"* OK [UIDNEXT 4711] promised|"},
    {"* OK [ALERT] read this|"},
    {"* NO [X] disk nearly full {5}|"},
    {"* BAD what was that? {5}|"},
    {"* PREAUTH hello|"},
    {"* FLAGS (\\Answered \\Seen)|"},
    {"* OK [PERMANENTFLAGS (\\Deleted \\*)] limited|"},
    {"* LIST (\\HasNoChildren) \"/\" {4}|a)||"},
    {"* LSUB () NIL \"quo\\\"ted {5\"|"},
    {"* STATUS \"x\" (MESSAGES 2)|"},
    {"* SEARCH 3 4 5|", "SEARCH"},
    {"* 0 RECENT|"},
    {"* 2 EXPUNGE|"},
    {"* VANISHED 1:3|"},
    {"* 1 FETCH (FLAGS (\\Seen))|"},
    {"* 1 FETCH (UID 4 FLAGS (\\Seen) MODSEQ (65402))|"},
    {"* 1 FETCH (UID 4 BODY[] {3}|bad)|", "PEEK"},
    {"* 1 FETCH (UID 77 BODY[] {3}|bad RFC822.SIZE 12)|"},
    {"* 1 FETCH (ENVELOPE (\"d\" {2}|hi ((NIL NIL \"a\" \"b\"))) BODY[HEADER.FIELDS (DATE FROM)]<0> "
     "~{1}|x)|"},
    {"* 1 FETCH ()|"},
    {"* X-NEW (((\"deep\"))) 1 2 3|"},
    {"* |"},
    {"+ go on|", "IDLE"},
};

TEST(ImapDialogueTest, WhatNobodyAskedForChangesNothing) {
  const Turns turns = whole_talk();
  for (const Chaos& each : chaos) {
    for (std::size_t where = 0; where + 1 < turns.size(); ++where) {
      if (turns[where].client.find(each.not_in) != std::string::npos) continue;
      SCOPED_TRACE(std::string(each.line) + " in the answer to " + turns[where].client);
      Turns disturbed = turns;
      disturbed[where].server = each.line + disturbed[where].server;
      ImapTalk talk(inbox({}, "\"Done\""));
      talk.converse(disturbed);
      expect_whole(talk);
    }
  }
}

TEST(ImapDialogueTest, AGoodbyeAtAnyTimeEndsItAndMarksNothing) {
  const Turns turns = whole_talk();
  for (std::size_t where = 0; where + 1 < turns.size(); ++where) {
    SCOPED_TRACE(turns[where].client);
    ImapTalk talk(inbox({}, "\"Done\""));
    talk.converse({turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(where)});
    talk.said();
    talk.hear("* BYE [UNAVAILABLE] come back later\r\n" + bytes_of(turns[where].server));
    ASSERT_TRUE(talk.dialogue.is_over());
    ASSERT_TRUE(talk.dialogue.failure());
    EXPECT_EQ(talk.dialogue.failure()->fault, ImapFault::lost);
    EXPECT_EQ(talk.dialogue.failure()->text, "the server says goodbye: come back later");
    EXPECT_EQ(talk.said(), "");
  }
}

// Whatever has been answered by then is marked first.
TEST(ImapDialogueTest, LeavingAtAnyTimeEndsInOurGoodbye) {
  const Turns turns = whole_talk();
  for (std::size_t where = 0; where + 1 < turns.size(); ++where) {
    SCOPED_TRACE(turns[where].client);
    ImapTalk talk(inbox({}, "\"Done\""));
    talk.converse({turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(where)});
    talk.dialogue.leave();
    std::string said = talk.said();
    for (std::size_t i = where; i < turns.size() && said.find("LOGOUT") == said.npos; ++i) {
      talk.hear(bytes_of(turns[i].server));
      said = talk.said();
      if (said == "DONE\r\n") continue;
    }
    EXPECT_NE(said.find(" LOGOUT\r\n"), said.npos) << said;
    talk.hear("* BYE see you\r\n" + said.substr(0, said.find(' ')) + " OK bye\r\n");
    EXPECT_TRUE(talk.dialogue.is_over());
    EXPECT_FALSE(talk.dialogue.failure());
  }
}

TEST(ImapDialogueTest, ALostConnectionMarksNothingAndForgetsNothing) {
  ImapTalk talk(inbox());
  talk.answers = false;
  talk.converse(opened() + searched() + fetched());
  talk.dialogue.lost("reset");
  talk.dialogue.answer(4, true);
  EXPECT_EQ(talk.said(), "");
  talk.collect();
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 3, {}, 10}));
}

// ---- hostile servers ----

TEST(ImapDialogueTest, NonsenseEndsTheDialogueAndSaysSo) {
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

TEST(ImapDialogueTest, AnAnswerThatComesTwiceIsNonsense) {
  ImapTalk talk(inbox(at_end()));
  talk.converse(opened(""));
  ASSERT_TRUE(talk.dialogue.is_waiting());
  talk.hear("T2 OK selected again\r\n");
  ASSERT_TRUE(talk.dialogue.failure());
  EXPECT_EQ(talk.dialogue.failure()->fault, ImapFault::nonsense);
}

TEST(ImapDialogueTest, UidsThatAreNoneAreNotTakenForOthers) {
  for (const char* found : {"0", "4294967296", "-1", "4x", "99", "4 99999999999999999999"}) {
    SCOPED_TRACE(found);
    ImapTalk talk(inbox());
    talk.converse(opened() +
                  Turns{{"T3 UID SEARCH UID 1:9 UNSEEN|", std::string("* SEARCH ") + found + "|T3 OK|"},
                        {"T4 IDLE|", ""}});
    EXPECT_EQ(talk.letters, Strings{});
  }
}

TEST(ImapDialogueTest, MoreLiteralsThanAnyAnswerHasAreRefused) {
  ImapTalk talk(inbox());
  talk.converse(opened());
  std::string bytes = "* LIST ";
  for (int i = 0; i < 101; ++i) bytes += "{1}\r\nx ";
  talk.hear(bytes);
  EXPECT_TRUE(talk.dialogue.is_over());
}

TEST(ImapDialogueTest, AServerThatGivesFarMoreThanItSaidIsNotBelieved) {
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

TEST(ImapDialogueTest, AnAnswerThatNeverEndsIsEnded) {
  ImapTalk talk(inbox());
  talk.converse(opened());
  std::string thousand;
  for (int i = 0; i < 1000; ++i) thousand += "* OK\r\n";
  for (int i = 0; i < 1001 && !talk.dialogue.is_over(); ++i) talk.hear(thousand);
  EXPECT_TRUE(talk.dialogue.is_over());
}

}  // namespace
}  // namespace tertius::mail
