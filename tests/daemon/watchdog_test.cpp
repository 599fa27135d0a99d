#include "daemon/watchdog.hpp"

#include <gtest/gtest.h>

#include "storage/db.hpp"
#include "tests/support/daemon/hold_up.hpp"

namespace tertius::daemon {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string_view>;

class ProgressTest : public ::testing::Test {
 protected:
  Names after(std::chrono::milliseconds passed, std::uint64_t finished, bool has_work) {
    now_ += passed;
    return progress_.stalled(now_, {{"one", finished, has_work, 10s}});
  }
  Progress progress_;
  std::chrono::steady_clock::time_point now_{};
};

TEST_F(ProgressTest, WhoHasNothingToDoMayRestForEver) {
  EXPECT_EQ(after(0s, 0, false), Names{});
  EXPECT_EQ(after(1h, 0, false), Names{});
  EXPECT_EQ(after(1s, 0, true), Names{}) << "the rest does not count against the work";
  EXPECT_EQ(after(10s, 0, true), (Names{"one"})) << "it was last seen without work eleven seconds ago";
}

TEST_F(ProgressTest, WhoFinishesNothingForLongerThanTheirPatienceIsStalled) {
  EXPECT_EQ(after(0s, 7, true), Names{});
  EXPECT_EQ(after(10s, 7, true), Names{});
  EXPECT_EQ(after(1ms, 7, true), (Names{"one"}));
  EXPECT_EQ(after(1h, 7, true), (Names{"one"}));
  EXPECT_EQ(after(1ms, 8, true), Names{}) << "one piece is done";
}

TEST_F(ProgressTest, WhoIsSlowAndFinishesSomeIsNot) {
  for (std::uint64_t i = 0; i < 100; ++i) EXPECT_EQ(after(9s, i, true), Names{});
}

TEST_F(ProgressTest, EachIsSeenForItself) {
  const auto look = [&](std::uint64_t busy) {
    now_ += 6s;
    return progress_.stalled(now_,
                             {{"busy", busy, true, 10s}, {"stuck", 1, true, 10s}, {"patient", 1, true, 1h}});
  };
  EXPECT_EQ(look(1), Names{});
  EXPECT_EQ(look(2), Names{});
  EXPECT_EQ(look(3), (Names{"stuck"}));
}

// A real database thread in a job that does not end.
TEST(WatchdogTest, ADatabaseThatHangsIsSaidAndNotFedUntilItMovesAgain) {
  boost::asio::io_context io;
  storage::Database db = storage::open_database("sqlite::memory:");
  EngineSettings settings;
  settings.clock = [] { return Time{}; };
  DatabaseThread database(
      Engine{db, settings}, [](auto job) { job(); }, [] {});
  int meals = 0;
  std::vector<std::string> said;
  WatchdogHooks hooks;
  hooks.workers = [&] {
    return std::vector<Worker>{{"the database", database.finished(), database.has_work(), 20ms}};
  };
  hooks.feed = [&] { ++meals; };
  hooks.stalled = [&](std::string_view who) { said.emplace_back(who); };
  hooks.moving = [&] { said.emplace_back("moving"); };
  const Watchdog watchdog(io, 1ms, std::move(hooks));
  const auto await = [&](auto what) {
    for (int i = 0; i < 100'000 && !what(); ++i) io.run_one();
    return what();
  };

  EXPECT_TRUE(await([&] { return meals > 50; })) << "idle it is fed for longer than the patience";
  const auto go = tests::hold_up(database);
  ASSERT_TRUE(await([&] { return !said.empty(); }));
  EXPECT_EQ(said, std::vector<std::string>{"the database"});
  const int fed = meals;
  for (int i = 0; i < 50; ++i) io.run_one();
  EXPECT_EQ(meals, fed) << "not once while it hangs";
  go->set_value();
  ASSERT_TRUE(await([&] { return meals > fed; }));
  EXPECT_EQ(said, (std::vector<std::string>{"the database", "moving"}));
}

}  // namespace
}  // namespace tertius::daemon
