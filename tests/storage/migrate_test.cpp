#include "storage/migrate.hpp"

#include <thread>

#include "storage/embedded.hpp"
#include "storage/has_table.hpp"
#include "storage/imports.hpp"
#include "storage/letters.hpp"
#include "storage/moving.hpp"
#include "storage/my_contacts.hpp"
#include "storage/my_introductions.hpp"
#include "storage/network_rows.hpp"
#include "storage/preferences.hpp"
#include "storage/presence.hpp"
#include "storage/schema_sql.hpp"
#include "storage/tables.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/filler.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

// Of every schema file, those that refer to others first; own_names is in the first ten alone.
constexpr auto tables = std::to_array<const char*>({
    "mailboxes",
    "audit",
    "audit_head",
    "paces",
    "leases",
    "daemons",
    "sending_stop",
    "network_changes",
    "told_apart",
    "merged_imports",
    "merged_ties",
    "merged",
    "address_book_cards",
    "address_books",
    "import_words",
    "forgotten_refusals",
    "forgotten",
    "address_secret",
    "own_words",
    "noted_keys",
    "own_names",
    "webhook_deliveries",
    "webhooks",
    "api_answers",
    "api_tokens",
    "perhaps_forgotten",
    "import_ties",
    "import_files",
    "imports",
    "do_not_ask",
    "preferences",
    "sign_ins",
    "browsers",
    "suppressions",
    "spent_nonces",
    "letters",
    "outbox_fields",
    "outbox",
    "history",
    "asks",
    "introductions",
    "ties",
    "addresses",
    "person_words",
    "people",
    "near_words",
    "schema_versions",
});

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
  const auto drop_all = [&] {
    for (const char* table : tables) db().run("DROP TABLE IF EXISTS " + std::string(table));
  };
  int failures = 0;
  for (int fatal = 1;; ++fatal) {
    drop_all();
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

// SQLite looks at all of them before it alters any table; PostgreSQL's are made over.
void drop_triggers(Database& db) {
  if (db.is_postgres()) return;
  for (const Row& row : db.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    db.run("DROP TRIGGER " + row.text(0));
}

// A daemon of the first schema had notices waiting.
TEST_P(MigrateTest, NoticesOfAnOlderSchemaKeepTheirWords) {
  OutboxRow row = sample_notice(1);
  row.fields.values["PITCH"] = "Dear Gail";
  add_notice(db(), row);
  drop_triggers(db());
  db().run("ALTER TABLE outbox ADD COLUMN fields TEXT NOT NULL DEFAULT '{}'");
  db().run("UPDATE outbox SET fields = (SELECT outbox_fields.fields FROM outbox_fields WHERE notice = id)");
  db().run("DROP TABLE outbox_fields");
  for (const char* index :
       {"outbox_person", "asks_requester", "do_not_ask_other", "introductions_open", "introductions_held"})
    db().run("DROP INDEX " + std::string(index));
  if (is_postgres()) db().run("DROP TABLE paces");
  for (const char* later : {"audit",
                            "audit_head",
                            "leases",
                            "daemons",
                            "sending_stop",
                            "network_changes",
                            "told_apart",
                            "merged_imports",
                            "merged_ties",
                            "merged",
                            "address_book_cards",
                            "address_books",
                            "import_words",
                            "forgotten_refusals",
                            "forgotten",
                            "address_secret",
                            "noted_keys",
                            "own_words",
                            "webhook_deliveries",
                            "webhooks",
                            "api_answers",
                            "api_tokens",
                            "perhaps_forgotten",
                            "import_ties",
                            "import_files",
                            "imports",
                            "do_not_ask",
                            "preferences",
                            "sign_ins",
                            "browsers",
                            "near_words",
                            "mailboxes"})
    db().run("DROP TABLE " + std::string(later));
  for (const char* later : {"wanted", "relay", "vouching"})
    db().run("ALTER TABLE introductions DROP COLUMN " + std::string(later));
  for (const char* later : {"asks_asked", "outbox_failed"}) db().run("DROP INDEX " + std::string(later));
  db().run("ALTER TABLE outbox DROP COLUMN claimed_by");
  db().run("DELETE FROM schema_versions WHERE version >= 2");
  EXPECT_EQ(migrate(db()), static_cast<int>(files()) - 1);
  EXPECT_EQ(find_notice(db(), NoticeId{1})->fields, row.fields);
}

// 0010: what one member's files say of somebody is that member's. 0013: nobody wrote to own_names since.
bool may_have_changed(std::int64_t since, const std::string& table, const std::string& column) {
  return (since < 10 && table == "people" && column == "profile_key") || table == "own_names";
}

// What stands in the row with that key; nothing where it is gone.
std::optional<Row> find_row(Database& db, const Table& table, const std::string& columns,
                            const std::vector<Value>& key) {
  std::string sql = "SELECT " + columns + " FROM " + table.name + " WHERE TRUE";
  for (std::size_t i = 0; i < table.key.size(); ++i)
    sql += " AND " + table.columns[table.key[i]].name + " = $" + std::to_string(i + 1);
  return db.row(sql, key);
}

bool is_value(const Row& row, const Value& expected) {
  if (row.is_null(0) || std::holds_alternative<std::nullptr_t>(expected))
    return row.is_null(0) && std::holds_alternative<std::nullptr_t>(expected);
  if (const auto* text = std::get_if<std::string>(&expected)) return row.text(0) == *text;
  if (const auto* number = std::get_if<std::int64_t>(&expected)) return row.integer(0) == *number;
  if (const auto* real = std::get_if<double>(&expected)) return row.real(0) == *real;
  const Blob& blob = std::get<Blob>(expected);
  return row.bytes(0) == std::string(reinterpret_cast<const char*>(blob.data()), blob.size());
}

void expect_rows(Database& db, DescribedSchema& old, std::int64_t since, int rows) {
  for (const Table& table : old.tables()) {
    if (table.is_seeded || table.key.empty() || !has_table(db, table.name)) continue;
    for (int row = 1; row <= (old.has_one_row(table) ? 1 : rows); ++row) {
      std::vector<Value> key;
      for (const std::size_t at : table.key)
        key.push_back(old.value(table, table.columns[at].name, row, rows));
      for (const Column& column : table.columns) {
        if (may_have_changed(since, table.name, column.name) || !has_column(db, table.name, column.name))
          continue;
        const auto found = find_row(db, table, column.name, key);
        ASSERT_TRUE(found) << table.name << " lost row " << row;
        EXPECT_TRUE(is_value(*found, old.value(table, column.name, row, rows)))
            << table.name << "." << column.name << " of row " << row;
      }
    }
  }
}

// What a daemon does when it starts and in its first minute.
void use_as_a_daemon(Database& db) {
  Transaction transaction(db);
  EXPECT_EQ(load_network(db).network.people(), 3U);
  for (int id = 1; id <= 3; ++id) {
    const Introduction introduction = *find_introduction(db, IntroductionId{id});
    load_facts(db, introduction, noon);
    load_history(db, introduction.id);
    load_person(db, PersonId{id});
    load_preferences(db, PersonId{id});
    list_my_introductions(db, PersonId{id}, noon, 10, 0);
    list_contacts(db, PersonId{id}, "", 0, 10);
    imports_of(db, PersonId{id}, 10);
  }
  find_due(db, noon, 10);
  claim_import(db, noon);
  EXPECT_EQ(recent_letters(db, 10).size(), 3U);
  EXPECT_EQ(recent_notices(db, 10).size(), 3U);
  claim_notices(db, noon, std::chrono::minutes{5}, 10);
  search_people(db, "person", 5);
  transaction.commit();
}

// A database of each program that there has been, with rows in each of its tables, by this one.
TEST_P(MigrateTest, EverySchemaThereHasBeenIsUpgradedWithItsRows) {
  for (const Migration& oldest : known_migrations()) {
    SCOPED_TRACE(oldest.name);
    wipe(db());
    make_schema_of(db(), oldest.version);
    DescribedSchema old(oldest.version);
    fill(db(), old, 3);
    const auto newer = std::count_if(known_migrations().begin(), known_migrations().end(),
                                     [&](const Migration& each) { return each.version > oldest.version; });
    EXPECT_EQ(migrate(db()), newer);
    EXPECT_TRUE(has_column(db(), "schema_versions", "works_with"));
    ASSERT_NO_FATAL_FAILURE(expect_rows(db(), old, oldest.version, 3));
    use_as_a_daemon(db());
    if (testing::Test::HasFailure()) return;
  }
}

class MigrateTogetherTest : public OnEngine {};
TERTIUS_ON_SHARED_ENGINES(MigrateTogetherTest);

TEST_P(MigrateTogetherTest, TwoDaemonsApplyEachFileOnce) {
  for (const char* table : tables) db().run("DROP TABLE IF EXISTS " + std::string(table));
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
