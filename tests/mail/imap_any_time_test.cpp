// Whatever the server and the network do between.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/mail/imap_inbox.hpp"
#include "tests/support/mail/imap_server.hpp"

namespace tertius::mail {
namespace {

using namespace tests;

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

TEST(ImapAnyTimeTest, TheNetworksCutsChangeNothing) {
  for (std::size_t piece = 1; piece < 300; ++piece) {
    SCOPED_TRACE(piece);
    ImapTalk talk(inbox({}, "\"Done\""));
    talk.converse(whole_talk(), piece);
    expect_whole(talk);
  }
}

TEST(ImapAnyTimeTest, NorDoesACutAtAnyOneByte) {
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

TEST(ImapAnyTimeTest, WhatNobodyAskedForChangesNothing) {
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

TEST(ImapAnyTimeTest, AGoodbyeAtAnyTimeEndsItAndMarksNothing) {
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
TEST(ImapAnyTimeTest, LeavingAtAnyTimeEndsInOurGoodbye) {
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

// The next one begins at the last place that was told, and moves what was marked and lay there still.
TEST(ImapAnyTimeTest, CutOffAfterAnyOfItsCommandsEachIsTakenInOrderAndMoved) {
  for (const char* capability : {"IDLE MOVE", "IDLE UIDPLUS"}) {
    for (int cut = 1, was_cut = true; was_cut; ++cut) {
      SCOPED_TRACE(std::string(capability) + " after " + std::to_string(cut));
      ImapServer server(120);
      server.capability = capability;
      server.seen = {7};
      ImapTalk talk(inbox({}, "\"Done\""));
      was_cut = !server.serve(talk, cut);
      ImapTalk next(inbox(talk.places.empty() ? ImapPlace{} : talk.places.back(), "\"Done\""));
      EXPECT_TRUE(server.serve(next));
      EXPECT_EQ(server.uids, Uids{7});
      EXPECT_EQ(server.moved.size(), 119u);
      std::vector<std::string> taken = talk.letters;
      for (const auto& letter : next.letters)
        if (std::ranges::find(talk.letters, letter) == talk.letters.end()) taken.push_back(letter);
      ASSERT_EQ(taken.size(), 119u);
      for (std::size_t i = 1; i < taken.size(); ++i) EXPECT_LT(std::stoi(taken[i - 1]), std::stoi(taken[i]));
    }
  }
}

TEST(ImapAnyTimeTest, ALostConnectionMarksNothingAndForgetsNothing) {
  ImapTalk talk(inbox());
  talk.answers = false;
  talk.converse(opened() + searched() + fetched());
  talk.dialogue.lost("reset");
  talk.dialogue.answer(4, true);
  EXPECT_EQ(talk.said(), "");
  talk.collect();
  EXPECT_EQ(talk.places.back(), (ImapPlace{77, 3, {}, 10}));
}

}  // namespace
}  // namespace tertius::mail
