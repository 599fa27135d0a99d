// What people write beside the one clear answer: words that take it back, answers to the wrong mail, a stop
// anywhere, a new version without its form; and what forgers and late machines write.
#include <gtest/gtest.h>

#include <algorithm>

#include "broker/keyed_name.hpp"
#include "storage/introductions.hpp"
#include "storage/people.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

using namespace flow;
using namespace std::chrono_literals;

class SecondThoughtsTest : public OneWorldTest {
 protected:
  // Christine has asked for changes; Alice's mail about them.
  KeptMail wanted_changes() {
    ask();
    world().reply(world().latest(christine_at), "changes: shorter please");
    world().pass(3min);
    return world().latest(alice_at, "shorter please");
  }
  std::string write_plainly(const std::string& from, const std::string& words,
                            const std::string& headers = {}) {
    return world().write(
        from, "intro@intro.test",
        "From: <" + from + ">\r\nTo: intro@intro.test\r\n" + headers + "\r\n" + words + "\r\n");
  }
  bool is_withdrawn_by(const std::string& word) {
    ask();
    world().reply(world().latest(alice_at), word);
    return state() == State::withdrawn;
  }
  bool is_stopped(const std::string& address) {
    return find_person_by_address(db(), parse_address(address).value())->stopped;
  }
};
TERTIUS_ON_EVERY_ENGINE(SecondThoughtsTest);

TEST_P(SecondThoughtsTest, WaitTakesAHeldForwardBack) {
  ask();
  const KeptMail request = world().latest(christine_at);
  world().reply(request, "forward");
  world().reply(request, "Oh, please hold on with that one.");
  world().pass(30min);
  EXPECT_EQ(state(), State::asked);
  EXPECT_FALSE(world().has_mail(gail_at));
  EXPECT_TRUE(world().has_mail(christine_at, "(forward) is taken back"));
  world().reply(request, "forward");
  world().reply(request, "Hmm, a moment please.");
  world().pass(30min);
  EXPECT_FALSE(world().has_mail(gail_at)) << "also where she was asked already today";
}

TEST_P(SecondThoughtsTest, AForgersWordsTakeNothingBack) {
  ask();
  const KeptMail request = world().latest(christine_at);
  world().reply(request, "forward");
  world().reply(request, "Please hold on.", "mallory@else.example");
  world().pass(30min);
  EXPECT_EQ(state(), State::forwarded);
}

TEST_P(SecondThoughtsTest, ANewVersionWithoutDashesIsNoPitch) {
  const KeptMail wanted = wanted_changes();
  world().reply(wanted, "Thanks, I will rework it over the weekend.");
  world().send();
  EXPECT_EQ(state(), State::revising);
  EXPECT_TRUE(world().has_mail(alice_at, "line of three dashes"));
  EXPECT_EQ(world().reply(wanted, "Between us: we need this badly.\r\n\xE2\x80\x94\r\n" + shorter_pitch),
            "resubmitted by the requester")
      << (world().send(), world().mails.back().letter.text);
  EXPECT_EQ(state(), State::asked) << "a telephone makes one long dash of three";
  EXPECT_EQ(world().only().pitch, shorter_pitch);
  EXPECT_EQ(world().only().cover_note, "Between us: we need this badly.");
}

// She was told to copy the old text: what she did not change belongs to the new version too.
TEST_P(SecondThoughtsTest, UnchangedLinesOfANewVersionStay) {
  const KeptMail wanted = wanted_changes();
  const Introduction before = world().only();
  world().reply(wanted, before.cover_note + "\r\n---\r\n" + before.pitch + "\r\nI shall be brief.");
  EXPECT_EQ(state(), State::asked);
  EXPECT_EQ(world().only().pitch, before.pitch + "\nI shall be brief.");
  EXPECT_EQ(world().only().cover_note, before.cover_note);
}

TEST_P(SecondThoughtsTest, TheCoachReadsANewVersionToo) {
  const KeptMail wanted = wanted_changes();
  world().reply(wanted, "Here.\r\n---\r\nCall me.");
  world().send();
  EXPECT_EQ(state(), State::revising);
  EXPECT_TRUE(world().has_mail(alice_at, "has not gone out yet"));
  EXPECT_TRUE(world().has_mail(alice_at, "---\n\nCall me.")) << "with what she wrote, to copy";
}

TEST_P(SecondThoughtsTest, WithdrawIsHeard) { EXPECT_TRUE(is_withdrawn_by("Withdraw.")); }
TEST_P(SecondThoughtsTest, WithdrawIsHeardInGerman) { EXPECT_TRUE(is_withdrawn_by("zur\u00fcckziehen")); }
TEST_P(SecondThoughtsTest, WithdrawIsHeardInSpanish) { EXPECT_TRUE(is_withdrawn_by("Retirar!")); }
TEST_P(SecondThoughtsTest, WithdrawWithinASentenceIsNotHeard) {
  EXPECT_FALSE(is_withdrawn_by("I would not withdraw it."));
}

TEST_P(SecondThoughtsTest, StopIsHeardWhereverItIsWritten) {
  ask(christine_at + ", " + bob_at);
  const KeptMail first = world().latest(christine_at);
  world().reply(first, "decline");
  world().pass(3min);
  world().reply(first, "stop");
  EXPECT_TRUE(is_stopped(christine_at)) << "by a connector who is not asked any more";
  EXPECT_EQ(state(), State::asked) << "Bob is";
  write_plainly(bob_at, "stop");
  EXPECT_TRUE(is_stopped(bob_at)) << "to the plain address";
  write_plainly("mallory@else.example", "stop");
  EXPECT_FALSE(is_stopped(alice_at));
}

TEST_P(SecondThoughtsTest, ARequestThatSpeaksOfStoppingIsNoStop) {
  world().write(alice_at, "intro@intro.test",
                request_letter(christine_at, "Gail Okafor, Steady Mail",
                               "Please stop me if this is silly.\r\n" + good_body));
  EXPECT_FALSE(is_stopped(alice_at));
  EXPECT_EQ(recent_introductions(db(), 9).size(), 1u);
}

TEST_P(SecondThoughtsTest, AnEarlierConnectorsMachineMovesNothing) {
  ask(christine_at + ", " + bob_at);
  const KeptMail first = world().latest(christine_at);
  world().reply(first, "decline");
  world().pass(3min);
  const Introduction before = world().only();
  world().reply(first, "I am away.", christine_at, "Auto-Submitted: auto-replied\r\n");
  const std::string bounce =
      "From: MAILER-DAEMON@rowan.example\r\nTo: " + first.row.fields.values.at("REPLY_ADDRESS") +
      "\r\nSubject: failure notice\r\n\r\n<" + christine_at + ">: 550 5.1.1 unknown user\r\n";
  const Token token{number(first.row.id), Role::connector, TokenUse::bounce, 0};
  EXPECT_EQ(world().write("", bounce_address(world().engine.settings.links, token), bounce),
            "a bounce of an earlier connector");
  const Introduction after = world().only();
  EXPECT_EQ(after.state, State::asked);
  EXPECT_EQ(after.version, before.version);
}

TEST_P(SecondThoughtsTest, AForgedReportAtAReplyAddressDoesNothing) {
  ask();
  const KeptMail request = world().latest(christine_at);
  const std::string to = request.letter.reply_to.front().address;
  for (const std::string from : {"MAILER-DAEMON@rowan.example", "staff@hotmail.com"})
    world().write("", to,
                  "From: " + from + "\r\nTo: " + to +
                      "\r\nSubject: complaint about message from 192.0.2.1\r\n\r\n<" + christine_at +
                      ">: 550 5.1.1 unknown user\r\n");
  EXPECT_EQ(state(), State::asked);
  EXPECT_FALSE(is_stopped(christine_at));
}

TEST_P(SecondThoughtsTest, AConnectorsAnswerToAllOfALetterIsNoRequest) {
  const std::string letter = request_letter(christine_at, "Gail Okafor, Steady Mail", good_body);
  world().write(alice_at, "intro@intro.test", letter);
  const auto at = letter.find("Message-ID: ") + 12;
  const std::string id = letter.substr(at, letter.find("\r\n", at) - at);
  world().send();
  const auto mails = world().mails.size();
  write_plainly(christine_at, "Happy to!", "Subject: Re: Gail Okafor\r\nReferences: " + id + "\r\n");
  world().send();
  EXPECT_EQ(world().mails.size(), mails) << "nobody is scolded for it";
}

// s-nail answers to From, and is known by the id alone.
TEST_P(SecondThoughtsTest, AnAnswerByReferencesAloneIsItsRecipients) {
  ask();
  const std::string request = world().latest(christine_at).letter.message_id;
  const std::string answer = "Subject: Re: Gail\r\nReferences: <" + request + ">\r\n";
  write_plainly("mallory@evil.example", "forward", answer);
  world().send();
  EXPECT_FALSE(world().only().held);
  EXPECT_FALSE(world().has_mail(christine_at, "mallory"))
      << "she is not to answer for whoever has read an id";
  EXPECT_EQ(write_plainly(christine_at, "forward", answer), "forward by the connector");
}

TEST_P(SecondThoughtsTest, AnIdCannotBeGuessed) {
  ask();
  const auto& row = world().latest(christine_at).row;
  const std::string guessed = std::to_string(number(row.id)) + ".request";
  EXPECT_GE(row.message_id.find('@'), guessed.size() + 17) << row.message_id;
  EXPECT_NE(keyed_name("message-id", "7", {1, {}}), keyed_name("message-id", "7", {1, {1}}));
}

TEST_P(SecondThoughtsTest, ForgedDraftsShutNobodyOut) {
  for (int i = 0; i < 7; ++i) world().ask(christine_at);
  const auto drafts = recent_introductions(db(), 99);
  EXPECT_EQ(drafts.size(), 5u) << "and cost her no more than five mails";
  world().send();
  world().press(world().link(world().latest(alice_at, "/confirm/"), "confirm"), "confirm");
  const auto all = recent_introductions(db(), 99);
  EXPECT_EQ(std::ranges::count(all, State::asked, &Introduction::state), 1);
}

TEST_P(SecondThoughtsTest, LongerTimesMoveWhatWaits) {
  ask();
  const auto before = *earliest_deadline(db());
  for (auto& reminder : world().engine.settings.policy.connector_reminders) reminder += std::chrono::days{5};
  const auto mails = world().mails.size();
  world().pass(before - world().now + 1h);
  EXPECT_EQ(*earliest_deadline(db()), before + std::chrono::days{5});
  EXPECT_EQ(world().mails.size(), mails);
}

TEST_P(SecondThoughtsTest, TheOpenFormTellsNothingOfPeople) {
  const std::string form = world().engine.settings.links.public_url + "/ask";
  const std::string words =
      "&requester=alice%40harbour.example&connector=christine%40rowan.example&pitch="
      "I+am+Alice+Chen.+May+I+call+you+for+ten+minutes+about+Steady+Mail%3F&cover_note=Please+help."
      "&target=";
  const auto known = world().press(form, "", words + "Gail+Okafor%2C+Steady+Mail&do=send").body;
  const auto unknown = world().press(form, "", words + "Nobody+Atall%2C+Steady+Mail&do=send").body;
  EXPECT_EQ(known, unknown);
  EXPECT_NE(known.find("One more step"), std::string::npos);
  const auto checked = world().press(form, "", words + "Gail+Okafor%2C+Steady+Mail&do=check").body;
  for (const char* secret : {"Weaver", "Rowan Ventures"})
    EXPECT_EQ(checked.find(secret), std::string::npos) << secret;
  world().send();
  EXPECT_EQ(world().mails.size(), 1u) << "one mail a day, whatever is typed into the form";
  EXPECT_TRUE(world().has_mail(alice_at)) << "and it goes to the member";
}

}  // namespace
}  // namespace tertius::storage
