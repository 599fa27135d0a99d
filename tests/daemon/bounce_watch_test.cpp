#include "daemon/bounce_watch.hpp"

#include <gtest/gtest.h>

namespace tertius::daemon {
namespace {

using namespace std::chrono_literals;

constexpr Time noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9} + 12h};

// Which of these begins a storm, counted from 1; 0: none.
int storm_at(BounceWatch& watch, const std::vector<Delivery>& deliveries, std::chrono::seconds apart = 1s,
             Time begin = noon) {
  for (std::size_t i = 0; i < deliveries.size(); ++i)
    if (watch.take(deliveries[i], begin + static_cast<int>(i) * apart)) return static_cast<int>(i) + 1;
  return 0;
}

std::vector<Delivery> many(int count, Delivery delivery) {
  return std::vector<Delivery>(static_cast<std::size_t>(count), delivery);
}

TEST(BounceWatchTest, AStormIsSeenAtTheBounceThatMakesIt) {
  BounceWatch watch{10};
  EXPECT_EQ(storm_at(watch, many(30, Delivery::bounced)), 10);
}

TEST(BounceWatchTest, SomeBouncesAmongManyMailsAreNone) {
  BounceWatch watch{10};
  std::vector<Delivery> mixed;
  for (int i = 0; i < 1'000; ++i) mixed.push_back(i % 6 == 0 ? Delivery::bounced : Delivery::sent);
  EXPECT_EQ(storm_at(watch, mixed), 0) << "at most 9 of any 50";
}

TEST(BounceWatchTest, BouncesOfManyHoursAreNone) {
  BounceWatch watch{10};
  EXPECT_EQ(storm_at(watch, many(100, Delivery::bounced), 7min), 0) << "at most 9 in any hour";
}

TEST(BounceWatchTest, ARelayThatPutsOffOrIsAwayIsNone) {
  for (const Delivery delivery : {Delivery::deferred, Delivery::unharmed, Delivery::ambiguous}) {
    BounceWatch watch{10};
    EXPECT_EQ(storm_at(watch, many(200, delivery)), 0);
  }
}

TEST(BounceWatchTest, WhereTheOperatorGoesOnItIsSeenAnew) {
  BounceWatch watch{10};
  EXPECT_EQ(storm_at(watch, many(10, Delivery::bounced)), 10);
  EXPECT_EQ(storm_at(watch, many(9, Delivery::bounced), 1s, noon + 1min), 0);
  EXPECT_EQ(storm_at(watch, many(1, Delivery::bounced), 1s, noon + 2min), 1);
}

TEST(BounceWatchTest, ZeroTurnsItOff) {
  BounceWatch watch{0};
  EXPECT_EQ(storm_at(watch, many(200, Delivery::bounced)), 0);
}

}  // namespace
}  // namespace tertius::daemon
