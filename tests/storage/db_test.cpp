#include "storage/db.hpp"

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

class DbTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    db().script(is_postgres()
                    ? "CREATE TABLE box (id BIGINT PRIMARY KEY, t TEXT, r DOUBLE PRECISION, b BYTEA)"
                    : "CREATE TABLE box (id INTEGER PRIMARY KEY, t TEXT, r REAL, b BLOB) STRICT");
  }
  void put(std::int64_t id) { db().run("INSERT INTO box (id) VALUES ($1)", {id}); }
  std::int64_t count() { return db().row("SELECT COUNT(*) FROM box")->integer(0); }
};
TERTIUS_ON_EVERY_ENGINE(DbTest);

TEST_P(DbTest, ValuesOfEveryTypeComeBackAsTheyWent) {
  const std::vector<std::byte> bytes{std::byte{0}, std::byte{0xFF}, std::byte{'\\'}, std::byte{'x'}};
  db().run("INSERT INTO box (id, t, r, b) VALUES ($1, $2, $3, $4)",
           {INT64_MIN, "\"Zoë's\" \U0001F91D", 0.1, bytes});
  db().run("INSERT INTO box (id, t, r, b) VALUES ($1, $2, $3, $4)", {INT64_MAX, "", -1e300, Blob{}});
  const std::vector<Row> rows = db().rows("SELECT id, t, r, b FROM box ORDER BY id");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].integer(0), INT64_MIN);
  EXPECT_EQ(rows[0].text(1), "\"Zoë's\" \U0001F91D");
  EXPECT_EQ(rows[0].real(2), 0.1);
  EXPECT_EQ(rows[0].bytes(3), std::string("\0\xFF\\x", 4));
  EXPECT_EQ(rows[1].integer(0), INT64_MAX);
  EXPECT_FALSE(rows[1].is_null(1));
  EXPECT_EQ(rows[1].real(2), -1e300);
  EXPECT_FALSE(rows[1].is_null(3));
  EXPECT_EQ(rows[1].bytes(3), "");
}

TEST_P(DbTest, NullReadsAsEmptyOrZero) {
  db().run("INSERT INTO box (id, t, r, b) VALUES ($1, $2, $3, $4)",
           {std::int64_t{1}, nullptr, nullptr, nullptr});
  const auto row = db().row("SELECT t, r, b FROM box");
  EXPECT_TRUE(row->is_null(0));
  EXPECT_EQ(row->text(0), "");
  EXPECT_EQ(row->real(1), 0);
  EXPECT_EQ(row->integer(1), 0);
  EXPECT_EQ(row->bytes(2), "");
}

TEST_P(DbTest, AColumnReadAsWhatItIsNotIsBroken) {
  put(1);
  const auto row = db().row("SELECT id FROM box");
  EXPECT_EQ(trouble_of([&] { (void)row->text(0); }), StorageTrouble::broken);
  EXPECT_EQ(trouble_of([&] { (void)row->bytes(0); }), StorageTrouble::broken);
}

TEST_P(DbTest, BytesThatPostgresRefusesAreReplacedInText) {
  db().run("INSERT INTO box (id, t) VALUES ($1, $2)",
           {std::int64_t{1}, std::string("a\0b\xFF\xC3(\xED\xA0\x80", 9)});
  EXPECT_EQ(db().row("SELECT t FROM box")->text(0), "a\uFFFDb\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFD");
}

TEST_P(DbTest, OneArgumentMayStandTwiceAndInAnyOrder) {
  db().run("INSERT INTO box (id, t) VALUES ($2, $1)", {"text", std::int64_t{7}});
  const auto row =
      db().row("SELECT t FROM box WHERE id = $2 AND t = $1 AND id + 0 = $2", {"text", std::int64_t{7}});
  ASSERT_TRUE(row);
  EXPECT_EQ(row->text(0), "text");
}

TEST_P(DbTest, RunCountsTheRowsItChanged) {
  for (int i = 0; i < 3; ++i) put(i);
  EXPECT_EQ(db().run("UPDATE box SET t = $1 WHERE id > $2", {"x", std::int64_t{0}}), 2);
  EXPECT_EQ(db().run("UPDATE box SET t = $1 WHERE id > $2", {"x", std::int64_t{9}}), 0);
  EXPECT_EQ(db().run("INSERT INTO box (id) VALUES ($1) ON CONFLICT DO NOTHING", {std::int64_t{1}}), 0);
}

TEST_P(DbTest, RowIsEmptyWhereNothingIsFound) { EXPECT_FALSE(db().row("SELECT id FROM box")); }

TEST_P(DbTest, ATransactionThatIsNotCommittedIsUndone) {
  {
    Transaction transaction(db());
    put(1);
  }
  EXPECT_EQ(count(), 0);
  Transaction transaction(db());
  put(2);
  transaction.commit();
  EXPECT_EQ(count(), 1);
}

TEST_P(DbTest, ASavepointIsUndoneAlone) {
  Transaction transaction(db());
  put(1);
  {
    Savepoint job(db());
    put(2);
    EXPECT_EQ(trouble_of([&] { put(1); }), StorageTrouble::conflict);
  }
  {
    Savepoint job(db());
    put(3);
    job.release();
  }
  transaction.commit();
  EXPECT_EQ(db().rows("SELECT id FROM box ORDER BY id").size(), 2u);
  EXPECT_FALSE(db().row("SELECT id FROM box WHERE id = 2"));
}

TEST_P(DbTest, SavepointsNest) {
  Transaction transaction(db());
  {
    Savepoint outer(db());
    put(1);
    { Savepoint undone(db()); }
    // The outer one goes whole: the inner one is no longer in its place.
  }
  {
    Savepoint outer(db());
    {
      Savepoint inner(db());
      put(2);
    }
    put(3);
    outer.release();
  }
  transaction.commit();
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(db().row("SELECT id FROM box")->integer(0), 3);
}

TEST_P(DbTest, EngineErrorsAreToldApart) {
  put(1);
  EXPECT_EQ(trouble_of([&] { put(1); }), StorageTrouble::conflict);
  EXPECT_EQ(trouble_of([&] { db().run("SELECT nonsense FROM box"); }), StorageTrouble::broken);
  EXPECT_EQ(trouble_of([&] {
              db().run(
                  "INSERT INTO addresses (address_key, person, address, position) "
                  "VALUES ('a', 99, 'a', 1)");
            }),
            StorageTrouble::conflict);
  put(2);
  EXPECT_EQ(count(), 2);
}

TEST_P(DbTest, BeforeStatementHearsOfEveryStatementAndCanFailIt) {
  std::vector<std::string> heard;
  db().before_statement = [&](std::string_view sql) {
    heard.emplace_back(sql);
    if (sql == "COMMIT") throw StorageError(StorageTrouble::full, "as told");
  };
  EXPECT_EQ(trouble_of([&] {
              Transaction transaction(db());
              put(1);
              transaction.commit();
            }),
            StorageTrouble::full);
  db().before_statement = nullptr;
  EXPECT_EQ(heard, (std::vector<std::string>{"BEGIN", "INSERT INTO box (id) VALUES ($1)", "COMMIT"}));
  EXPECT_EQ(count(), 0);
}

TEST(DbUrlTest, UnknownUrlIsRefusedWithAHint) {
  for (const char* url : {"", "sqlite:", "mysql://x", "/var/lib/tertius.db"}) {
    try {
      open_database(url);
      FAIL() << url;
    } catch (const StorageError& error) {
      EXPECT_FALSE(error.hint.empty());
    }
  }
}

}  // namespace
}  // namespace tertius::storage
