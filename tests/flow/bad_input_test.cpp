// Letters that ask for nothing sensible, or for something else than they seem to: each is stored once, has
// one outcome that says what became of it, and puts nothing of a stranger's into anybody's header.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "mail/read_letter.hpp"
#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "storage/people.hpp"
#include "tests/support/flow/world.hpp"
#include "tests/support/storage/engines.hpp"

namespace tertius::storage {
namespace {

using flow::alice_at, flow::christine_at, flow::gail_at, flow::good_body;
using tertius::flow::KeptMail;
using tertius::flow::World;
using namespace std::chrono_literals;

class BadInputTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (!IsSkipped()) world_.emplace(db());
  }
  World& world() { return *world_; }

  void ask() {
    world().ask(christine_at);
    world().send();
    world().press(world().link(world().latest(alice_at), "confirm"), "confirm");
    world().send();
  }

  // A letter to intro@ with these header lines, and the mails it causes.
  std::string write(const std::string& headers, const std::string& body = good_body) {
    const std::string outcome = world().write(alice_at, "intro@intro.test",
                                              headers + "To: intro@intro.test\r\nMessage-ID: <bad" +
                                                  std::to_string(++count_) + "@x>\r\n\r\n" + body);
    world().send();
    return outcome;
  }

  // A multipart answer of Christine's or Alice's to the mail, each part its own words.
  std::string reply_in_two_parts(const KeptMail& mail, const std::string& text, const std::string& html) {
    const std::string to = mail.letter.reply_to.front().address;
    return world().write(
        mail.row.recipient, to,
        "From: " + mail.row.recipient + "\r\nTo: " + to + "\r\nMessage-ID: <two" + std::to_string(++count_) +
            "@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: text/plain\r\n\r\n" +
            text + "\r\n--b\r\nContent-Type: text/html\r\n\r\n" + html + "\r\n--b--\r\n");
  }

  bool is_everywhere_well_formed() {
    return std::all_of(world().mails.begin(), world().mails.end(), [](const KeptMail& mail) {
      const auto& headers = mail.letter.headers;
      return mail.letter.to.size() <= 2 &&
             std::none_of(headers.begin(), headers.end(), [](const auto& field) {
               return field.name == "Bcc" || field.name == "X-Injected";
             });
    });
  }

  std::optional<World> world_;
  int count_ = 0;
};

TEST_P(BadInputTest, LineEndsInNamesReachNoHeader) {
  const std::string bcc = "=0D=0ABcc:_mallory@evil.example=0D=0AX-Injected:_yes";
  EXPECT_EQ(write("From: =?utf-8?q?Alice" + bcc + "?= <" + alice_at + ">\r\nSubject: =?utf-8?q?Gail_Okafor" +
                  bcc + "?=\r\nCc: =?utf-8?q?Christine" + bcc + "?= <" + christine_at + ">\r\n")
                .substr(0, 11),
            "a request, ")
      << "for the address in it, which waits for Alice";
  write("From: =?utf-8?q?Stranger" + bcc + "?= <s@else.example>\r\nSubject: =?utf-8?q?Gail" + bcc + "?=\r\n");
  EXPECT_EQ(world().mails.size(), 2u);
  EXPECT_TRUE(is_everywhere_well_formed());
}

TEST_P(BadInputTest, AddressesWithLineEndsAreNobodys) {
  for (const char* from : {"From: \"alice\r\n b\"@harbour.example\r\n",
                           "From: =?utf-8?q?alice=40harbour=2Eexample=0D=0A?=\r\n", "From: alice@\r\n", ""}) {
    const std::string outcome = write(std::string(from) + "Subject: Gail Okafor\r\n");
    EXPECT_NE(outcome.substr(0, 9), "a request") << from;
    EXPECT_TRUE(recent_introductions(db(), 1).empty()) << from;
  }
  EXPECT_TRUE(is_everywhere_well_formed());
  EXPECT_EQ(recent_letters(db(), 100).size(), 4u) << "each is kept for the operator";
}

TEST_P(BadInputTest, TwoSendersAreNoSender) {
  EXPECT_EQ(write("From: " + alice_at + ", mallory@evil.example\r\nSubject: Gail Okafor\r\n"),
            "no single sender; nothing done");
  EXPECT_EQ(write("From: " + alice_at + "\r\nFrom: mallory@evil.example\r\nSubject: Gail Okafor\r\n"),
            "not read: two From fields that differ: who wrote it cannot be told");
  EXPECT_TRUE(world().mails.empty());
}

TEST_P(BadInputTest, AnOversizedLetterIsKeptAndDecidesNothing) {
  ask();
  const KeptMail request = world().latest(christine_at);
  const std::string to = request.letter.reply_to.front().address;
  const std::string outcome = world().write(
      christine_at, to,
      "From: " + christine_at + "\r\nTo: " + to +
          "\r\nMessage-ID: <big@x>\r\nX-Long: " + std::string(200'000, 'x') + "\r\n\r\nforward\r\n");
  EXPECT_EQ(outcome.substr(0, 9), "not read:");
  EXPECT_FALSE(world().only().held);
  EXPECT_EQ(recent_letters(db(), 1).front().outcome, outcome);
}

// An index of PostgreSQL takes 2,704 octets, of what does not let itself be compressed.
TEST_P(BadInputTest, ALetterWithAMessageIdOfTenKilobytesIsStoredAndKnownAgain) {
  std::minstd_rand random(1);
  std::string id;
  for (int i = 0; i < 10'000; ++i) id += static_cast<char>('a' + random() % 26);
  const auto written = [&](const std::string& first) {
    return world().write("s@else.example", "intro@intro.test",
                         first + "From: s@else.example\r\nMessage-ID: <" + id + "@x>\r\n\r\nHello\r\n");
  };
  EXPECT_NE(written(""), "the same letter again; nothing done");
  EXPECT_EQ(written("Received: from elsewhere\r\n"), "the same letter again; nothing done");
  EXPECT_EQ(recent_letters(db(), 100).size(), 2u);
}

TEST_P(BadInputTest, AnUnknownConnectorIsNamed) {
  EXPECT_EQ(
      write("From: " + alice_at + "\r\nCc: zoe@nowhere.example\r\nSubject: Gail Okafor, Steady Mail\r\n")
          .substr(0, 11),
      "turned back");
  EXPECT_TRUE(world().has_mail(alice_at, "zoe@nowhere.example"));
}

TEST_P(BadInputTest, PartsThatDifferAskTheConnectorAgain) {
  ask();
  reply_in_two_parts(world().latest(christine_at), "forward", "<p>Please decline this for me today</p>");
  EXPECT_FALSE(world().only().held);
  world().send();
  EXPECT_EQ(world().latest(christine_at).row.kind, NoticeKind::could_not_tell);
}

TEST_P(BadInputTest, AnUnclearAnswerIsAskedAboutOnceADayInEachConversation) {
  auto& policy = world().engine.settings.policy;
  policy.max_open_per_pair = 2;
  policy.pair_cooldown = std::chrono::days{0};
  Person tom;
  tom.id = PersonId{7};
  tom.name = "Tom Brandt";
  tom.organisation = "Steady Mail";
  tom.address = parse_address("tom@steady.example").value();
  add_person(db(), tom);
  ask();
  std::string body = good_body;
  for (auto at = body.find("Gail"); at != body.npos; at = body.find("Gail", at)) body.replace(at, 4, "Tom");
  world().write(alice_at, "intro@intro.test", flow::request_letter(christine_at, "Tom Brandt", body));
  world().send();
  world().press(world().link(world().latest(alice_at, "Tom"), "confirm"), "confirm");
  world().send();
  const KeptMail about_gail = world().latest(christine_at, "Gail Okafor"),
                 about_tom = world().latest(christine_at, "Tom Brandt");
  const auto count_questions = [&] {
    world().send();
    return std::count_if(world().mails.begin(), world().mails.end(),
                         [](const KeptMail& mail) { return mail.row.kind == NoticeKind::could_not_tell; });
  };
  world().reply(about_gail, "Hm, I still wonder.");
  EXPECT_EQ(count_questions(), 1);
  world().reply(about_gail, "Hm, I still wonder.");
  EXPECT_EQ(count_questions(), 1);
  world().reply(about_tom, "Hm, I still wonder.");
  EXPECT_EQ(count_questions(), 2);
}

// RFC 3834 3.1.5. Only to whoever wrote that letter, and not where a page was pressed.
TEST_P(BadInputTest, AnAnswerNamesTheLetterItAnswers) {
  ask();
  const KeptMail request = world().latest(christine_at);
  world().reply(request, "Hm, I still wonder.", {}, "X-Mine: 1\r\n");
  world().send();
  const KeptMail question = world().latest(christine_at);
  ASSERT_EQ(question.row.kind, NoticeKind::could_not_tell);
  const Letter answered = mail::read_letter(find_letter(db(), recent_letters(db(), 1).front().id)->raw);
  EXPECT_EQ(find_header(question.letter, "In-Reply-To"), "<" + answered.message_id + ">");
  EXPECT_TRUE(std::string_view(find_header(question.letter, "References"))
                  .ends_with("<" + answered.message_id + ">"));

  world().press(world().link(request, "d", "/decline"), "decline");
  world().pass(std::chrono::minutes{15});
  for (const KeptMail& mail : world().mails) {
    if (mail.row.id == question.row.id) continue;
    EXPECT_EQ(mail.bytes.find(answered.message_id), std::string::npos) << mail.letter.subject;
  }
}

TEST_P(BadInputTest, WhatSomebodyElseWroteIsNotAnswered) {
  ask();
  world().reply(world().latest(christine_at), "forward", "mallory@evil.example");
  world().send();
  const KeptMail& question = world().latest(christine_at);
  ASSERT_EQ(question.row.kind, NoticeKind::could_not_tell);
  EXPECT_EQ(question.bytes.find("@example.org>"), std::string::npos);
}

TEST_P(BadInputTest, AStopIsConfirmedAsAnAnswer) {
  ask();
  world().reply(world().latest(christine_at), "stop");
  world().send();
  const KeptMail& confirmation = world().latest(christine_at);
  ASSERT_EQ(confirmation.row.kind, NoticeKind::stop_confirmation);
  EXPECT_NE(find_header(confirmation.letter, "In-Reply-To").find("@example.org>"), std::string::npos);
}

TEST_P(BadInputTest, PartsThatDifferWithdrawNothing) {
  ask();
  reply_in_two_parts(world().latest(alice_at), "withdraw",
                     "<p>Thank you, and please keep my request open until Friday</p>");
  EXPECT_EQ(world().only().state, State::asked);
  world().send();
  EXPECT_EQ(world().latest(alice_at).row.kind, NoticeKind::problem);
}

TEST_P(BadInputTest, WhatIsToBeMendedComesBackToBeMended) {
  write("From: " + alice_at + "\r\nCc: " + christine_at + "\r\nSubject: Gail Okafor\r\n",
        "Dear Christine, as we said.\r\n---\r\nHi, can you help me? [name]\r\n");
  const KeptMail& mail = world().latest(alice_at);
  ASSERT_EQ(mail.row.kind, NoticeKind::coach_findings);
  for (const char* words :
       {"the words Gail will see", "Dear Christine, as we said.", "can you help me? [name]"})
    EXPECT_NE(mail.letter.text.find(words), std::string::npos) << words << "\n" << mail.letter.text;
}

TERTIUS_ON_EVERY_ENGINE(BadInputTest);

}  // namespace
}  // namespace tertius::storage
