// What webhooks are told of the main job, and when: each person's what that person sees, the operator's all.
#include "daemon/webhook_retries.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "daemon/erase.hpp"
#include "storage/audit.hpp"
#include "storage/people.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

namespace json = boost::json;
using flow::alice_at, flow::bob_at, flow::christine_at, flow::gail_at;
using namespace std::chrono_literals;
using Told = std::vector<std::string>;

class ToldTest : public OneWorldTest {
 protected:
  void SetUp() override {
    OneWorldTest::SetUp();
    if (IsSkipped()) return;
    std::int64_t id = 0;
    for (const auto& address : {alice_at, christine_at, gail_at, bob_at}) listen(++id, id_of(address));
    listen(5, std::nullopt);
  }
  PersonId id_of(const std::string& address) {
    return find_person_by_address(db(), parse_address(address).value())->id;
  }
  void listen(std::int64_t id, std::optional<PersonId> person) {
    add_webhook(db(), {.id = WebhookId{id},
                       .person = person,
                       .url = "https://hooks.example/",
                       .secret = "whsec_c2VjcmV0",
                       .created_at = world().now});
  }
  std::vector<Delivery> deliveries(std::int64_t hook) {
    auto out = recent_deliveries(db(), WebhookId{hook}, 100);
    std::ranges::reverse(out);
    return out;
  }
  // The states that it was told, in order, as they stand in the bodies.
  Told told(std::int64_t hook) {
    Told out;
    for (const Delivery& one : deliveries(hook)) {
      const auto state = json::parse(one.body).at("data").at("state").as_string();
      EXPECT_EQ(std::string(state), one.shown_state);
      out.emplace_back(state);
    }
    return out;
  }
  json::object newest(std::int64_t hook) {
    return json::parse(deliveries(hook).back().body).at("data").as_object();
  }
  void decline_silently(const std::string& who) {
    world().press(world().link(world().latest(who), "d", "/decline"), "decline", "&silent=1");
  }
  void forward() {
    world().reply(world().latest(christine_at, "/forward"), "forward");
    world().pass(3min);
  }
  static constexpr std::int64_t alices = 1, christines = 2, gails = 3, bobs = 4, operators = 5;
};
TERTIUS_ON_EVERY_ENGINE(ToldTest);

TEST_P(ToldTest, EachIsToldWhatTheyHaveAPartIn) {
  ask();
  EXPECT_EQ(told(alices), (Told{"drafted", "asked"}));
  EXPECT_EQ(told(christines), (Told{"asked"}));
  EXPECT_EQ(told(gails), Told{}) << "Gail hears nothing before it is forwarded";
  forward();
  EXPECT_EQ(told(gails), (Told{"forwarded"}));
  world().reply(world().latest(gail_at), "yes");
  world().pass(3min);
  EXPECT_EQ(told(alices), (Told{"drafted", "asked", "forwarded", "introduced"}));
  EXPECT_EQ(told(christines), (Told{"asked", "forwarded", "introduced"}));
  EXPECT_EQ(told(gails), (Told{"forwarded", "introduced"}));
  EXPECT_EQ(told(bobs), Told{}) << "he has no part in it";
}

TEST_P(ToldTest, TheOperatorIsToldOfAnswersThatAreHeldToo) {
  ask();
  world().reply(world().latest(christine_at, "/forward"), "forward");
  EXPECT_EQ(told(christines), (Told{"asked"}));
  EXPECT_EQ(told(operators), (Told{"drafted", "asked", "asked"}));
  EXPECT_EQ(newest(operators).at("held").at("decision"), "forward");
  EXPECT_EQ(std::string(newest(operators).at("requester").at("address").as_string()), alice_at);
  world().pass(3min);
  EXPECT_EQ(told(operators).back(), "forwarded");
}

TEST_P(ToldTest, TheBodyIsWhatThatPersonSeesAndNoAddressBeforeTheIntroduction) {
  ask();
  forward();
  for (const auto hook : {alices, christines, gails})
    for (const Delivery& one : deliveries(hook)) {
      EXPECT_EQ(one.body.find(gail_at), one.body.npos) << one.body;
      EXPECT_EQ(one.body.find(alice_at), one.body.npos) << one.body;
    }
  EXPECT_EQ(newest(alices).at("role"), "requester");
  EXPECT_EQ(newest(christines).at("role"), "connector");
  EXPECT_EQ(newest(gails).at("role"), "target");
  EXPECT_FALSE(newest(gails).contains("cover_note")) << "that was for Christine";
  EXPECT_EQ(json::parse(deliveries(gails).back().body).at("type"), "introduction.changed");
}

TEST_P(ToldTest, AConnectorsSilentNoTellsTheRequesterNothing) {
  ask();
  const Told before = told(alices);
  decline_silently(christine_at);
  world().pass(1h);
  ASSERT_EQ(state(), State::declined_silently);
  EXPECT_EQ(told(alices), before);
  EXPECT_EQ(told(gails), Told{});
  EXPECT_EQ(told(christines).back(), "declined") << "she knows it";
  EXPECT_EQ(told(operators).back(), "declined_silently");
}

TEST_P(ToldTest, ATargetsSilentNoTellsNeitherRequesterNorConnector) {
  ask();
  forward();
  const Told requester = told(alices), connector = told(christines);
  decline_silently(gail_at);
  world().pass(1h);
  ASSERT_EQ(state(), State::declined_silently);
  EXPECT_EQ(told(alices), requester);
  EXPECT_EQ(told(christines), connector);
  EXPECT_EQ(told(gails).back(), "declined");
}

// What is told after a silent no is what is told where nobody answers, at the same time.
TEST_P(ToldTest, TheEndOfASilentNoLooksLikeNoAnswer) {
  ask();
  decline_silently(christine_at);
  world().pass(std::chrono::days{20});
  EXPECT_EQ(told(alices), (Told{"drafted", "asked", "expired"}));
}

TEST_P(ToldTest, ASnoozeIsTheConnectorsOwnAffair) {
  ask();
  world().reply(world().latest(christine_at, "/forward"), "later 1w");
  world().pass(1h);
  ASSERT_EQ(state(), State::snoozed);
  EXPECT_EQ(told(alices), (Told{"drafted", "asked"}));
  EXPECT_EQ(told(christines), (Told{"asked", "snoozed"}));
}

TEST_P(ToldTest, WhatIsRolledBackWasNeverTold) {
  {
    Transaction transaction(db());
    const auto applied = daemon::apply(world().engine, IntroductionId{1}, Withdrawn{});
    EXPECT_TRUE(std::holds_alternative<Refusal>(applied));
  }
  world().ask(christine_at);
  const auto before = told(alices).size();
  {
    Transaction transaction(db());
    daemon::apply(world().engine, world().only().id, Withdrawn{});
    EXPECT_EQ(told(alices).back(), "withdrawn");
  }
  EXPECT_EQ(told(alices).size(), before);
}

TEST_P(ToldTest, WhoeverIsErasedIsNotNamedInWhatStillWaits) {
  ask();
  ASSERT_NE(deliveries(christines).back().body.find("Alice Chen"), std::string::npos);
  Transaction transaction(db());
  daemon::erase_person(world().engine, id_of(alice_at), storage::by_operator);
  transaction.commit();
  for (const auto hook : {christines, operators})
    for (const Delivery& one : deliveries(hook)) {
      EXPECT_EQ(one.shown_state, "withdrawn");
      EXPECT_EQ(one.body.find("\"Alice Chen\""), one.body.npos) << one.body;
      EXPECT_EQ(one.body.find(alice_at), one.body.npos) << one.body;
    }
  EXPECT_TRUE(deliveries(alices).empty());
}

// ---- what becomes of it ----

class SettledTest : public ToldTest {
 protected:
  void SetUp() override {
    ToldTest::SetUp();
    if (!IsSkipped()) world().ask(christine_at);
  }
  // Claims for the hook what is due and says what its server answers; false where nothing is due.
  bool answer(std::int64_t hook, int status, std::chrono::seconds retry_after = 0s) {
    Transaction transaction(db());
    bool found = false;
    for (const auto& one : claim_deliveries(db(), world().now, 60s, 10)) {
      const bool is_this = one.hook.id == WebhookId{hook};
      found = found || is_this;
      daemon::settle_webhook(world().engine, one,
                             {is_this ? status : 200, "HTTP/1.1 " + std::to_string(status), retry_after});
    }
    transaction.commit();
    return found;
  }
  Webhook hook(std::int64_t id) { return find_webhook(db(), WebhookId{id}).value(); }
};
TERTIUS_ON_EVERY_ENGINE(SettledTest);

TEST_P(SettledTest, AnyTwoHundredTakesIt) {
  EXPECT_TRUE(answer(alices, 202));
  EXPECT_TRUE(deliveries(alices).at(0).taken);
  EXPECT_FALSE(answer(alices, 202)) << "nothing is left";
}

TEST_P(SettledTest, FailuresAreTriedAgainByTheSpecificationsScheduleThenGivenUp) {
  const std::chrono::seconds waits[] = {5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
  EXPECT_TRUE(answer(alices, 500));
  for (const auto wait : waits) {
    world().now += wait - 1s;
    EXPECT_FALSE(answer(alices, 500)) << wait.count();
    world().now += 1s;
    EXPECT_TRUE(answer(alices, 500)) << wait.count();
  }
  const Delivery given_up = deliveries(alices).at(0);
  EXPECT_EQ(given_up.attempts, 10);
  EXPECT_TRUE(given_up.settled_at);
  EXPECT_FALSE(given_up.taken);
  EXPECT_FALSE(hook(alices).disabled_at) << "three days are no five";
}

// RFC 9110 10.2.3.
TEST_P(SettledTest, AServerThatAsksForTimeGetsItButNeverMoreThanADay) {
  EXPECT_TRUE(answer(alices, 503, 1h));
  world().now += 1h - 1s;
  EXPECT_FALSE(answer(alices, 503));
  world().now += 1s;
  EXPECT_TRUE(answer(alices, 429, 1s));
  world().now += 5min - 1s;
  EXPECT_FALSE(answer(alices, 503)) << "it is asked no sooner than anybody";
  world().now += 1s;
  EXPECT_TRUE(answer(alices, 503, 24h * 365));
  world().now += 24h;
  EXPECT_TRUE(answer(alices, 200));
}

TEST_P(SettledTest, TurnedOnAgainItIsToldOfWhatChangesFromThenOn) {
  EXPECT_TRUE(answer(alices, 410));
  EXPECT_TRUE(enable_webhook(db(), WebhookId{alices}));
  EXPECT_FALSE(enable_webhook(db(), WebhookId{alices})) << "it is on";
  EXPECT_FALSE(hook(alices).failing_since) << "the five days begin anew";
  world().send();
  world().press(world().link(world().latest(alice_at), "confirm"), "confirm");
  EXPECT_TRUE(answer(alices, 200));
  EXPECT_TRUE(deliveries(alices).back().taken);
}

TEST_P(SettledTest, RedirectsAndWhatGetsNoReplyAreFailures) {
  for (const int status : {301, 307, 404, 0}) {
    EXPECT_TRUE(answer(alices, status)) << status;
    EXPECT_FALSE(deliveries(alices).at(0).settled_at) << status;
    world().now += 24h;
  }
}

TEST_P(SettledTest, FourHundredTenTurnsItOffAtOnce) {
  EXPECT_TRUE(answer(alices, 410));
  EXPECT_TRUE(hook(alices).disabled_at);
  EXPECT_NE(hook(alices).disabled_why.find("gone"), std::string::npos);
  world().send();
  world().press(world().link(world().latest(alice_at), "confirm"), "confirm");
  EXPECT_EQ(deliveries(alices).size(), 1u) << "it is told nothing more";
}

TEST_P(SettledTest, FiveDaysOfNothingButFailuresTurnItOff) {
  Delivery second = deliveries(alices).at(0);
  second.id = DeliveryId{world().engine.settings.ids()};
  queue_delivery(db(), second);
  const Time begun = world().now;
  Time last = begun;
  for (; !hook(alices).disabled_at; world().now += 10min) {
    if (answer(alices, 500)) last = world().now;
    ASSERT_LT(world().now, begun + 7 * 24h);
  }
  EXPECT_GE(last, begun + 5 * 24h);
  EXPECT_EQ(count_waiting(db(), WebhookId{alices}), 0);
  EXPECT_FALSE(hook(operators).disabled_at);
}

TEST_P(SettledTest, TheOperatorHearsByMailOfTheirOwnAndAMemberOnThePage) {
  world().engine.settings.operator_address = parse_address(bob_at).value();
  answer(alices, 410);
  world().send();
  EXPECT_FALSE(world().has_mail(bob_at, "webhook"));
  world().press(world().link(world().latest(alice_at), "confirm"), "confirm");
  EXPECT_TRUE(answer(operators, 410));
  world().send();
  EXPECT_TRUE(world().has_mail(bob_at, "A webhook was turned off"));
  EXPECT_TRUE(world().has_mail(bob_at, "https://hooks.example/"));
}

}  // namespace
}  // namespace tertius::storage
