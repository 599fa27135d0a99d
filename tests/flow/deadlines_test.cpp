// Deadlines of two introductions, one of which is damaged.
#include <gtest/gtest.h>

#include "daemon/engine.hpp"
#include "storage/introductions.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

class DeadlinesTest : public OneWorldTest {};
TERTIUS_ON_EVERY_ENGINE(DeadlinesTest);

TEST_P(DeadlinesTest, OneThatIsDamagedStopsNoOther) {
  ask();
  const Introduction damaged = world().only();
  db().run("UPDATE introductions SET connectors = '[424242]', deadline = 1 WHERE id = $1",
           {number(damaged.id)});
  Introduction other = damaged;
  other.id = IntroductionId{4243};
  other.asks.back().expires_at = world().now;
  add_introduction(db(), other, world().now);
  Transaction transaction(db());
  EXPECT_EQ(daemon::meet_deadlines(world().engine, 10), 1);
  EXPECT_EQ(find_introduction(db(), other.id)->state, State::expired);
  EXPECT_EQ(find_introduction(db(), damaged.id)->state, State::asked);
  EXPECT_GT(earliest_deadline(db()), world().now) << "it is tried again, but not at once";
}

}  // namespace
}  // namespace tertius::storage
