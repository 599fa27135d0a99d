// The loop that empties the outbox, with a database that fails and a relay of the test's own.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "daemon/loops.hpp"
#include "storage/migrate.hpp"
#include "tests/support/flow/world.hpp"

namespace tertius::flow {
namespace {

using namespace std::chrono_literals;

class OutboxLoopTest : public testing::Test {
 protected:
  OutboxLoopTest() {
    storage::migrate(db_);
    world_.emplace(db_);
    db_.before_statement = [this](std::string_view sql) {
      if (settling_fails_ && sql.starts_with("UPDATE outbox SET state = $2"))
        throw storage::StorageError(storage::StorageTrouble::busy, "the test broke the settling");
    };
  }

  void start() {
    database_.emplace(
        daemon::Engine{db_, world_->engine.settings},
        [this](auto job) { boost::asio::post(io_, std::move(job)); }, [] {});
    loop_.emplace(
        io_, *database_, world_->engine.settings,
        [this](mail::OutgoingMail mail, auto done) {
          relayed_.push_back(mail.recipient.local);
          DeliveryResult result;
          result.delivery = Delivery::sent;
          done(result);
        },
        4);
    turn();
  }

  // Pokes the loop and lets it do all it has to do. Each step of it is one job that leads to the next, and
  // jobs are answered in their order: a sentinel that has come back ten times has seen the end of them.
  void turn() {
    loop_->poke();
    for (int i = 0; i < 10; ++i) {
      bool back = false;
      database_->run<int>([](daemon::Engine&) { return 0; }, [&](auto) { back = true; });
      while (!back) io_.run_one();
    }
  }

  void pass(std::chrono::seconds length) {
    database_->run<int>(
        [this, length](daemon::Engine&) {
          world_->now += length;
          return 0;
        },
        [](auto) {});
    turn();
  }

  auto count_waiting() {
    loop_.reset();
    database_.reset();
    db_.before_statement = {};
    return storage::count_waiting(db_);
  }

  storage::Database db_ = storage::open_database("sqlite::memory:");
  std::atomic<bool> settling_fails_ = false;
  std::vector<std::string> relayed_;
  std::optional<World> world_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> always_{io_.get_executor()};
  std::optional<daemon::DatabaseThread> database_;
  std::optional<daemon::OutboxLoop> loop_;
};

using Names = std::vector<std::string>;

TEST_F(OutboxLoopTest, WhatTheRelayTookIsNotSentAgainBecauseTheDatabaseWasAwayAWhile) {
  world_->ask(christine_at);
  settling_fails_ = true;
  start();
  EXPECT_EQ(relayed_, Names{"alice"});
  settling_fails_ = false;
  pass(daemon::outbox_lease + 1min);
  EXPECT_EQ(relayed_, Names{"alice"});
  EXPECT_EQ(count_waiting(), 0);
}

TEST_F(OutboxLoopTest, TheEndSettlesWhatCouldNotBeSettledBefore) {
  world_->ask(christine_at);
  settling_fails_ = true;
  start();
  settling_fails_ = false;
  loop_->stop();
  EXPECT_FALSE(loop_->is_idle());
  bool idle = false;
  loop_->on_idle = [&] { idle = true; };
  while (!idle) io_.run_one();
  EXPECT_EQ(count_waiting(), 0);
}

TEST_F(OutboxLoopTest, NoticesThatCannotBeWrittenTakeNobodysPlace) {
  for (int i = 0; i < 5; ++i) {
    storage::OutboxRow unwritable;
    unwritable.id = NoticeId{100 + i};
    unwritable.message_id = std::to_string(i) + "@intro.test";
    unwritable.recipient = christine_at;
    unwritable.created_at = unwritable.not_before = world_->now;
    storage::add_notice(db_, unwritable);
  }
  world_->ask(christine_at);
  start();
  EXPECT_EQ(relayed_, Names{"alice"});
  EXPECT_EQ(count_waiting(), 5) << "for the operator to see";
}

}  // namespace
}  // namespace tertius::flow
