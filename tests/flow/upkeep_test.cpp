// What is looked after once a minute: who is told of it, and how often.
#include "daemon/upkeep.hpp"

#include <gtest/gtest.h>

#include "storage/migrate.hpp"
#include "storage/sending_stop.hpp"
#include "tests/support/flow/world.hpp"

namespace tertius::flow {
namespace {

using namespace std::chrono_literals;

class UpkeepTest : public testing::Test {
 protected:
  UpkeepTest() {
    storage::migrate(db_);
    world_.emplace(db_);
    world_->engine.settings.operator_address = parse_address("root@example.org").value();
  }
  std::vector<std::string> alerts() {
    std::vector<std::string> out;
    for (const auto& notice : storage::notices_to(db_, "root@example.org"))
      out.push_back(notice.fields.values.at("ALERT"));
    return out;
  }
  void look(daemon::UpkeepSettings settings = {}) { daemon::look_after(world_->engine, settings); }

  storage::Database db_ = storage::open_database("sqlite::memory:");
  std::optional<World> world_;
};

using Alerts = std::vector<std::string>;

TEST_F(UpkeepTest, MailThatHasWaitedForAnHourIsToldOfOnceADay) {
  world_->ask(christine_at);
  world_->now += 59min;
  look();
  EXPECT_EQ(alerts(), Alerts{});
  world_->now += 2min;
  look();
  look();
  EXPECT_EQ(alerts(), Alerts{"Mail has waited for more than an hour"});
  world_->now += 25h;
  look();
  EXPECT_EQ(alerts().size(), 2U);
}

TEST_F(UpkeepTest, WhereTheOperatorHasStoppedItNobodyComplains) {
  world_->ask(christine_at);
  storage::stop_sending(db_, "a test", world_->now);
  world_->now += 2h;
  look();
  EXPECT_EQ(alerts(), Alerts{});
}

TEST_F(UpkeepTest, MailForLaterIsNotLate) {
  world_->ask(christine_at);
  db_.run("UPDATE outbox SET not_before = not_before + 864000, ready_at = ready_at + 864000");
  world_->now += 2h;
  look();
  EXPECT_EQ(alerts(), Alerts{});
}

TEST_F(UpkeepTest, ADiskThatFillsUpIsToldOf) {
  const auto folder = std::filesystem::temp_directory_path();
  const auto left = daemon::free_bytes(folder);
  ASSERT_TRUE(left);
  look({.folder = folder, .least_free = 1});
  EXPECT_EQ(alerts(), Alerts{});
  look({.folder = folder, .least_free = UINTMAX_MAX});
  EXPECT_EQ(alerts(), Alerts{"The disk is nearly full"});
}

TEST_F(UpkeepTest, AFolderThatIsNotThereIsNoFullDisk) {
  EXPECT_FALSE(daemon::free_bytes("/there/is/no/such/folder"));
  look({.folder = "/there/is/no/such/folder", .least_free = UINTMAX_MAX});
  EXPECT_EQ(alerts(), Alerts{});
}

}  // namespace
}  // namespace tertius::flow
