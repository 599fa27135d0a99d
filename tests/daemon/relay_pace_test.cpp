#include "daemon/relay_pace.hpp"

#include <gtest/gtest.h>

namespace tertius::daemon {
namespace {

using namespace std::chrono_literals;

constexpr Time noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9} + 12h};

DeliveryResult refused() {
  DeliveryResult result;
  result.delivery = Delivery::unharmed;
  result.login_refused = true;
  return result;
}

DeliveryResult result_of(Delivery delivery) {
  DeliveryResult result;
  result.delivery = delivery;
  return result;
}

TEST(RelayPaceTest, WithoutRatesEverybodyGoesAtOnce) {
  RelayPace pace{{}};
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(pace.turn_of({NoticeId{i}, "example.org"}, noon), noon);
}

TEST(RelayPaceTest, NoMinuteHasMoreThanItsRate) {
  RelayPace pace{{.per_minute = 90, .per_minute_and_domain = 0}};
  std::map<Time, int> of_minute;
  for (int i = 0; i < 900; ++i) {
    const Time turn = pace.turn_of({NoticeId{i}, std::to_string(i) + ".example"}, noon);
    ++of_minute[std::chrono::floor<std::chrono::minutes>(turn)];
  }
  EXPECT_EQ(of_minute.size(), 10U);
  for (const auto& [minute, count] : of_minute) EXPECT_NEAR(count, 90, 1) << "turns are whole seconds";
}

TEST(RelayPaceTest, ABusyDomainKeepsNoOtherWaiting) {
  for (const int per_minute : {0, 6000}) {
    RelayPace pace{{.per_minute = per_minute, .per_minute_and_domain = 60}};
    for (int i = 0; i < 60; ++i) EXPECT_EQ(pace.turn_of({NoticeId{i}, "busy.example"}, noon), noon + i * 1s);
    EXPECT_EQ(pace.turn_of({NoticeId{1000}, "quiet.example"}, noon), noon) << per_minute;
  }
}

TEST(RelayPaceTest, AnAnswerGoesAtOnceAndIsCounted) {
  RelayPace pace{{.per_minute = 60, .per_minute_and_domain = 0}};
  for (int i = 0; i < 10; ++i) EXPECT_EQ(pace.turn_of({NoticeId{i}, "a.example", true}, noon), noon);
  EXPECT_EQ(pace.turn_of({NoticeId{10}, "a.example"}, noon), noon + 10s);
}

TEST(RelayPaceTest, TurnsThatWereMissedAreTakenAnewOneAfterTheOther) {
  RelayPace pace{{.per_minute = 60, .per_minute_and_domain = 0}};
  for (int i = 0; i < 600; ++i) pace.turn_of({NoticeId{i}, "a.example"}, noon);
  const Time later = noon + 1h;
  std::map<Time, int> of_second;
  for (int i = 0; i < 600; ++i) ++of_second[pace.turn_of({NoticeId{i}, "a.example"}, later)];
  EXPECT_EQ(of_second.size(), 600U);
}

TEST(RelayPaceTest, TheEarliestKeptTurnIsKnownAndOneThatNobodyComesForIsForgotten) {
  RelayPace pace{{.per_minute = 60, .per_minute_and_domain = 0}};
  EXPECT_FALSE(pace.next_turn(noon));
  for (int i = 0; i < 3; ++i) pace.turn_of({NoticeId{i}, "a.example"}, noon);
  EXPECT_EQ(pace.next_turn(noon), noon + 1s);
  pace.turn_of({NoticeId{1}, "a.example"}, noon + 1s);
  EXPECT_EQ(pace.next_turn(noon + 1s), noon + 2s);
  EXPECT_FALSE(pace.next_turn(noon + 13s));
}

TEST(RelayPaceTest, ARefusalOfTheOldPasswordBeginsNoPauseForTheNewOne) {
  RelayPace pace{{}};
  const int old = pace.epoch();
  EXPECT_TRUE(pace.take(refused(), noon, old));
  pace.forgive();
  EXPECT_FALSE(pace.take(refused(), noon, old));
  EXPECT_FALSE(pace.paused_until(noon));
  EXPECT_TRUE(pace.take(refused(), noon, pace.epoch()));
}

TEST(RelayPaceTest, WhatWasKeptBackGoesWhenItsTurnComesAndTakesNoSecondOne) {
  RelayPace pace{{.per_minute = 60, .per_minute_and_domain = 0}};
  pace.turn_of({NoticeId{1}, "a.example"}, noon);
  const Time turn = pace.turn_of({NoticeId{2}, "a.example"}, noon);
  ASSERT_EQ(turn, noon + 1s);
  for (int i = 3; i < 100; ++i) pace.turn_of({NoticeId{i}, "a.example"}, noon);
  EXPECT_EQ(pace.turn_of({NoticeId{2}, "a.example"}, turn), turn);
}

TEST(RelayPaceTest, ARefusedLoginPausesLongerEachTimeAndOneMailTriesAlone) {
  RelayPace pace{{}};
  EXPECT_EQ(pace.allowed(4), 4);
  Time now = noon;
  for (const auto pause : {60s, 300s, 900s, 3600s, 3600s}) {
    EXPECT_TRUE(pace.take(refused(), now, 0));
    EXPECT_FALSE(pace.take(refused(), now, 0))
        << "the others that were on their way begin no pause of their own";
    EXPECT_EQ(pace.paused_until(now), now + pause);
    now += pause;
    EXPECT_FALSE(pace.paused_until(now));
    EXPECT_EQ(pace.allowed(4), 1);
  }
  EXPECT_FALSE(pace.take(result_of(Delivery::unharmed), now, 0)) << "says nothing of the login";
  EXPECT_EQ(pace.allowed(4), 1);
  EXPECT_FALSE(pace.take(result_of(Delivery::deferred), now, 0));
  EXPECT_EQ(pace.allowed(4), 4);
}

}  // namespace
}  // namespace tertius::daemon
