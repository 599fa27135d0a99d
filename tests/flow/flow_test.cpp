// The main job, end to end inside one process: letters in, mails out, links pressed, time passing; on both
// databases.
#include <gtest/gtest.h>

#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "storage/people.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

using flow::alice_at, flow::bob_at, flow::christine_at, flow::gail_at;
using namespace std::chrono_literals;

class FlowTest : public OneWorldTest {
 protected:
  void forward() {
    ask();
    world().reply(world().latest(christine_at), "forward\r\n\r\nOne of the good ones.");
    world().pass(3min);
  }
};

TEST_P(FlowTest, RequestForwardAcceptIntroduces) {
  ask();
  EXPECT_EQ(state(), State::asked);
  EXPECT_EQ(world().latest(christine_at).letter.subject,
            "Introduce Alice Chen (Harbour Ledger) to Gail Okafor (Steady Mail)?");
  world().reply(world().latest(christine_at), "forward\r\n\r\nOne of the good ones.");
  world().pass(1min);
  EXPECT_FALSE(world().has_mail(gail_at)) << "before the hold has passed";
  world().pass(2min);
  EXPECT_EQ(state(), State::forwarded);
  EXPECT_NE(world().latest(gail_at).letter.text.find("One of the good ones."), std::string::npos);
  world().press(world().link(world().latest(gail_at), "d", "/accept"), "accept");
  EXPECT_EQ(state(), State::forwarded);
  world().pass(11min);
  EXPECT_EQ(state(), State::introduced);
  for (const auto& to : {alice_at, gail_at, christine_at}) {
    const Letter& mail = world().latest(to).letter;
    ASSERT_EQ(mail.to.size(), 2u) << to;
    EXPECT_EQ(mail.to[0].address, alice_at);
    EXPECT_EQ(mail.to[1].address, gail_at);
    ASSERT_EQ(mail.cc.size(), 1u);
    EXPECT_EQ(mail.cc[0].address, christine_at);
  }
}

TEST_P(FlowTest, NobodyLearnsAnAddressBeforeTheIntroduction) {
  forward();
  world().press(world().link(world().latest(gail_at), "d", "/accept"), "accept");
  world().pass(11min);
  for (const auto& mail : world().mails) {
    if (mail.row.kind == NoticeKind::introduction) continue;
    const bool to_alice = mail.row.recipient == alice_at, to_gail = mail.row.recipient == gail_at;
    EXPECT_TRUE(to_gail || mail.bytes.find(gail_at) == std::string::npos) << mail.bytes;
    EXPECT_TRUE(to_alice || mail.bytes.find(alice_at) == std::string::npos) << mail.bytes;
  }
  EXPECT_EQ(world().mails.back().row.kind, NoticeKind::introduction);
}

TEST_P(FlowTest, DeclineEndsItAndTheTargetHearsNothing) {
  ask();
  world().reply(world().latest(christine_at), "decline\r\n\r\nNot my field.");
  world().pass(3min);
  EXPECT_EQ(state(), State::declined);
  EXPECT_FALSE(world().has_mail(gail_at));
  EXPECT_TRUE(world().has_mail(alice_at, "Not my field."));
}

TEST_P(FlowTest, SilentDeclineOnThePageLooksLikeSilence) {
  ask();
  world().press(world().link(world().latest(christine_at), "d", "/decline"), "decline", "&silent=1");
  world().pass(std::chrono::days{13});
  const auto before = world().mails.size();
  EXPECT_FALSE(world().has_mail(alice_at, "declined"));
  world().pass(std::chrono::days{2});
  EXPECT_EQ(state(), State::expired);
  EXPECT_GT(world().mails.size(), before) << "Alice is told that no answer came";
}

TEST_P(FlowTest, ChangesGoRoundAndComeBack) {
  ask();
  world().press(world().link(world().latest(christine_at), "d", "/changes"), "changes",
                "&note=Shorter+please");
  world().pass(11min);
  EXPECT_EQ(state(), State::revising);
  const auto& wanted = world().latest(alice_at, "Shorter please");
  const auto old_request = world().latest(christine_at, "/forward");
  world().reply(wanted, "Hi Christine, here it is.\r\n---\r\n" + flow::shorter_pitch);
  world().send();
  EXPECT_EQ(state(), State::asked);
  EXPECT_EQ(world().only().pitch, flow::shorter_pitch);
  world().reply(old_request, "forward");
  EXPECT_FALSE(world().only().held) << "an answer to the old wording decides nothing about the new one";
  world().reply(world().latest(christine_at, "10 minutes"), "forward");
  EXPECT_TRUE(world().only().held);
}

TEST_P(FlowTest, LaterWakesWithAReminder) {
  ask();
  world().reply(world().latest(christine_at), "later 2w");
  world().pass(3min);
  EXPECT_EQ(state(), State::snoozed);
  const auto before = world().mails.size();
  world().pass(std::chrono::days{16});
  EXPECT_EQ(state(), State::asked);
  EXPECT_GT(world().mails.size(), before);
}

TEST_P(FlowTest, RedirectOffersTheOther) {
  ask();
  world().reply(world().latest(christine_at), "try " + bob_at);
  world().pass(3min);
  EXPECT_EQ(state(), State::redirected);
  const auto& suggested = world().latest(alice_at, bob_at);
  EXPECT_EQ(suggested.letter.text.find("Christine Weaver ("), std::string::npos) << "she has been asked";
  const std::string url = world().link(suggested, "choose");
  world().press(url, "choose", "&connector=" + url.substr(url.rfind('/') + 1));
  world().send();
  EXPECT_EQ(state(), State::asked);
  EXPECT_TRUE(world().has_mail(bob_at, "/forward"));
}

TEST_P(FlowTest, TargetDeclinesWithoutAWordAndNobodyIsTold) {
  forward();
  world().reply(world().latest(gail_at), "no thanks");
  world().pass(3min);
  EXPECT_EQ(state(), State::declined_silently);
  EXPECT_FALSE(world().has_mail(alice_at, "declined"));
}

TEST_P(FlowTest, WithoutACcTheChoicesComeAndOneIsChosen) {
  ask("");
  EXPECT_EQ(state(), State::drafted);
  const auto& choices = world().latest(alice_at);
  EXPECT_NE(choices.letter.text.find("Christine Weaver"), std::string::npos);
  EXPECT_NE(choices.letter.text.find("Bob Lindqvist"), std::string::npos);
  EXPECT_EQ(choices.letter.text.find(christine_at), std::string::npos);
  const std::string url = world().link(choices, "choose");
  world().press(url, "choose", "&connector=" + url.substr(url.rfind('/') + 1));
  EXPECT_EQ(state(), State::asked);
}

TEST_P(FlowTest, SomebodyElsesReplyDecidesNothing) {
  ask();
  const auto request = world().latest(christine_at);
  world().reply(request, "forward", "mallory@evil.example");
  world().reply(request, "forward", alice_at);
  world().pass(std::chrono::hours{1});
  EXPECT_EQ(state(), State::asked);
  EXPECT_FALSE(world().has_mail(gail_at));
  EXPECT_TRUE(world().has_mail(christine_at, "mallory@evil.example"))
      << "Christine is asked whether it was her";
}

TEST_P(FlowTest, MachineMailNeverDecides) {
  ask();
  const auto request = world().latest(christine_at);
  for (const char* header :
       {"Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "List-Id: <x.example>\r\n",
        "X-Autoreply: yes\r\n", "X-Tertius-Loop: intro.test\r\n"}) {
    world().reply(request, "forward", {}, header);
    EXPECT_FALSE(world().only().held) << header;
  }
  world().pass(std::chrono::hours{1});
  EXPECT_EQ(state(), State::asked);
}

TEST_P(FlowTest, TextAndHtmlThatDifferDecideNothing) {
  ask();
  const auto& request = world().latest(christine_at);
  const std::string to = request.letter.reply_to.front().address;
  world().write(christine_at, to,
                "From: " + christine_at + "\r\nTo: " + to +
                    "\r\nMessage-ID: <two@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; "
                    "boundary=b\r\n\r\n"
                    "--b\r\nContent-Type: text/plain\r\n\r\nforward\r\n--b\r\nContent-Type: "
                    "text/html\r\n\r\n<p>Please decline this for me today</p>\r\n--b--\r\n");
  EXPECT_FALSE(world().only().held);
}

TEST_P(FlowTest, TheSameLetterTwiceActsOnce) {
  const std::string letter =
      tertius::flow::request_letter(christine_at, "Gail Okafor", tertius::flow::good_body);
  world().write(alice_at, "intro@intro.test", letter);
  const std::string before = world().dump();
  world().write(alice_at, "intro@intro.test", letter);
  EXPECT_EQ(world().dump(), before);
  world().write(alice_at, "intro@intro.test", "Received: from another hop\r\n" + letter);
  EXPECT_EQ(storage::recent_introductions(db(), 10).size(), 1u);
}

TEST_P(FlowTest, OpeningLinksChangesNothing) {
  ask();
  const auto& request = world().latest(christine_at);
  const std::string before = world().dump();
  for (const char* method : {"GET", "HEAD", "OPTIONS"}) {
    for (const char* action : {"/forward", "/decline", "/changes"})
      EXPECT_EQ(world().open(world().link(request, "d", action), method).status, 200);
    EXPECT_EQ(world().open(world().link(request, "stop"), method).status, 200);
  }
  EXPECT_EQ(world().dump(), before);
}

TEST_P(FlowTest, TwoPressedAnswersCancelEachOther) {
  ask();
  const auto request = world().latest(christine_at);
  world().press(world().link(request, "d", "/forward"), "forward");
  world().press(world().link(request, "d", "/decline"), "decline");
  world().pass(std::chrono::hours{1});
  EXPECT_EQ(state(), State::asked);
  EXPECT_TRUE(world().only().connector_must_press);
  EXPECT_FALSE(world().has_mail(gail_at));
  EXPECT_TRUE(world().has_mail(christine_at, "contradict"));
}

// Whatever presses every button of a mail is mailed buttons by that.
TEST_P(FlowTest, AContradictionWithoutEndIsToldThriceADay) {
  ask();
  const auto request = world().latest(christine_at);
  const auto count = [&] { return db().rows("SELECT id FROM outbox WHERE kind = 'conflict'").size(); };
  for (int i = 0; i < 10; ++i) {
    world().press(world().link(request, "d", "/forward"), "forward");
    world().press(world().link(request, "d", "/decline"), "decline");
  }
  EXPECT_FALSE(world().only().held);
  EXPECT_EQ(count(), 3U);
  world().pass(std::chrono::hours{25});
  world().press(world().link(request, "d", "/forward"), "forward");
  world().press(world().link(request, "d", "/decline"), "decline");
  EXPECT_EQ(count(), 4U);
}

TEST_P(FlowTest, UndoAndSendNowOnThePage) {
  ask();
  const auto request = world().latest(christine_at);
  world().press(world().link(request, "d", "/forward"), "forward");
  world().send();
  world().press(world().link(world().latest(christine_at), "undo"), "undo");
  world().pass(std::chrono::hours{1});
  EXPECT_EQ(state(), State::asked);
  world().press(world().link(request, "d", "/forward"), "forward");
  world().press(world().link(world().latest(christine_at, "/now/"), "now"), "now");
  EXPECT_EQ(state(), State::forwarded);
}

TEST_P(FlowTest, BounceOfTheOnlyConnectorIsTold) {
  ask();
  const auto& request = world().latest(christine_at);
  const Token token{number(request.row.id), Role::connector, TokenUse::bounce, 0};
  const std::string verp = bounce_address(world().engine.settings.links, token);
  world().write("", verp,
                "From: MAILER-DAEMON@rowan.example\r\nTo: " + verp +
                    "\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; "
                    "report-type=delivery-status; boundary=b\r\n\r\n"
                    "--b\r\nContent-Type: text/plain\r\n\r\nno such user\r\n--b\r\nContent-Type: "
                    "message/delivery-status\r\n\r\nReporting-MTA: dns; rowan.example\r\n\r\n"
                    "Final-Recipient: rfc822; " +
                    christine_at + "\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n");
  world().pass(1min);
  EXPECT_EQ(state(), State::expired);
  EXPECT_TRUE(storage::is_suppressed(db(), christine_at));
  EXPECT_TRUE(world().has_mail(alice_at, "could not be delivered"));
}

TEST_P(FlowTest, RelayTroubleLosesAndDoublesNothing) {
  int tries = 0;
  world().relay = [&](const auto&) {
    DeliveryResult result;
    result.delivery = ++tries % 3 == 0 ? Delivery::sent : Delivery::deferred;
    return result;
  };
  world().ask(christine_at);
  world().pass(std::chrono::hours{2});
  world().press(world().link(world().latest(alice_at, "/confirm/"), "confirm"), "confirm");
  world().pass(std::chrono::hours{12});
  int requests = 0;
  for (const auto& mail : world().mails) requests += mail.row.kind == NoticeKind::request;
  EXPECT_EQ(requests, 1);
}

TEST_P(FlowTest, BadInputGetsOneClearAnswer) {
  const auto answer = [&](const std::string& from, const std::string& subject, const std::string& body) {
    const auto before = world().mails.size();
    world().write(from, "intro@intro.test",
                  "From: " + from + "\r\nTo: intro@intro.test\r\nSubject: " + subject + "\r\nMessage-ID: <" +
                      std::to_string(before) + subject.substr(0, 3) + "@x>\r\n\r\n" + body);
    world().send();
    EXPECT_EQ(world().mails.size(), before + 1) << subject;
    return world().mails.size() > before ? world().mails.back().letter.text : std::string();
  };
  EXPECT_NE(answer("stranger@else.example", "Gail Okafor, Steady Mail", tertius::flow::good_body)
                .find("not a member"),
            std::string::npos);
  EXPECT_NE(answer(alice_at, "Nobody Inparticular, Nowhere", tertius::flow::good_body).find("Nobody called"),
            std::string::npos);
  EXPECT_NE(answer(alice_at, "Gail Okafor", "no dashes here").find("dashes"), std::string::npos);
  EXPECT_NE(answer(alice_at, "Gail Okafor", "Hi\n---\nHi, can you help me? [name]").find("need"),
            std::string::npos);
  EXPECT_TRUE(storage::recent_introductions(db(), 10).empty());
}

TEST_P(FlowTest, AmbiguousNamesAreListed) {
  Person other;
  other.id = PersonId{5};
  other.name = "Gail Okafor";
  other.organisation = "Harbour Post";
  other.address = parse_address("gail@post.example").value();
  storage::add_person(db(), other);
  // Whom nobody here could introduce is not listed, since that would tell who is known.
  const auto christine = storage::find_person_by_address(db(), parse_address(christine_at).value());
  storage::put_tie(db(),
                   {christine->id, other.id, TieSource::mail, 0.5, std::nullopt, "wrote to each other"});
  world().ask(christine_at, "Gail Okafor");
  world().send();
  EXPECT_TRUE(world().has_mail(alice_at, "Gail Okafor (Steady Mail)"));
  EXPECT_TRUE(world().has_mail(alice_at, "Gail Okafor (Harbour Post)"));
  EXPECT_FALSE(world().has_mail(alice_at, "gail@post.example")) << "an address is shown to nobody";
}

TEST_P(FlowTest, AStrangerIsAnsweredOnceADay) {
  for (int i = 0; i < 3; ++i) {
    world().write("s@else.example", "intro@intro.test",
                  "From: s@else.example\r\nSubject: x\r\nMessage-ID: <s" + std::to_string(i) +
                      "@x>\r\n\r\nhello " + std::to_string(i));
  }
  world().send();
  EXPECT_EQ(world().mails.size(), 1u);
}

TERTIUS_ON_EVERY_ENGINE(FlowTest);

}  // namespace
}  // namespace tertius::storage
