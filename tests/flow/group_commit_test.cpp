// The database thread with the engine's own jobs: what is committed together, and who hears of it when.
#include "daemon/database_thread.hpp"

#include <gtest/gtest.h>

#include <future>

#include "daemon/receiving.hpp"
#include "storage/letters.hpp"
#include "storage/migrate.hpp"
#include "storage/outbox.hpp"
#include "tests/support/daemon/hold_up.hpp"
#include "tests/support/flow/world.hpp"

namespace tertius::flow {
namespace {

class GroupCommitTest : public testing::Test {
 protected:
  GroupCommitTest() {
    storage::migrate(db_);
    world_.emplace(db_);
    db_.before_statement = [this](std::string_view sql) {
      const bool is_commit = sql == "COMMIT";
      begins_ += sql.starts_with("BEGIN");
      if (is_commit && commits_fail_) throw storage::StorageError(storage::StorageTrouble::full, "disk full");
      commits_ += is_commit;
    };
    thread_.emplace(
        daemon::Engine{db_, world_->engine.settings}, [](auto job) { job(); },
        [this] { commits_at_news_.push_back(commits_); });
  }

  auto hold_up() { return tests::hold_up(*thread_); }

  // A stranger's letter, which is answered; the future says whether it got its 250.
  std::future<bool> write(int number) {
    const std::string from = "s" + std::to_string(number) + "@else.example";
    auto incoming = std::make_shared<daemon::Incoming>(daemon::read_incoming(
        from, "intro@intro.test", "From: " + from + "\r\nSubject: hello\r\n\r\nWho are you?\r\n"));
    auto taken = std::make_shared<std::promise<bool>>();
    thread_->run<std::string>(
        [incoming](daemon::Engine& engine) { return daemon::receive(engine, *incoming); },
        [taken](auto answer) { taken->set_value(std::holds_alternative<std::string>(answer)); });
    return taken->get_future();
  }

  void end() {
    thread_.reset();
    db_.before_statement = {};
  }

  storage::Database db_ = storage::open_database("sqlite::memory:");
  std::optional<World> world_;
  bool commits_fail_ = false;  // changed only while the thread is held up or idle
  int begins_ = 0, commits_ = 0;
  std::vector<int> commits_at_news_;
  std::optional<daemon::DatabaseThread> thread_;
};

TEST_F(GroupCommitTest, LettersThatComeTogetherShareOneTransaction) {
  const auto go = hold_up();
  std::vector<std::future<bool>> letters;
  for (int i = 0; i < 30; ++i) letters.push_back(write(i));
  go->set_value();
  for (auto& letter : letters) EXPECT_TRUE(letter.get());
  end();
  EXPECT_EQ(begins_, 2) << "the job that held it up, and all the letters";
  EXPECT_EQ(storage::recent_letters(db_, 100).size(), 30u);
  EXPECT_EQ(storage::count_waiting(db_), 30);
}

TEST_F(GroupCommitTest, NewsAreToldOnceAndAfterTheCommit) {
  const auto go = hold_up();
  auto a = write(1), b = write(2);
  go->set_value();
  EXPECT_TRUE(a.get() && b.get());
  end();
  EXPECT_EQ(commits_at_news_, std::vector{2}) << "none for the job that changed nothing";
}

TEST_F(GroupCommitTest, WhereNothingCanBeCommittedNobodyIsToldThatItWas) {
  const auto go = hold_up();
  auto a = write(1), b = write(2);
  commits_fail_ = true;
  go->set_value();
  EXPECT_FALSE(a.get());
  EXPECT_FALSE(b.get());
  end();
  EXPECT_EQ(storage::recent_letters(db_, 100).size(), 0u);
  EXPECT_EQ(storage::count_waiting(db_), 0);
}

}  // namespace
}  // namespace tertius::flow
