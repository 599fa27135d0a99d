// Forgetting in the real daemon's manner: over months, and by the loop that does it.
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "daemon/retention_loop.hpp"
#include "storage/audit.hpp"
#include "storage/letters.hpp"
#include "storage/migrate.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

using namespace std::chrono_literals;

class RetentionFlowTest : public OneWorldTest {
 protected:
  void forget() {
    RetentionPass pass;
    while (!is_through(pass)) {
      Transaction transaction(db());
      pass = daemon::forget_more(world().engine, {}, pass);
      transaction.commit();
    }
  }
};
TERTIUS_ON_EVERY_ENGINE(RetentionFlowTest);

TEST_P(RetentionFlowTest, ALetterThatComesAgainIsKnownAfterItsOctetsAreGone) {
  ask();
  const flow::KeptMail request = world().latest(flow::christine_at);
  const std::string answer = world().reply_letter(request, "decline");
  const std::string to = request.letter.reply_to.front().address;
  const std::string outcome = world().write(flow::christine_at, to, answer);
  const auto letters = recent_letters(db(), 10).size();
  world().pass(24h);
  world().now += 24h * 91;
  forget();
  const auto forgotten = find_letter(db(), recent_letters(db(), 1).at(0).id);
  EXPECT_EQ(forgotten->raw + forgotten->subject, "");
  const std::string before = world().dump();
  EXPECT_EQ(world().write(flow::christine_at, to, answer), outcome);
  EXPECT_EQ(recent_letters(db(), 10).size(), letters);
  // Another copy with other Received lines is known by its Message-ID.
  EXPECT_EQ(world().write(flow::christine_at, to, "Received: from x by y\r\n" + answer),
            "the same letter again; nothing done");
}

TEST_P(RetentionFlowTest, ThePassIsInTheAuditLogWhereItForgotSomething) {
  ask();
  forget();
  EXPECT_TRUE(recent_audit(db(), {}, 10).empty());
  world().now += 24h * 91;
  forget();
  const auto noted = recent_audit(db(), {}, 10);
  ASSERT_EQ(noted.size(), 1u);
  EXPECT_EQ(noted[0].who, by_daemon);
  EXPECT_EQ(noted[0].what, "expire");
  EXPECT_TRUE(noted[0].subject.starts_with("letters=1")) << noted[0].subject;
}

}  // namespace
}  // namespace tertius::storage

namespace tertius::flow {
namespace {

using namespace std::chrono_literals;

class RetentionLoopTest : public testing::Test {
 protected:
  RetentionLoopTest() {
    storage::migrate(db_);
    world_.emplace(db_);
    for (int id = 1; id <= 3; ++id) add_letter(id);
    database_.emplace(
        daemon::Engine{db_, world_->engine.settings},
        [this](auto job) { boost::asio::post(io_, std::move(job)); }, [] {});
  }
  void add_letter(int id) {
    storage::LetterRow row;
    row.id = LetterId{id};
    row.received_at = world_->now - 24h * 100;
    row.sha256 = std::to_string(id);
    row.raw = std::string(1'500'000, 'x');
    storage::add_letter(db_, row);
  }
  // Until a pass is through.
  storage::RetentionPass pass_of(daemon::RetentionLoop& loop) {
    storage::RetentionPass found;
    loop.on_pass = [&](const auto& pass) {
      found = pass;
      io_.stop();
    };
    io_.restart();
    io_.run_for(60s);
    EXPECT_TRUE(storage::is_through(found)) << "the pass came to its end";
    return found;
  }

  storage::Database db_ = storage::open_database("sqlite::memory:");
  std::optional<World> world_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
  std::optional<daemon::DatabaseThread> database_;
};

TEST_F(RetentionLoopTest, ItForgetsInSeveralJobsAndIsThrough) {
  daemon::RetentionLoop loop(io_, *database_, {});
  loop.start();
  EXPECT_EQ(pass_of(loop).forgotten[0], 3);
  EXPECT_GE(database_->finished(), storage::retained_kinds + 1);
}

TEST_F(RetentionLoopTest, OtherTimesBeginAPassAtOnce) {
  storage::RetentionTimes times;
  times.letters = std::chrono::days{0};
  daemon::RetentionLoop loop(io_, *database_, times);
  loop.start();
  EXPECT_EQ(pass_of(loop).forgotten[0], 0);
  loop.set(times);  // as they were: nothing begins
  times.letters = std::chrono::days{50};
  loop.set(times);
  EXPECT_EQ(pass_of(loop).forgotten[0], 3);
}

TEST_F(RetentionLoopTest, WhereTheDatabaseFailsTheRestIsForgottenLater) {
  db_.before_statement = [](std::string_view sql) {
    if (sql.starts_with("UPDATE letters"))
      throw storage::StorageError(storage::StorageTrouble::full, "the test broke it");
  };
  daemon::RetentionLoop loop(io_, *database_, {});
  bool through = false;
  loop.on_pass = [&](const auto&) { through = true; };
  loop.start();
  while (database_->has_work() || database_->finished() == 0) io_.run_one_for(10ms);
  io_.poll();
  EXPECT_FALSE(through);
  EXPECT_EQ(database_->finished(), 1u) << "it waits";
}

}  // namespace
}  // namespace tertius::flow
