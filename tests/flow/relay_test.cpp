// Nobody knows both Alice and Gail: Christine knows Dora, who knows Gail. Each of the two is asked in turn,
// in one introduction, and Gail after them.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/flow/long_way.hpp"

namespace tertius::storage {
namespace {

using flow::alice_at, flow::bob_at, flow::christine_at, flow::gail_at;
using namespace std::chrono_literals;

class RelayFlowTest : public LongWayTest {};
TERTIUS_ON_EVERY_ENGINE(RelayFlowTest);

// ---- all agree ----

TEST_P(RelayFlowTest, TwoAgreeAndThenTheTarget) {
  ask_on_the_long_way();
  const flow::KeptMail first = world().latest(christine_at, "/forward");
  EXPECT_EQ(first.letter.subject,
            "Introduce Alice Chen (Harbour Ledger) to Gail Okafor (Steady Mail), through Dora Quarry?");
  EXPECT_NE(first.letter.text.find("will you pass a short note on to Dora Quarry, who knows"),
            std::string::npos)
      << first.letter.text;
  EXPECT_TRUE(world().has_mail(alice_at, "Two people have to agree"));
  answer(christine_at, "forward\r\n\r\nAlice keeps her word; I would listen.");
  EXPECT_EQ(state(), State::asked);
  EXPECT_EQ(asked(), who(dora_at));
  EXPECT_FALSE(has_heard(gail_at));

  const flow::KeptMail second = world().latest(dora_at);
  EXPECT_EQ(second.letter.subject, "Introduce Alice Chen (Harbour Ledger) to Gail Okafor (Steady Mail)?");
  EXPECT_EQ(second.letter.from.front().name, "Christine Weaver via Rowan Alumni");
  EXPECT_NE(second.letter.text.find("Christine Weaver vouches for Alice Chen"), std::string::npos)
      << second.letter.text;
  EXPECT_NE(second.letter.text.find("Alice keeps her word; I would listen."), std::string::npos);
  EXPECT_EQ(second.letter.text.find("we met at your office"), std::string::npos)
      << "Alice's private words to Christine";
  EXPECT_TRUE(world().has_mail(alice_at, "Christine Weaver agreed, and passed it on."));
  answer(dora_at, "forward\r\n\r\nWorth your while.");
  EXPECT_EQ(state(), State::forwarded);

  const flow::KeptMail third = world().latest(gail_at);
  EXPECT_NE(third.letter.text.find("Dora Quarry thought you two should talk"), std::string::npos);
  EXPECT_NE(third.letter.text.find("Worth your while."), std::string::npos);
  EXPECT_EQ(third.letter.text.find("Christine"), std::string::npos) << "who passed it on to Dora";
  EXPECT_EQ(third.letter.text.find("keeps her word"), std::string::npos) << "words to Dora";
  world().press(world().link(third, "d", "/accept"), "accept");
  world().pass(11min);
  EXPECT_EQ(state(), State::introduced);
  for (const auto& to : {alice_at, gail_at, dora_at}) {
    const Letter& mail = world().latest(to).letter;
    ASSERT_EQ(mail.to.size(), 2u) << to;
    ASSERT_EQ(mail.cc.size(), 1u);
    EXPECT_EQ(mail.cc[0].address, dora_at);
  }
  EXPECT_EQ(recent_introductions(db(), 10).size(), 1u);
}

TEST_P(RelayFlowTest, BothAreThanked) {
  ask_dora();
  answer(dora_at, "forward");
  world().press(world().link(world().latest(gail_at), "d", "/accept"), "accept");
  world().pass(std::chrono::days{10});
  world().reply(world().latest(alice_at), "yes");
  world().send();
  EXPECT_EQ(state(), State::closed);
  for (const auto& to : {christine_at, dora_at})
    EXPECT_EQ(world().latest(to).row.kind, NoticeKind::thanks) << to;
}

TEST_P(RelayFlowTest, OnePageShowsTheMailThatGoesToTheNext) {
  ask_on_the_long_way();
  const auto page = world().open(world().link(world().latest(christine_at, "/forward"), "d", "/forward"));
  EXPECT_NE(page.body.find("note to Dora Quarry (Stonework)?"), std::string::npos) << page.body;
  EXPECT_NE(page.body.find("Christine Weaver vouches for Alice Chen"), std::string::npos) << page.body;
}

// ---- no, silence, bounces ----

TEST_P(RelayFlowTest, ANoOfTheFirstEndsItAndNobodyElseHears) {
  ask_on_the_long_way();
  answer(christine_at, "decline");
  EXPECT_EQ(state(), State::declined);
  EXPECT_FALSE(has_heard(dora_at));
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, ANoOfTheSecondIsToldAndTheTargetHearsNothing) {
  ask_dora();
  answer(dora_at, "decline\r\n\r\nNot my field.");
  EXPECT_EQ(state(), State::declined);
  EXPECT_TRUE(world().has_mail(alice_at, "Not my field."));
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, ASilentNoAtEitherHopLooksLikeSilence) {
  ask_dora();
  world().press(world().link(world().latest(dora_at), "d", "/decline"), "decline", "&silent=1");
  world().pass(std::chrono::days{13});
  EXPECT_EQ(state(), State::declined_silently);
  const auto before = world().mails.size();
  world().pass(std::chrono::days{2});
  EXPECT_EQ(state(), State::expired);
  EXPECT_EQ(world().mails.size(), before + 1);
  EXPECT_TRUE(world().has_mail(alice_at, "No answer came in time."));
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, EachIsRemindedAndHasTheirOwnTime) {
  ask_on_the_long_way();
  world().pass(std::chrono::days{8});
  const auto reminders = [&](const std::string& to) {
    return std::ranges::count_if(world().mails, [&](const flow::KeptMail& mail) {
      return mail.row.recipient == to && mail.row.kind == NoticeKind::reminder;
    });
  };
  EXPECT_EQ(reminders(christine_at), 2);
  answer(christine_at, "forward\r\n\r\nI would listen.");
  EXPECT_EQ(asked(), who(dora_at));
  world().pass(std::chrono::days{8});
  EXPECT_EQ(reminders(dora_at), 2);
  EXPECT_EQ(reminders(christine_at), 2);
  EXPECT_NE(world().latest(dora_at).letter.text.find("I would listen."), std::string::npos);
  world().pass(std::chrono::days{7});
  EXPECT_EQ(state(), State::expired);
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, ABounceOfTheSecondEndsItAndTellsNobodysAddress) {
  world().relay = [](const flow::KeptMail& mail) {
    DeliveryResult result;
    result.delivery = mail.row.recipient == dora_at ? Delivery::bounced : Delivery::sent;
    result.text = "550 5.1.1 <" + dora_at + ">: Recipient address rejected";
    result.address_is_dead = result.delivery == Delivery::bounced;
    return result;
  };
  ask_dora();
  EXPECT_EQ(state(), State::expired);
  EXPECT_TRUE(world().has_mail(alice_at, "could not be delivered"));
  for (const auto& mail : world().mails) EXPECT_EQ(all_of(mail).find(dora_at), std::string::npos);
}

TEST_P(RelayFlowTest, ALateBounceOfTheFirstMovesNothing) {
  ask_on_the_long_way();
  const flow::KeptMail request = world().latest(christine_at, "/forward");
  answer(christine_at, "forward");
  world().reply(request, "I am away until 1 April.", christine_at, "Auto-Submitted: auto-replied\r\n");
  EXPECT_FALSE(world().only().paused_until);
  EXPECT_EQ(asked(), who(dora_at));
}

// ---- second thoughts ----

TEST_P(RelayFlowTest, EachCanTakeItBackDuringTheHold) {
  ask_on_the_long_way();
  world().press(world().link(world().latest(christine_at, "/forward"), "d", "/forward"), "forward");
  world().pass(1min);
  world().press(world().link(world().latest(christine_at, "/undo/"), "undo"), "undo");
  world().pass(1h);
  EXPECT_FALSE(has_heard(dora_at));
  answer(christine_at, "forward");
  world().press(world().link(world().latest(dora_at, "/forward"), "d", "/forward"), "forward");
  world().pass(1min);
  world().press(world().link(world().latest(dora_at, "/undo/"), "undo"), "undo");
  world().pass(1h);
  EXPECT_EQ(state(), State::asked);
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, TheFirstsOldLinksAndMailsDecideNothing) {
  ask_on_the_long_way();
  const flow::KeptMail request = world().latest(christine_at, "/forward");
  world().press(world().link(request, "d", "/forward"), "forward");
  world().pass(1min);
  const std::string undo = world().link(world().latest(christine_at, "/undo/"), "undo");
  world().pass(11min);
  EXPECT_EQ(asked(), who(dora_at));
  const auto before = world().only();
  for (const char* action : {"/forward", "/decline", "/changes"}) {
    const std::string link = world().link(request, "d", action);
    EXPECT_NE(world().open(link).body.find("You passed this on"), std::string::npos);
    world().press(link, std::string(action).substr(1), "&note=words");
  }
  EXPECT_NE(world().open(undo).body.find("You passed this on"), std::string::npos);
  world().press(undo, "undo");
  world().reply(request, "decline");
  world().pass(1h);
  EXPECT_EQ(world().only().version, before.version);
  EXPECT_FALSE(world().only().held);
}

TEST_P(RelayFlowTest, AStopOfEitherIsASilentNo) {
  ask_on_the_long_way();
  answer(christine_at, "stop");
  EXPECT_EQ(state(), State::declined_silently);
  EXPECT_FALSE(has_heard(dora_at));
}

TEST_P(RelayFlowTest, AStopOfTheSecondIsASilentNoAndOneOfTheFirstAfterwardsMovesNothing) {
  ask_dora();
  world().reply(world().latest(christine_at, "/forward"), "stop");
  world().send();
  EXPECT_TRUE(load_person(db(), who(christine_at)).stopped);
  EXPECT_EQ(state(), State::asked);
  answer(dora_at, "stop");
  EXPECT_EQ(state(), State::declined_silently);
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, WithdrawnInBetweenItIsOverForAll) {
  ask_dora();
  world().reply(world().latest(alice_at), "withdraw");
  world().send();
  EXPECT_EQ(state(), State::withdrawn);
  answer(dora_at, "forward");
  EXPECT_EQ(state(), State::withdrawn);
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, WhoStoppedBeforeTheirTurnIsNotAskedAndTheRequesterIsTold) {
  ask_on_the_long_way();
  Transaction transaction(db());
  daemon::stop_person(world().engine, who(dora_at));
  transaction.commit();
  answer(christine_at, "forward");
  EXPECT_EQ(state(), State::expired);
  EXPECT_TRUE(world().has_mail(alice_at, "whom they know cannot be asked just now"));
}

TEST_P(RelayFlowTest, ANewVersionGoesToTheSecondAloneAndKeepsTheFirstsWords) {
  ask_dora();
  world().press(world().link(world().latest(dora_at, "/changes"), "d", "/changes"), "changes",
                "&note=Shorter+please");
  world().pass(11min);
  EXPECT_EQ(state(), State::revising);
  const flow::KeptMail wanted = world().latest(alice_at, "Shorter please");
  EXPECT_EQ(wanted.letter.text.find("we met at your office"), std::string::npos)
      << "her words to Christine, to be sent to somebody else";
  const auto to_christine = std::ranges::count(world().mails, christine_at,
                                               [](const flow::KeptMail& mail) { return mail.row.recipient; });
  world().reply(wanted, "Dear colleague, here it is.\r\n---\r\n" + flow::shorter_pitch);
  world().send();
  EXPECT_EQ(state(), State::asked);
  EXPECT_EQ(asked(), who(dora_at));
  const std::string text = world().latest(dora_at).letter.text;
  EXPECT_NE(text.find("Dear colleague, here it is."), std::string::npos) << text;
  EXPECT_NE(text.find("I would listen."), std::string::npos) << text;
  EXPECT_EQ(std::ranges::count(world().mails, christine_at,
                               [](const flow::KeptMail& mail) { return mail.row.recipient; }),
            to_christine);
  answer(dora_at, "forward");
  EXPECT_EQ(state(), State::forwarded);
}

}  // namespace
}  // namespace tertius::storage
