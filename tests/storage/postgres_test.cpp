#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

class PostgresTest : public OnEngine {
 protected:
  // As when the server restarts or a firewall forgets the connection.
  void cut_connection() {
    const std::int64_t session = db().row("SELECT pg_backend_pid()")->integer(0);
    open_another().run("SELECT pg_terminate_backend(CAST($1 AS INTEGER), 5000)", {session});
  }
  void spend(const char* visit) {
    db().run("INSERT INTO spent_nonces (visit, spent_at) VALUES ($1, 0)", {visit});
  }
  std::int64_t spent() { return db().row("SELECT COUNT(*) FROM spent_nonces")->integer(0); }
};
TERTIUS_ON_POSTGRES(PostgresTest);

TEST_P(PostgresTest, TheNextTransactionConnectsAgainAndPreparesItsStatementsAnew) {
  spend("a");
  cut_connection();
  EXPECT_EQ(trouble_of([&] { spend("x"); }), StorageTrouble::busy);
  Transaction transaction(db());
  spend("b");
  transaction.commit();
  EXPECT_EQ(spent(), 2);
}

TEST_P(PostgresTest, NothingOfATransactionRunsOnOverANewConnection) {
  {
    Transaction transaction(db());
    spend("a");
    cut_connection();
    EXPECT_EQ(trouble_of([&] { spend("b"); }), StorageTrouble::busy);
    EXPECT_EQ(trouble_of([&] { spend("c"); }), StorageTrouble::busy);
    EXPECT_EQ(trouble_of([&] { transaction.commit(); }), StorageTrouble::busy);
  }
  EXPECT_EQ(spent(), 0);
}

TEST_P(PostgresTest, ACommitThatTheServerTurnsIntoARollbackIsNoCommit) {
  Transaction transaction(db());
  spend("a");
  EXPECT_EQ(trouble_of([&] { spend("a"); }), StorageTrouble::conflict);
  EXPECT_EQ(trouble_of([&] { transaction.commit(); }), StorageTrouble::broken);
}

TEST_P(PostgresTest, ALockThatDoesNotComeIsBusy) {
  spend("a");
  Database other = open_another();
  other.run("SET lock_timeout = '1ms'");
  Transaction holds(db());
  db().run("UPDATE spent_nonces SET spent_at = 1");
  EXPECT_EQ(trouble_of([&] { other.run("UPDATE spent_nonces SET spent_at = 2"); }), StorageTrouble::busy);
}

TEST_P(PostgresTest, AWriteWhereNoneMayBeIsFull) {
  db().run("SET default_transaction_read_only = on");
  EXPECT_EQ(trouble_of([&] { spend("a"); }), StorageTrouble::full);
}

TEST_P(PostgresTest, CommitsAreDurableWhateverTheServerSays) {
  EXPECT_EQ(db().row("SHOW synchronous_commit")->text(0), "on");
  EXPECT_EQ(db().row("SHOW transaction_isolation")->text(0), "read committed");
}

TEST_P(PostgresTest, AColumnOfATypeWeDoNotReadIsBroken) {
  EXPECT_EQ(trouble_of([&] { db().row("SELECT CAST(1.5 AS NUMERIC)"); }), StorageTrouble::broken);
}

TEST(PostgresUrlTest, AServerThatIsNotThereIsBusyWithAHint) {
  try {
    open_database("postgresql:///tertius?host=/nowhere/at/all");
    FAIL();
  } catch (const StorageError& error) {
    EXPECT_EQ(error.trouble, StorageTrouble::busy);
    EXPECT_FALSE(error.hint.empty());
  }
}

}  // namespace
}  // namespace tertius::storage
