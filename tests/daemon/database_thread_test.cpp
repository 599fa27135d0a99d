#include "daemon/database_thread.hpp"

#include <gtest/gtest.h>

#include <future>

#include "storage/migrate.hpp"
#include "tests/support/daemon/hold_up.hpp"

namespace tertius::daemon {
namespace {

using storage::StorageError;
using storage::StorageTrouble;

// A database thread whose completions run at once on it, with every statement written down.
class DatabaseThreadTest : public ::testing::Test {
 protected:
  DatabaseThreadTest() {
    db_.script("CREATE TABLE kept (word TEXT)");
    db_.before_statement = [this](std::string_view sql) {
      const std::string statement(sql.substr(0, sql.find(' ')));
      statements_.push_back(statement);
      if (break_ && break_(statement)) throw StorageError(break_with_, "the test broke " + statement);
    };
    EngineSettings settings;
    settings.clock = [] { return Time{}; };
    thread_.emplace(
        Engine{db_, settings}, [](auto job) { job(); }, [] {});
  }

  auto hold_up() { return tests::hold_up(*thread_); }

  std::future<bool> keep(const std::string& word, std::function<void()> then = {}) {
    auto worked = std::make_shared<std::promise<bool>>();
    thread_->run<int>(
        [word, then](Engine& engine) {
          engine.db.run("INSERT INTO kept VALUES ($1)", {word});
          if (then) then();
          return 1;
        },
        [worked](auto answer) { worked->set_value(std::holds_alternative<int>(answer)); });
    return worked->get_future();
  }

  std::vector<std::string> kept() {
    thread_.reset();  // runs what waits
    db_.before_statement = {};
    std::vector<std::string> out;
    for (const auto& row : db_.rows("SELECT word FROM kept ORDER BY word")) out.push_back(row.text(0));
    return out;
  }
  auto count(const std::string& statement) {
    return std::count(statements_.begin(), statements_.end(), statement);
  }

  storage::Database db_ = storage::open_database("sqlite::memory:");
  std::vector<std::string> statements_;
  std::function<bool(const std::string&)> break_;
  StorageTrouble break_with_ = StorageTrouble::full;
  std::optional<DatabaseThread> thread_;
};

using Words = std::vector<std::string>;

TEST_F(DatabaseThreadTest, WhatWaitsIsCommittedTogether) {
  const auto go = hold_up();
  auto a = keep("a"), b = keep("b"), c = keep("c");
  go->set_value();
  EXPECT_TRUE(a.get() && b.get() && c.get());
  EXPECT_EQ(kept(), (Words{"a", "b", "c"}));
  EXPECT_EQ(count("COMMIT"), 2) << "one for the job that held it up, one for all three";
}

TEST_F(DatabaseThreadTest, AFailedJobUndoesItsOwnStatementsOnly) {
  const auto go = hold_up();
  auto a = keep("a"), b = keep("b", [] { throw std::runtime_error("no"); }), c = keep("c");
  go->set_value();
  EXPECT_TRUE(a.get());
  EXPECT_FALSE(b.get());
  EXPECT_TRUE(c.get());
  EXPECT_EQ(kept(), (Words{"a", "c"}));
}

TEST_F(DatabaseThreadTest, NobodyHearsBeforeTheCommit) {
  std::ptrdiff_t commits_when_told = -1;
  std::promise<void> told;
  thread_->run<int>(
      [](Engine& engine) { return static_cast<int>(engine.db.run("INSERT INTO kept VALUES ('a')")); },
      [&](auto) {
        commits_when_told = count("COMMIT");
        told.set_value();
      });
  told.get_future().wait();
  EXPECT_EQ(commits_when_told, 1);
}

TEST_F(DatabaseThreadTest, AGroupWhoseCommitFailsIsRunOneByOne) {
  const auto go = hold_up();
  auto a = keep("a"), b = keep("b");
  // The first is of the job that held it up.
  break_ = [commits = 0](const std::string& statement) mutable {
    return statement == "COMMIT" && ++commits == 2;
  };
  go->set_value();
  EXPECT_TRUE(a.get() && b.get());
  EXPECT_EQ(kept(), (Words{"a", "b"}));
  EXPECT_EQ(count("COMMIT"), 4) << "the one before, the one that failed, and one for each";
}

TEST_F(DatabaseThreadTest, BusyIsTriedAgainAndFullIsNot) {
  int tries = 0;
  const auto fail = [&](StorageTrouble trouble) {
    return [&tries, trouble] {
      ++tries;
      throw StorageError(trouble, "the test");
    };
  };
  EXPECT_FALSE(keep("busy", fail(StorageTrouble::busy)).get());
  EXPECT_EQ(tries, 6) << "in its group, and five times alone";
  tries = 0;
  EXPECT_FALSE(keep("full", fail(StorageTrouble::full)).get());
  EXPECT_EQ(tries, 1);
  EXPECT_EQ(kept(), Words{});
}

// Another daemon may have written just now what was looked for in vain.
TEST_F(DatabaseThreadTest, AConflictIsTriedOnceMore) {
  int tries = 0;
  EXPECT_TRUE(keep("found", [&] {
                if (++tries < 3) throw StorageError(StorageTrouble::conflict, "it is there");
              }).get());
  EXPECT_EQ(tries, 3) << "in its group, and twice alone";
  tries = 0;
  EXPECT_FALSE(keep("refused", [&] {
                 ++tries;
                 throw StorageError(StorageTrouble::conflict, "it is another's");
               }).get());
  EXPECT_EQ(tries, 3);
}

TEST_F(DatabaseThreadTest, TheEndRunsWhatWaits) {
  const auto go = hold_up();
  std::vector<std::future<bool>> all;
  for (int i = 0; i < 20; ++i) all.push_back(keep(std::to_string(i)));
  go->set_value();
  EXPECT_EQ(kept().size(), 20u);
}

}  // namespace
}  // namespace tertius::daemon
