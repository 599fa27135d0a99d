#include "mail/smtp_dialogue.hpp"

#include <gtest/gtest.h>

#include "tests/support/mail/talks.hpp"

namespace tertius::mail {
namespace {

using namespace tests;

OutgoingMail sample() {
  return {Address{"b+tok", "broker.example"}, Address{"bob", "example.org"}, "n1",
          "Subject: x\r\n\r\nhello\r\n"};
}

RelayOffer plain_relay() { return {}; }
RelayOffer pipelining_relay() {
  RelayOffer offer;
  offer.pipelining = true;
  return offer;
}

// One line of a script: "C: " what the dialogue must have written by now, "S: " what the relay says then.
// "C:" alone means nothing. Each line ends in CRLF; "|" stands for one more line of the same.
void converse(SmtpDialogue& dialogue, const std::vector<std::string>& script) {
  for (const auto& step : script) {
    std::string bytes;
    for (const char c : step.size() > 3 ? step.substr(3) + "|" : "") {
      if (c == '|')
        bytes += "\r\n";
      else
        bytes += c;
    }
    if (step[0] == 'S') {
      dialogue.receive(bytes);
      continue;
    }
    ASSERT_EQ(dialogue.output(), bytes) << step;
    dialogue.wrote(bytes.size());
  }
}

TEST(SmtpDialogueTest, EveryTalkEndsInItsResult) {
  for (const auto& talk : talks()) {
    SCOPED_TRACE(talk.name);
    SmtpDialogue dialogue(talk.pipelining ? pipelining_relay() : plain_relay());
    dialogue.send(sample());
    converse(dialogue, talk.script);
    const auto result = dialogue.take_result();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->delivery, talk.delivery);
    EXPECT_EQ(result->code, talk.code);
    EXPECT_EQ(dialogue.is_idle(), talk.is_idle);
    EXPECT_EQ(dialogue.is_over(), talk.is_over);
    EXPECT_FALSE(dialogue.take_result()) << "a second result";
  }
}

// The connection dies at every step of every talk: there is one result, it is the talk's own once
// that is known, ambiguous only when the dot has left, and never sent without a 250.
TEST(SmtpDialogueTest, ALossAtEveryStepOfEveryTalkIsJudgedRight) {
  for (const auto& talk : talks()) {
    for (std::size_t steps = 0; steps <= talk.script.size(); ++steps) {
      SCOPED_TRACE(std::string(talk.name) + " cut at step " + std::to_string(steps));
      SmtpDialogue dialogue(talk.pipelining ? pipelining_relay() : plain_relay());
      dialogue.send(sample());
      converse(dialogue, {talk.script.begin(), talk.script.begin() + static_cast<std::ptrdiff_t>(steps)});
      auto result = dialogue.take_result();
      const bool dot_left = steps > 0 && talk.script[steps - 1] == content;
      if (!result) {
        dialogue.lost("connection reset");
        result = dialogue.take_result();
        ASSERT_TRUE(result);
        EXPECT_EQ(dialogue.was_lost_early(), result->delivery == Delivery::deferred);
        EXPECT_EQ(result->delivery == Delivery::ambiguous, dot_left);
        EXPECT_NE(result->delivery, Delivery::sent);
      } else {
        EXPECT_EQ(result->delivery, talk.delivery);
      }
      dialogue.lost("again");
      EXPECT_TRUE(dialogue.is_over());
      EXPECT_FALSE(dialogue.take_result());
    }
  }
}

TEST(SmtpDialogueTest, ADotThatHasNotLeftIsNotAmbiguous) {
  SmtpDialogue dialogue(pipelining_relay());
  dialogue.send(sample());
  converse(dialogue, {batch, "S: 250 ok|250 ok|354 go"});
  dialogue.wrote(dialogue.output().size() - 1);
  dialogue.lost("reset");
  EXPECT_EQ(dialogue.take_result()->delivery, Delivery::deferred);
  EXPECT_TRUE(dialogue.was_lost_early());
}

TEST(SmtpDialogueTest, OneConnectionCarriesManyMailsAndARefusalBetween) {
  SmtpDialogue dialogue(pipelining_relay());
  for (const auto* talk : {"taken", "recipient refused", "content refused for now", "taken"}) {
    for (const auto& each : talks()) {
      if (each.name != std::string_view(talk)) continue;
      ASSERT_TRUE(dialogue.is_idle());
      dialogue.send(sample());
      converse(dialogue, each.script);
      EXPECT_EQ(dialogue.take_result()->delivery, each.delivery);
    }
  }
  dialogue.quit();
  converse(dialogue, {"C: QUIT", "S: 221 bye"});
  EXPECT_TRUE(dialogue.is_over());
}

TEST(SmtpDialogueTest, RepliesCutAnywhereMeanTheSame) {
  const std::string replies = "250 ok\r\n250 ok\r\n354 go\r\n";
  for (std::size_t cut = 0; cut <= replies.size(); ++cut) {
    SmtpDialogue dialogue(pipelining_relay());
    dialogue.send(sample());
    dialogue.wrote(dialogue.output().size());
    dialogue.receive(replies.substr(0, cut));
    dialogue.receive(replies.substr(cut));
    converse(dialogue, {content, "S: 250 ok"});
    EXPECT_EQ(dialogue.take_result()->delivery, Delivery::sent) << cut;
  }
}

TEST(SmtpDialogueTest, PatienceIsThatOfTheStandard) {
  using std::chrono::minutes;
  SmtpDialogue dialogue(plain_relay());
  dialogue.send(sample());
  EXPECT_EQ(dialogue.patience(), minutes{5});
  converse(dialogue, {"C: MAIL FROM:<b+tok@broker.example>", "S: 250 ok"});
  EXPECT_EQ(dialogue.patience(), minutes{5});
  converse(dialogue, {"C: RCPT TO:<bob@example.org>", "S: 250 ok"});
  EXPECT_EQ(dialogue.patience(), minutes{2});
  converse(dialogue, {"C: DATA", "S: 354 go"});
  EXPECT_EQ(dialogue.patience(), minutes{3}) << "while the content is leaving";
  converse(dialogue, {content});
  EXPECT_EQ(dialogue.patience(), minutes{10}) << "after the dot";
}

TEST(SmtpDialogueTest, AMailTheRelayCannotTakeNeverReachesIt) {
  auto offer = pipelining_relay();
  offer.size = 10;
  SmtpDialogue dialogue(offer);
  dialogue.send(sample());
  EXPECT_EQ(dialogue.output(), "");
  EXPECT_EQ(dialogue.take_result()->enhanced, "5.3.4");
  EXPECT_TRUE(dialogue.is_idle());
}

TEST(SmtpDialogueTest, AnUnaskedWordEndsAnIdleConnection) {
  SmtpDialogue dialogue(pipelining_relay());
  dialogue.receive("421 4.4.2 idle for too long\r\n");
  EXPECT_TRUE(dialogue.is_over());
  EXPECT_FALSE(dialogue.take_result());
}

}  // namespace
}  // namespace tertius::mail
