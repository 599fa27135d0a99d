#include "storage/migrate.hpp"

#include <thread>

#include "storage/embedded.hpp"
#include "storage/schema_sql.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

// Of every schema file, those that refer to others first; own_names is in the first ten alone.
constexpr auto tables = std::to_array<const char*>({
    "mailboxes",
    "audit",
    "audit_head",
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
  for (const char* later : {"audit",
                            "audit_head",
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
  db().run("DELETE FROM schema_versions WHERE version >= 2");
  EXPECT_EQ(migrate(db()), static_cast<int>(files()) - 1);
  EXPECT_EQ(find_notice(db(), NoticeId{1})->fields, row.fields);
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

TEST(SchemaSqlTest, PrefixedLinesAreReadByTheirEngineAlone) {
  constexpr std::string_view text = "a BIGINT,\n  -- sqlite: only\n-- postgres: mine\nb BYTEA COLLATE \"C\"";
  EXPECT_EQ(schema_sql(text, false), "a INTEGER,\n only\n-- postgres: mine\nb BLOB\n");
  EXPECT_EQ(schema_sql(text, true), "a BIGINT,\n  -- sqlite: only\n mine\nb BYTEA COLLATE \"C\"\n");
}

}  // namespace
}  // namespace tertius::storage
