#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

class SqliteTest : public OnEngine {
 protected:
  std::string path() const { return url().substr(std::string("sqlite:").size()); }
};
INSTANTIATE_TEST_SUITE_P(Only, SqliteTest, testing::Values(Engine::sqlite_file), engine_name);

TEST_P(SqliteTest, OpensDurablyWithForeignKeys) {
  EXPECT_EQ(db().row("PRAGMA journal_mode")->text(0), "wal");
  EXPECT_EQ(db().row("PRAGMA synchronous")->integer(0), 2);
  EXPECT_EQ(db().row("PRAGMA foreign_keys")->integer(0), 1);
  EXPECT_EQ(db().row("PRAGMA busy_timeout")->integer(0), 5000);
}

TEST_P(SqliteTest, OneDaemonOwnsAFile) {
  std::optional<Database> owner = open_database(url(), true);
  try {
    open_database(url(), true);
    FAIL() << "two owners";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.trouble, StorageTrouble::taken);
    EXPECT_NE(error.hint.find("process " + std::to_string(getpid())), error.hint.npos) << error.hint;
  }
  open_database(url(), false);  // a reading command may
  owner.reset();
  open_database(url(), true);
}

TEST_P(SqliteTest, FilesAreReadableForTheirOwnerAlone) {
  const Database owner = open_database(url(), true);
  for (const char* suffix : {"", "-wal", ".lock"}) {
    struct stat found {};
    ASSERT_EQ(stat((path() + suffix).c_str(), &found), 0) << suffix;
    EXPECT_EQ(found.st_mode & 0777, 0600u) << suffix;
  }
}

// Closing a file takes away this process's locks on it, and then the last to leave deletes the log.
TEST_P(SqliteTest, ASecondConnectionTakesNoLocksFromTheFirst) {
  // A program of its own: a fork would inherit what SQLite believes of our locks.
  const auto another_says = [&](const std::string& sql) {
    const std::string script = "import sqlite3; db = sqlite3.connect('" + path() +
                               "', isolation_level=None); " + "found = db.execute('" + sql +
                               "').fetchone(); db.close(); exit(found[0] if found else 0)";
    return WEXITSTATUS(std::system(("python3 -c \"" + script + "\"").c_str()));
  };
  db().run("CREATE TABLE box (id BIGINT)");
  { Database second = open_database(url()); }
  ASSERT_EQ(another_says("INSERT INTO box (id) VALUES (1)"), 0);
  EXPECT_EQ(db().row("SELECT COUNT(*) FROM box")->integer(0), 1);
  db().run("INSERT INTO box (id) VALUES (2)");
  EXPECT_EQ(another_says("SELECT COUNT(*) FROM box"), 2);
}

TEST_P(SqliteTest, AFileThatIsNoDatabaseIsBroken) {
  std::ofstream(path() + ".txt") << std::string(4096, 'x');
  EXPECT_EQ(trouble_of([&] { open_database(url() + ".txt"); }), StorageTrouble::broken);
  EXPECT_EQ(trouble_of([&] { open_database("sqlite:/nowhere/at/all.db"); }), StorageTrouble::broken);
  EXPECT_EQ(trouble_of([&] { open_database("sqlite:/nowhere/at/all.db", true); }), StorageTrouble::broken);
}

TEST_P(SqliteTest, AWriterThatWaitsTooLongIsBusy) {
  Database other = open_another();
  other.run("PRAGMA busy_timeout = 0");
  Transaction transaction(db());
  EXPECT_EQ(trouble_of([&] { Transaction second(other); }), StorageTrouble::busy);
}

TEST_P(SqliteTest, WhatCannotBeWrittenIsFull) {
  db().run("PRAGMA query_only = 1");
  EXPECT_EQ(trouble_of([&] { db().run("DELETE FROM people"); }), StorageTrouble::full);
}

TEST_P(SqliteTest, AFullDiskLeavesNothingHalfDone) {
  const std::int64_t pages = db().row("PRAGMA page_count")->integer(0);
  db().run("PRAGMA max_page_count = " + std::to_string(pages + 2));
  EXPECT_EQ(trouble_of([&] {
              Transaction transaction(db());
              for (int i = 0; i < 1000; ++i)
                db().run("INSERT INTO spent_nonces (visit, spent_at) VALUES ($1, 0)",
                         {std::to_string(i) + std::string(1000, 'x')});
            }),
            StorageTrouble::full);
  db().run("PRAGMA max_page_count = 100000");
  EXPECT_EQ(db().row("SELECT COUNT(*) FROM spent_nonces")->integer(0), 0);
}

// SQLite may give up the whole transaction by itself; ROLLBACK behind the driver's back is what that looks
// like.
TEST_P(SqliteTest, NothingRunsOnOutsideATransactionThatSqliteGaveUp) {
  {
    Transaction transaction(db());
    db().run("ROLLBACK");
    EXPECT_EQ(trouble_of([&] { Savepoint next_job(db()); }), StorageTrouble::busy);
    EXPECT_EQ(trouble_of([&] { db().run("INSERT INTO spent_nonces (visit, spent_at) VALUES ('v', 0)"); }),
              StorageTrouble::busy);
    EXPECT_EQ(trouble_of([&] { transaction.commit(); }), StorageTrouble::busy);
  }
  EXPECT_EQ(db().row("SELECT COUNT(*) FROM spent_nonces")->integer(0), 0);
  Transaction works_again(db());
}

}  // namespace
}  // namespace tertius::storage
