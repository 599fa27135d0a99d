#include "web/pace.hpp"

#include <gtest/gtest.h>

namespace tertius::web {
namespace {

using std::chrono::seconds;

constexpr Time noon = Time{seconds{1'773'057'600}};
constexpr PaceRule three{3, seconds{20}};

TEST(PaceTest, SoManyAtOnceAndThenOneEachSoOften) {
  Pace pace("salt");
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(pace.take("a", three, noon)) << i;
  EXPECT_EQ(pace.take("a", three, noon), seconds{20});
  EXPECT_EQ(pace.take("a", three, noon + seconds{19}), seconds{1});
  EXPECT_FALSE(pace.take("a", three, noon + seconds{20}));
  EXPECT_EQ(pace.take("a", three, noon + seconds{20}), seconds{20});
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(pace.take("a", three, noon + seconds{80})) << "rested: " << i;
  EXPECT_TRUE(pace.take("a", three, noon + seconds{80}));
}

TEST(PaceTest, NobodyWaitsForSomebodyElse) {
  Pace pace("salt");
  for (int i = 0; i < 5; ++i) pace.take("a", three, noon);
  EXPECT_FALSE(pace.take("b", three, noon));
  EXPECT_EQ(pace.take("a", three, noon), seconds{20});
}

TEST(PaceTest, AClockThatIsSetBackLocksNobodyOut) {
  Pace pace("salt");
  for (int i = 0; i < 3; ++i) pace.take("a", three, noon + std::chrono::days{365});
  EXPECT_EQ(pace.take("a", three, noon), seconds{20});
  EXPECT_FALSE(pace.take("a", three, noon + seconds{20}));
}

TEST(PaceTest, AMillionNamesAreForgottenBeforeOneThatHasTakenAll) {
  Pace pace("salt");
  constexpr PaceRule day{3, std::chrono::hours{8}};
  for (int i = 0; i < 3; ++i) ASSERT_FALSE(pace.take("greedy", day, noon));
  for (int i = 0; i < 1'000'000; ++i) pace.take(std::to_string(i), three, noon);
  EXPECT_TRUE(pace.take("greedy", day, noon));
  EXPECT_LE(sizeof(Pace) + Pace::most_kept * 16, 2'000'000U) << "all there ever is of it";
}

}  // namespace
}  // namespace tertius::web
