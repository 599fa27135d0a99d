#pragma once
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

using namespace std::chrono_literals;

inline DeliveryResult result_of(Delivery delivery) {
  DeliveryResult result;
  result.delivery = delivery;
  return result;
}

class OutboxLoopTest : public testing::Test {
 protected:
  OutboxLoopTest() {
    storage::migrate(db_);
    world_.emplace(db_);
    db_.before_statement = [this](std::string_view sql) {
      if (settling_fails_ && sql.starts_with("UPDATE outbox SET state = $2"))
        throw storage::StorageError(storage::StorageTrouble::busy, "the test broke the settling");
      if (sql.starts_with("WITH picked") && claiming_fails_.exchange(false))
        throw storage::StorageError(storage::StorageTrouble::busy, "the test broke a claim");
      if (sql.starts_with("WITH picked") && claiming_breaks_)
        throw storage::StorageError(storage::StorageTrouble::broken, "the test broke a claim for good");
    };
  }

  void start(std::function<void()> on_unsettled = [] {}) {
    database_.emplace(
        daemon::Engine{db_, world_->engine.settings},
        [this](auto job) { boost::asio::post(io_, std::move(job)); }, [] {});
    loop_.emplace(
        io_, *database_, world_->engine.settings,
        [this](mail::OutgoingMail mail, auto done) {
          relayed_.push_back(mail.recipient.local);
          if (relay_is_silent_) return unanswered_.push_back(std::move(done));
          done(answer_);
        },
        4, rates_, bounce_stop_);
    loop_->on_unsettled = std::move(on_unsettled);
    turn();
  }

  // To p0, p1, ... at busy.example, for whom nobody sits and waits.
  void add_mails(int count) {
    for (int i = 0; i < count; ++i) {
      daemon::post_answer(world_->engine,
                          {.kind = NoticeKind::problem,
                           .to = parse_address("p" + std::to_string(i) + "@busy.example").value(),
                           .person = std::nullopt,
                           .remark = {{"No."}},
                           .fields = {}});
      world_->now += 1s;
    }
    db_.run("UPDATE outbox SET priority = 3");
  }
  NoticeId first_mail() { return storage::notices_to(db_, "p0@busy.example").at(0).id; }

  // Pokes the loop and lets it do all it has to do.
  void turn() {
    loop_->poke();
    let_work();
  }

  // Each step of the loop is one job that leads to the next, and jobs are answered in their order: a sentinel
  // that has come back ten times has seen the end of them.
  void let_work() {
    for (int i = 0; i < 10; ++i) {
      bool back = false;
      database_->run<int>([](daemon::Engine&) { return 0; }, [&](auto) { back = true; });
      while (!back) io_.run_one();
    }
  }

  void set_clock_forward(std::chrono::seconds length) {
    bool passed = false;
    database_->run<int>(
        [this, length](daemon::Engine&) {
          world_->now += length;
          return 0;
        },
        [&](auto) { passed = true; });
    while (!passed) io_.run_one();
  }

  void pass(std::chrono::seconds length) {
    set_clock_forward(length);
    turn();
  }

  void run_until_after(std::chrono::seconds length) {
    bool passed = false;
    boost::asio::steady_timer timer(io_, length);
    timer.async_wait([&](auto) { passed = true; });
    while (!passed) io_.run_one();
    let_work();
  }

  // A mail that is claimed by us, and of which the loop knows nothing.
  void start_with_a_stray() {
    relay_is_silent_ = true;
    start();
    add_mails(1);
    db_.run(
        "UPDATE outbox SET state = 'claimed', lease_until = ready_at + 1800, ready_at = ready_at + 1800, "
        "claimed_by = 0");
    turn();
    EXPECT_EQ(relayed_, std::vector<std::string>{});
  }

  auto count_waiting() {
    loop_.reset();
    database_.reset();
    db_.before_statement = {};
    return storage::count_waiting(db_);
  }

  storage::Database db_ = storage::open_database("sqlite::memory:");
  std::atomic<bool> settling_fails_ = false, claiming_fails_ = false;  // the latter once
  std::atomic<bool> claiming_breaks_ = false;
  bool relay_is_silent_ = false;
  std::vector<std::function<void(DeliveryResult)>> unanswered_;
  std::vector<std::string> relayed_;
  DeliveryResult answer_ = result_of(Delivery::sent);
  daemon::Rates rates_;
  int bounce_stop_ = 0;
  std::optional<World> world_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> always_{io_.get_executor()};
  std::optional<daemon::DatabaseThread> database_;
  std::optional<daemon::OutboxLoop> loop_;
};

using Names = std::vector<std::string>;

}  // namespace tertius::flow
