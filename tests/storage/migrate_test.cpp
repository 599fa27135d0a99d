#include "storage/migrate.hpp"

#include <thread>

#include "storage/embedded.hpp"
#include "storage/has_table.hpp"
#include "storage/moving.hpp"
#include "storage/presence.hpp"
#include "storage/schema_sql.hpp"
#include "storage/tables.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/filler.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

class MigrateTest : public OnEngine {};
TERTIUS_ON_EVERY_ENGINE(MigrateTest);

std::size_t files() { return embedded_files().size(); }

TEST_P(MigrateTest, ASecondRunDoesNothing) {
  EXPECT_EQ(migrate(db()), 0);
  EXPECT_EQ(db().rows("SELECT version FROM schema_versions").size(), files());
}

TEST_P(MigrateTest, EveryFileIsOnRecordByNumberAndName) {
  const std::vector<Row> rows =
      db().rows("SELECT version, name, applied_at FROM schema_versions ORDER BY version");
  ASSERT_EQ(rows.size(), files());
  EXPECT_EQ(rows[0].integer(0), 1);
  EXPECT_EQ(rows[0].text(1), "0001_first.sql");
  EXPECT_GT(rows[0].integer(2), 1'700'000'000);
}

TEST_P(MigrateTest, ANewerDatabaseIsRefused) {
  db().run("INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, 'future', 0)");
  EXPECT_EQ(trouble_of([&] { migrate(db()); }), StorageTrouble::too_new);
}

// What a newer program leaves behind.
void apply_newer(Database& db, std::int64_t version, std::optional<std::int64_t> works_with) {
  db.run("INSERT INTO schema_versions (version, name, applied_at, works_with) VALUES ($1, 'later', 0, $2)",
         {version, works_with ? Value(*works_with) : Value(nullptr)});
}

TEST_P(MigrateTest, ANewerDatabaseThatWorksWithThisProgramIsUsed) {
  apply_newer(db(), 9998, newest_known_schema());
  apply_newer(db(), 9999, newest_known_schema() - 1);
  EXPECT_EQ(migrate(db()), 0);
  EXPECT_EQ(trouble_of([&] { require_known_schema(db()); }), std::nullopt);
}

TEST_P(MigrateTest, OneNewerFileThatDoesNotWorkWithThisProgramIsEnough) {
  apply_newer(db(), 9997, newest_known_schema());
  apply_newer(db(), 9998, newest_known_schema() + 1);
  apply_newer(db(), 9999, newest_known_schema());
  EXPECT_EQ(trouble_of([&] { migrate(db()); }), StorageTrouble::too_new);
  EXPECT_EQ(trouble_of([&] { require_known_schema(db()); }), StorageTrouble::too_new);
}

TEST_P(MigrateTest, AFileThatSaysNothingWorksWithNoOlderProgram) {
  apply_newer(db(), 9999, std::nullopt);
  EXPECT_EQ(trouble_of([&] { migrate(db()); }), StorageTrouble::too_new);
}

TEST(MigrationTextTest, SaysWhichProgramsItWorksWith) {
  EXPECT_EQ(works_with("-- One more column.\n-- works with: 0021\n\nALTER", 23), 21);
  EXPECT_EQ(works_with("-- works with: 0007\n", 23), 7);
  EXPECT_EQ(works_with("-- It works with: 0021\nALTER", 23), 23);
  EXPECT_EQ(works_with("ALTER", 23), 23);
  for (const Migration& migration : known_migrations()) EXPECT_LE(migration.works_with, migration.version);
}

TEST_P(MigrateTest, AnUnfinishedCopyIsRefused) {
  begin_moving(db());
  EXPECT_EQ(trouble_of([&] { migrate(db()); }), StorageTrouble::broken);
  EXPECT_EQ(trouble_of([&] { require_known_schema(db()); }), StorageTrouble::broken);
}

TEST_P(MigrateTest, LookingForWhatIsMissingChangesNothing) {
  EXPECT_EQ(migration_script(db()), "");
  wipe(db());
  EXPECT_EQ(missing_migrations(db()).size(), files());
  EXPECT_NE(migration_script(db()), "");
  EXPECT_FALSE(has_table(db(), "schema_versions"));
}

TEST_P(MigrateTest, TheScriptDoesWhatAMigrationDoes) {
  for (const std::int64_t version : {std::int64_t{0}, newest_known_schema() - 1}) {
    wipe(db());
    if (version > 0) make_schema_of(db(), version);
    const std::string script = migration_script(db());
    EXPECT_EQ(script.find(is_postgres() ? "\n-- sqlite:" : "\n-- postgres:"), script.npos);
    db().script(script);
    EXPECT_EQ(migrate(db()), 0);
    for (const Table& table : schema_tables()) EXPECT_TRUE(has_table(db(), table.name)) << table.name;
  }
}

TEST_P(MigrateTest, AFailureAtAnyStatementLeavesADatabaseThatCanBeMigrated) {
  int failures = 0;
  // Each of the first files', and of the later ones, which are alike, every ninth.
  for (int fatal = 1;; fatal += fatal < 40 ? 1 : 9) {
    wipe(db());
    db().before_statement = [&, count = 0](std::string_view) mutable {
      if (++count == fatal) throw StorageError(StorageTrouble::full, "as told");
    };
    const auto trouble = trouble_of([&] { migrate(db()); });
    db().before_statement = nullptr;
    if (!trouble) break;
    ++failures;
    const auto works = [&](const char* sql) { return !trouble_of([&] { db().run(sql); }); };
    const int done = works("SELECT version FROM schema_versions")
                         ? static_cast<int>(db().row("SELECT COUNT(*) FROM schema_versions")->integer(0))
                         : 0;
    EXPECT_EQ(works("SELECT id FROM people"), done >= 1) << "a file is there as a whole or not at all";
    EXPECT_EQ(works("SELECT fields FROM outbox"), done == 1) << "a file is there as a whole or not at all";
    EXPECT_EQ(works("SELECT person FROM do_not_ask"), done >= 3)
        << "a file is there as a whole or not at all";
    EXPECT_EQ(migrate(db()), static_cast<int>(files()) - done);
  }
  EXPECT_GE(failures, 8);
}

// A daemon of the first schema had notices waiting.
TEST_P(MigrateTest, NoticesOfAnOlderSchemaKeepTheirWords) {
  wipe(db());
  make_schema_of(db(), 1);
  db().run(
      "INSERT INTO outbox (id, kind, role, recipient, recipient_key, language, message_id, fields, priority, "
      "not_before, created_at, state, attempts, last_reply) VALUES (1, 'problem', 'requester', "
      "'a@x.example', "
      "'a@x.example', 'en', 'm@x.example', $1, 0, 0, 0, 'due', 0, '')",
      {R"({"values": {"PITCH": "Dear Gail"}, "sections": {}})"});
  EXPECT_EQ(migrate(db()), static_cast<int>(files()) - 1);
  EXPECT_EQ(find_notice(db(), NoticeId{1})->fields.values.at("PITCH"), "Dear Gail");
}

class MigrateTogetherTest : public OnEngine {};
TERTIUS_ON_SHARED_ENGINES(MigrateTogetherTest);

TEST_P(MigrateTogetherTest, TwoDaemonsApplyEachFileOnce) {
  wipe(db());
  Database other = open_another();
  int by_other = 0;
  std::thread thread([&] { by_other = migrate(other); });
  const int by_us = migrate(db());
  thread.join();
  EXPECT_EQ(by_us + by_other, static_cast<int>(files()));
}

class MigrateBesideTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    wipe(db());
    make_schema_of(db(), before);
  }
  // As a daemon of that schema does.
  Database daemon_that_knows(std::int64_t schema) {
    Database daemon = open_another();
    daemon.run(presence_sql(schema));
    return daemon;
  }
  const std::int64_t before = newest_known_schema() - 1;
  const std::int64_t works_with = known_migrations().back().works_with;
};
TERTIUS_ON_POSTGRES(MigrateBesideTest);

TEST_P(MigrateBesideTest, NothingIsTakenFromADaemonThatNeedsIt) {
  {
    const Database old = daemon_that_knows(works_with - 1);
    EXPECT_EQ(trouble_of([&] { migrate(db()); }), StorageTrouble::taken);
    EXPECT_FALSE(missing_migrations(db()).empty());
  }
  EXPECT_GE(migrate(db()), 1);
}

TEST_P(MigrateBesideTest, ADaemonThatCanDoWithItGoesOn) {
  const Database old = daemon_that_knows(works_with);
  EXPECT_GE(migrate(db()), 1);
}

TEST_P(MigrateBesideTest, ADaemonIsSeenForAsLongAsItsSessionLasts) {
  EXPECT_TRUE(schemas_of_daemons(db()).empty());
  {
    Database daemon = open_database(url(), true);
    EXPECT_EQ(schemas_of_daemons(db()), std::vector{newest_known_schema()});
    EXPECT_TRUE(schemas_of_daemons(daemon).empty()) << "it is no other to itself";
    const auto session = daemon.row("SELECT pg_backend_pid()")->integer(0);
    db().row("SELECT pg_terminate_backend(CAST($1 AS INT), 5000)", {session});
    EXPECT_TRUE(schemas_of_daemons(db()).empty());
    trouble_of([&] { daemon.run("SELECT 1"); });
    daemon.run("SELECT 1");
    EXPECT_EQ(schemas_of_daemons(db()).size(), 1U) << "it is back, and not seen";
  }
}

TEST(SchemaSqlTest, PrefixedLinesAreReadByTheirEngineAlone) {
  constexpr std::string_view text = "a BIGINT,\n  -- sqlite: only\n-- postgres: mine\nb BYTEA COLLATE \"C\"";
  EXPECT_EQ(schema_sql(text, false), "a INTEGER,\n only\n-- postgres: mine\nb BLOB\n");
  EXPECT_EQ(schema_sql(text, true), "a BIGINT,\n  -- sqlite: only\n mine\nb BYTEA COLLATE \"C\"\n");
}

}  // namespace
}  // namespace tertius::storage
