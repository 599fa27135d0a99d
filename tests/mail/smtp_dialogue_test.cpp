#include "mail/smtp_dialogue.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

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

const std::string batch = "C: MAIL FROM:<b+tok@broker.example>|RCPT TO:<bob@example.org>|DATA";
const std::string content = "C: Subject: x||hello|.";

struct Talk {
  const char* name;
  bool pipelining;
  std::vector<std::string> script;
  Delivery delivery;
  int code;
  bool is_idle;
  bool is_over;
};

const std::vector<Talk>& talks() {
  static const std::vector<Talk> all = {
      {"taken",
       true,
       {batch, "S: 250 ok|250 ok|354 go", content, "S: 250 2.0.0 queued as 77", "C:"},
       Delivery::sent,
       250,
       true,
       false},
      {"taken one by one",
       false,
       {"C: MAIL FROM:<b+tok@broker.example>", "S: 250 ok", "C: RCPT TO:<bob@example.org>", "S: 250 ok",
        "C: DATA", "S: 354 go", content, "S: 250 ok"},
       Delivery::sent,
       250,
       true,
       false},
      {"sender refused",
       true,
       {batch, "S: 451 4.3.0 later|503 5.5.1 no|503 5.5.1 no", "C: RSET", "S: 250 ok"},
       Delivery::deferred,
       451,
       true,
       false},
      {"sender refused one by one",
       false,
       {"C: MAIL FROM:<b+tok@broker.example>", "S: 550 5.7.1 no", "C: RSET", "S: 250 ok"},
       Delivery::bounced,
       550,
       true,
       false},
      {"recipient refused",
       true,
       {batch, "S: 250 ok|550 5.1.1 unknown|554 5.5.1 no valid recipients", "C: RSET", "S: 250 ok"},
       Delivery::bounced,
       550,
       true,
       false},
      {"recipient refused one by one",
       false,
       {"C: MAIL FROM:<b+tok@broker.example>", "S: 250 ok", "C: RCPT TO:<bob@example.org>",
        "S: 450 4.2.0 grey", "C: RSET", "S: 250 ok"},
       Delivery::deferred,
       450,
       true,
       false},
      {"recipient refused yet 354",
       true,
       {batch, "S: 250 ok|550 5.1.1 unknown|354 go", "C: .", "S: 554 no recipients", "C: RSET", "S: 250 ok"},
       Delivery::bounced,
       550,
       true,
       false},
      {"empty mail taken after a refusal",
       true,
       {batch, "S: 250 ok|550 5.1.1 unknown|354 go", "C: .", "S: 250 fine", "C: RSET"},
       Delivery::bounced,
       550,
       false,
       false},
      {"DATA refused",
       true,
       {batch, "S: 250 ok|250 ok|451 4.3.0 disk", "C: RSET", "S: 250 ok"},
       Delivery::deferred,
       451,
       true,
       false},
      {"DATA answered 250",
       true,
       {batch, "S: 250 ok|250 ok|250 what", "C: RSET"},
       Delivery::deferred,
       250,
       false,
       false},
      {"content refused for good",
       true,
       {batch, "S: 250 ok|250 ok|354 go", content, "S: 554 5.7.1 spam", "C: RSET", "S: 250 ok"},
       Delivery::bounced,
       554,
       true,
       false},
      {"content refused for now",
       true,
       {batch, "S: 250 ok|250 ok|354 go", content, "S: 452 4.3.1 disk", "C: RSET", "S: 250 ok"},
       Delivery::deferred,
       452,
       true,
       false},
      {"354 twice",
       true,
       {batch, "S: 250 ok|250 ok|354 go", content, "S: 354 go", "C:"},
       Delivery::ambiguous,
       0,
       false,
       true},
      {"421 to MAIL",
       true,
       {batch, "S: 421 4.3.2 shutting down", "C:"},
       Delivery::unharmed,
       421,
       false,
       true},
      {"421 to RCPT", true, {batch, "S: 250 ok|421 too many", "C:"}, Delivery::unharmed, 421, false, true},
      {"421 instead of 354",
       true,
       {batch, "S: 250 ok|250 ok|421 bye", "C:"},
       Delivery::unharmed,
       421,
       false,
       true},
      {"421 after the dot",
       true,
       {batch, "S: 250 ok|250 ok|354 go", content, "S: 421 bye", "C:"},
       Delivery::unharmed,
       421,
       false,
       true},
      {"250 followed by 421",
       true,
       {batch, "S: 250 ok|250 ok|354 go", content, "S: 250 ok|421 bye", "C:"},
       Delivery::sent,
       250,
       false,
       true},
      {"421 after a refusal",
       true,
       {batch, "S: 250 ok|550 5.1.1 unknown|421 bye", "C:"},
       Delivery::bounced,
       550,
       false,
       true},
      {"refused in the middle of the content",
       true,
       {batch, "S: 250 ok|250 ok|354 go|552 5.3.4 too big"},
       Delivery::bounced,
       552,
       false,
       true},
      {"421 in the middle of the content",
       true,
       {batch, "S: 250 ok|250 ok|354 go|421 bye"},
       Delivery::unharmed,
       421,
       false,
       true},
      {"250 before the content",
       true,
       {batch, "S: 250 ok|250 ok|354 go|250 ok"},
       Delivery::deferred,
       0,
       false,
       true},
      {"login wanted",
       true,
       {batch, "S: 530 5.7.0 log in first|503 no|503 no", "C: RSET"},
       Delivery::unharmed,
       530,
       false,
       false},
      {"RSET refused",
       true,
       {batch, "S: 550 no|503 no|503 no", "C: RSET", "S: 502 what", "C:"},
       Delivery::bounced,
       550,
       false,
       true},
      {"no reply at all", true, {batch, "S: HTTP/1.1 400 Bad Request"}, Delivery::deferred, 0, false, true},
      {"nonsense after the dot",
       true,
       {batch, "S: 250 ok|250 ok|354 go", content, "S: hello"},
       Delivery::ambiguous,
       0,
       false,
       true},
      {"many lines",
       true,
       {batch, "S: 250-a|250 b|250-c|250 d|354-e|354 f", content, "S: 250-g|250 h"},
       Delivery::sent,
       250,
       true,
       false},
  };
  return all;
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
