#include "storage/move.hpp"

#include "storage/letters.hpp"
#include "storage/migrate.hpp"
#include "storage/moving.hpp"
#include "storage/network_rows.hpp"
#include "storage/presence.hpp"
#include "storage/sending_stop.hpp"
#include "storage/table_sum.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/filler.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

Database in_memory() {
  Database db = open_database("sqlite::memory:");
  migrate(db);
  return db;
}

void fill_everything(Database& db) {
  DescribedSchema schema(newest_known_schema());
  fill(db, schema, 3);
}

std::map<std::string, TableSum> sums(Database& db) {
  std::map<std::string, TableSum> found;
  for (const Table& table : moved_tables()) found[table.name] = sum_table(db, table);
  return found;
}

void expect_alike(Database& one, Database& other) {
  const auto expected = sums(one), found = sums(other);
  for (const auto& [name, sum] : expected) {
    EXPECT_EQ(found.at(name).rows, sum.rows) << name;
    EXPECT_EQ(found.at(name).sum, sum.sum) << name;
  }
}

std::string words_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const StorageError& error) {
    return std::string(error.what()) + " | " + error.hint;
  }
  return "nothing was thrown";
}

void fail_at(Database& db, int fatal) {
  db.before_statement = [fatal, count = 0](std::string_view) mutable {
    if (++count == fatal) throw StorageError(StorageTrouble::full, "as told");
  };
}

// `db()` is where to.
class MoveTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    fill_everything(from);
    resume_sending(from);
  }
  // At the latest when the copy begins to be read again.
  static MoveOptions failing_at_step(int fatal, bool start_over) {
    MoveOptions options;
    options.start_over = start_over;
    options.on_step = [fatal, count = 0](const MoveStep& step) mutable {
      if (++count == fatal || step.doing == Moving::comparing)
        throw StorageError(StorageTrouble::full, "as told");
    };
    return options;
  }
  MoveReport move(const MoveOptions& options = {}) {
    return move_storage(from, db(), "there", noon, options);
  }
  // Nothing is in the copy yet, but that it is one.
  void begin_copy() {
    Transaction transaction(db());
    if (!is_unfinished(db())) begin_moving(db());
    transaction.commit();
    EXPECT_EQ(trouble_of([&] { move(failing_at_step(1, true)); }), StorageTrouble::full);
    resume_sending(from);
  }
  // All is in the copy, and nothing is read again yet.
  void move_halfway() {
    EXPECT_EQ(trouble_of([&] { move(failing_at_step(1 << 30, false)); }), StorageTrouble::full);
  }

  Database from = in_memory();
};
TERTIUS_ON_EVERY_ENGINE(MoveTest);

TEST_P(MoveTest, EveryRowArrivesAsItWas) {
  const auto before = sums(from);
  const MoveReport report = move();
  EXPECT_FALSE(report.was_resumed);
  EXPECT_EQ(sums(from), before) << "what was moved is as it was";
  expect_alike(from, db());
  std::int64_t rows = 0;
  for (const auto& [name, sum] : before) {
    EXPECT_GT(sum.rows, 0) << name << " was not tried";
    rows += sum.rows;
  }
  EXPECT_EQ(report.rows, rows);
  EXPECT_EQ(report.tables.size(), before.size());
  EXPECT_FALSE(is_unfinished(db()));
  EXPECT_EQ(migrate(db()), 0);
}

TEST_P(MoveTest, AndComesBack) {
  move();
  resume_sending(db());
  Database back = in_memory();
  move_storage(db(), back, "back", noon);
  expect_alike(from, back);
}

TEST_P(MoveTest, ADaemonThatFollowsTheNetworkHearsOfEverybody) {
  const NetworkPlace before = load_network(db()).place;
  move();
  EXPECT_GE(load_network_news(db(), before).changes.size(), 3U);
}

TEST_P(MoveTest, AFailureBeforeAnythingIsCopiedLeavesANewDatabase) {
  for (int fatal = 1; !is_unfinished(db()); ++fatal) {
    ASSERT_LT(fatal, 1000);
    EXPECT_EQ(db().row("SELECT COUNT(*) FROM address_secret")->integer(0), 1);
    EXPECT_EQ(migrate(db()), 0);
    fail_at(db(), fatal);
    EXPECT_EQ(trouble_of([&] { move(); }), StorageTrouble::full);
    db().before_statement = nullptr;
  }
  EXPECT_TRUE(move().was_resumed);
  expect_alike(from, db());
}

// Statement 1, 2, 3, ... to either side fails.
TEST_P(MoveTest, AMoveThatFailsAnywhereGoesOnFromThere) {
  MoveOptions small;
  small.rows_at_once = 2;
  // Every table goes the same way, so that a few of them meet each statement; in memory all of them are
  // quick.
  const int step = GetParam() == Engine::sqlite_memory ? 3 : 29;
  int failures = 0;
  for (Database* victim : {&db(), &from}) {
    for (int fatal = 1;; fatal += step) {
      begin_copy();
      fail_at(*victim, fatal);
      const auto trouble = trouble_of([&] { move(small); });
      victim->before_statement = nullptr;
      if (!trouble) break;
      ++failures;
      ASSERT_TRUE(is_unfinished(db()));
      ASSERT_EQ(trouble_of([&] { migrate(db()); }), StorageTrouble::broken) << "it would be used as it is";
      ASSERT_TRUE(move().was_resumed);
      ASSERT_NO_FATAL_FAILURE(expect_alike(from, db()));
      ASSERT_FALSE(find_sending_stop(db()));
      ASSERT_TRUE(find_sending_stop(from));
    }
  }
  EXPECT_GT(failures, 600 / step);
}

TEST_P(MoveTest, PagesAndBatchesLeaveNothingOut) {
  Transaction transaction(from);
  for (int id = 100; id < 100 + 3 * page_rows; ++id)
    from.run("INSERT INTO spent_nonces (visit, spent_at) VALUES ($1, $2)",
             {std::to_string(id), std::int64_t{id}});
  transaction.commit();
  MoveOptions small;
  small.rows_at_once = page_rows + 1;
  move(small);
  expect_alike(from, db());
}

// Longer than a page may be.
TEST_P(MoveTest, LongLettersGoOneByOne) {
  for (int id = 100; id < 103; ++id) {
    LetterRow letter;
    letter.id = LetterId{id};
    letter.sha256 = std::to_string(id);
    letter.raw.assign(id == 101 ? 9'000'000 : 5'000'000, static_cast<char>(id));
    add_letter(from, letter);
  }
  int alone = 0;  // the second and the third: the first one goes with what was there
  db().before_statement = [&](std::string_view sql) {
    if (sql.starts_with("INSERT INTO letters") && sql.find("), (") == sql.npos) ++alone;
  };
  move();
  EXPECT_EQ(alone, 2);
  expect_alike(from, db());
}

TEST_P(MoveTest, WhatWasCopiedIsNotCopiedAgain) {
  move_halfway();
  int written = 0;
  db().before_statement = [&](std::string_view sql) {
    written += sql.starts_with("INSERT INTO people") ? 1 : 0;
  };
  EXPECT_TRUE(move().was_resumed);
  EXPECT_EQ(written, 0);
}

TEST_P(MoveTest, ACopyThatDiffersIsNotUsedAndSaysWhere) {
  move_halfway();
  db().run("UPDATE ties SET strength = strength / 2 WHERE owner = 1");
  EXPECT_NE(words_of([&] { move(); }).find("in the table ties, though both have 3 rows"), std::string::npos);
  EXPECT_TRUE(is_unfinished(db()));
  EXPECT_FALSE(find_sending_stop(from));
  MoveOptions anew;
  anew.start_over = true;
  EXPECT_FALSE(move(anew).was_resumed);
  expect_alike(from, db());
}

TEST_P(MoveTest, WhatWasWrittenBetweenTwoRunsIsFoundOut) {
  move_halfway();
  Person late;
  late.id = PersonId{50};
  add_person(from, late);
  EXPECT_NE(words_of([&] { move(); }).find("people: "), std::string::npos);
  EXPECT_NE(words_of([&] { move(); }).find("--start-over"), std::string::npos);
}

TEST_P(MoveTest, AnOldDaemonSendsNothingMoreAndANewOneDoes) {
  EXPECT_FALSE(move().was_stopped);
  EXPECT_EQ(find_sending_stop(from)->why, "this database was moved to there");
  EXPECT_EQ(find_sending_stop(from)->since, noon);
  EXPECT_FALSE(find_sending_stop(db()));
}

TEST_P(MoveTest, AStopThatWasThereGoesAlong) {
  stop_sending(from, "bounces", noon - std::chrono::hours{1});
  EXPECT_TRUE(move().was_stopped);
  EXPECT_EQ(find_sending_stop(db())->why, "bounces");
  EXPECT_EQ(find_sending_stop(db())->since, noon - std::chrono::hours{1});
  EXPECT_EQ(find_sending_stop(from)->why, "bounces; this database was moved to there");
  Database again = in_memory();
  move_storage(from, again, "there", noon);
  EXPECT_EQ(find_sending_stop(again)->why, "bounces") << "the copy was stopped for having been moved";
}

TEST_P(MoveTest, OnlyAnEmptyDatabaseIsMovedTo) {
  add_people(db(), 1);
  EXPECT_NE(words_of([&] { move(); }).find("not empty: people"), std::string::npos);
  EXPECT_EQ(db().row("SELECT COUNT(*) FROM people")->integer(0), 1);
}

TEST_P(MoveTest, AWholeCopyIsLeftAsItIs) {
  move();
  EXPECT_NE(words_of([&] { move(); }).find("a whole copy of it already"), std::string::npos);
  expect_alike(from, db());
}

TEST_P(MoveTest, AnothersUnfinishedCopyIsNotGoneOnWith) {
  move_halfway();
  Database other = in_memory();
  add_people(other, 3);
  EXPECT_NE(words_of([&] { move_storage(other, db(), "there", noon); }).find("of another"),
            std::string::npos);
  MoveOptions anew;
  anew.start_over = true;
  EXPECT_FALSE(move_storage(other, db(), "there", noon, anew).was_resumed);
  expect_alike(other, db());
}

TEST_P(MoveTest, AnUnfinishedCopyIsNotMovedOn) {
  move_halfway();
  Database further = in_memory();
  EXPECT_NE(words_of([&] { move_storage(db(), further, "further", noon); }).find("not whole"),
            std::string::npos);
}

TEST_P(MoveTest, ASchemaThatIsNotOursIsNotMoved) {
  from.run("DELETE FROM schema_versions WHERE version = $1", {newest_known_schema()});
  EXPECT_NE(words_of([&] { move(); }).find("tertius migrate"), std::string::npos);
  from.run(
      "INSERT INTO schema_versions (version, name, applied_at, works_with) VALUES ($1, '', 0, $1), (9999, "
      "'', 0, 1)",
      {newest_known_schema()});
  EXPECT_EQ(trouble_of([&] { move(); }), StorageTrouble::too_new);
}

class MoveInUseTest : public OnEngine {};
TERTIUS_ON_SHARED_ENGINES(MoveInUseTest);

TEST_P(MoveInUseTest, NothingIsMovedWhileADaemonIsAtWork) {
  {
    const Database daemon = open_database(url(), true);
    EXPECT_EQ(trouble_of([&] { move_storage(url(), "sqlite::memory:", noon); }), StorageTrouble::taken);
  }
  EXPECT_EQ(trouble_of([&] { move_storage(url(), "sqlite::memory:", noon); }), std::nullopt);
}

class MoveOnPostgresTest : public OnEngine {};
TERTIUS_ON_POSTGRES(MoveOnPostgresTest);

TEST_P(MoveOnPostgresTest, NobodyWritesToItMeanwhile) {
  add_people(db(), 3);
  Database to = in_memory(), other = open_another();
  other.script("SET lock_timeout = '10ms'");
  std::optional<StorageTrouble> written;
  MoveOptions options;
  options.on_step = [&](const MoveStep&) {
    if (!written) written = trouble_of([&] { stop_sending(other, "late", noon); });
  };
  move_storage(db(), to, "there", noon, options);
  EXPECT_EQ(written, StorageTrouble::busy);
}

// Longer than the server lets a daemon be silent in a transaction.
TEST_P(MoveOnPostgresTest, TheOtherDatabaseMayTakeItsTime) {
  add_people(db(), 3);
  Database to = in_memory();
  db().script("SET idle_in_transaction_session_timeout = '50ms'");
  MoveOptions options;
  options.on_step = [](const MoveStep& step) {
    if (step.table == "people") std::this_thread::sleep_for(std::chrono::milliseconds(200));
  };
  EXPECT_EQ(trouble_of([&] { move_storage(db(), to, "there", noon, options); }), std::nullopt);
}

TEST_P(MoveOnPostgresTest, NothingIsMovedToWhereADaemonIsAtWork) {
  Database from = in_memory();
  {
    const Database daemon = open_database(url(), true);
    EXPECT_EQ(trouble_of([&] { move_storage(from, db(), "there", noon); }), StorageTrouble::taken);
    EXPECT_FALSE(is_unfinished(db()));
  }
  EXPECT_EQ(trouble_of([&] { move_storage(from, db(), "there", noon); }), std::nullopt);
}

}  // namespace
}  // namespace tertius::storage
