// Whoever stops all mail gets none, and may start again; on both databases.
#include <gtest/gtest.h>

#include "storage/letters.hpp"
#include "storage/people.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

using flow::christine_at;
using namespace std::chrono_literals;

class StoppingTest : public OneWorldTest {};

TEST_P(StoppingTest, StopIsKeptAndNoMailFollows) {
  ask();
  world().reply(world().latest(christine_at), "stop");
  world().pass(3min);
  EXPECT_TRUE(storage::find_person_by_address(db(), parse_address(christine_at).value())->stopped);
  const auto before = world().mails.size();
  world().pass(std::chrono::days{13});
  for (std::size_t i = before; i < world().mails.size(); ++i)
    EXPECT_NE(world().mails[i].row.recipient, christine_at);
}

TEST_P(StoppingTest, TheLastMailLeadsBack) {
  ask();
  world().reply(world().latest(christine_at), "stop");
  world().send();
  const auto last = world().latest(christine_at);
  EXPECT_TRUE(storage::is_suppressed(db(), christine_at));
  EXPECT_EQ(world().press(world().link(last, "stop"), "start").status, 200);
  EXPECT_FALSE(storage::find_person_by_address(db(), parse_address(christine_at).value())->stopped);
  EXPECT_FALSE(storage::is_suppressed(db(), christine_at));
  world().pass(24h * 60);  // what she stopped is open to Alice until it expires, and then rests
  ask();
  EXPECT_NE(world().latest(christine_at).letter.message_id, last.letter.message_id);
}

TEST_P(StoppingTest, AnAddressThatIsDeadStaysSoWhoeverStartsAgain) {
  ask();
  const auto request = world().latest(christine_at);
  storage::suppress(db(), christine_at, "bounced: 550", world().now);
  world().reply(request, "stop");
  world().send();
  world().press(world().link(world().latest(christine_at), "stop"), "start");
  EXPECT_FALSE(storage::find_person_by_address(db(), parse_address(christine_at).value())->stopped);
  EXPECT_TRUE(storage::is_suppressed(db(), christine_at));
}

TERTIUS_ON_EVERY_ENGINE(StoppingTest);

}  // namespace
}  // namespace tertius::storage
