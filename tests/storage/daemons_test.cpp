// Several daemons on one database: who is there, who holds which lease, what they are granted together.
#include "storage/daemons.hpp"

#include "storage/database_time.hpp"
#include "storage/leases.hpp"
#include "storage/news.hpp"
#include "storage/paces.hpp"
#include "storage/turns.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Time noon = Time{seconds{1'773'057'600}};
constexpr DaemonId one{1}, two{2};
constexpr seconds length{15};

DaemonRow daemon_row(DaemonId id, Time seen = noon) {
  return {.id = id,
          .host = "host-a",
          .machine = "4f2a host-a",
          .boot = "77 4026531836",
          .pid = 4711,
          .version = "tertius/1.0.0",
          .knows_schema = 25,
          .roles = "web lmtp",
          .started_at = noon,
          .seen_at = seen};
}

class DaemonsTest : public OnEngine {};
TERTIUS_ON_EVERY_ENGINE(DaemonsTest);

TEST_P(DaemonsTest, WhoIsSeenIsListedAsTheyAre) {
  see_daemon(db(), daemon_row(one));
  see_daemon(db(), daemon_row(one, noon + seconds{5}));
  see_daemon(db(), daemon_row(two));
  const auto there = daemons(db());
  ASSERT_EQ(there.size(), 2U);
  EXPECT_EQ(there[0].host, "host-a");
  EXPECT_EQ(there[0].machine, "4f2a host-a");
  EXPECT_EQ(there[0].boot, "77 4026531836");
  EXPECT_EQ(there[0].pid, 4711);
  EXPECT_EQ(there[0].version, "tertius/1.0.0");
  EXPECT_EQ(there[0].knows_schema, 25);
  EXPECT_EQ(there[0].roles, "web lmtp");
  EXPECT_EQ(there[0].started_at, noon);
  EXPECT_EQ(there[0].seen_at, noon + seconds{5});
  EXPECT_TRUE(is_alive(there[1], noon + daemon_is_gone - seconds{1}));
  EXPECT_FALSE(is_alive(there[1], noon + daemon_is_gone));
}

TEST_P(DaemonsTest, WhoHasNotBeenSeenForLongIsForgotten) {
  see_daemon(db(), daemon_row(one));
  see_daemon(db(), daemon_row(two, noon + seconds{1}));
  EXPECT_EQ(forget_daemons(db(), noon + seconds{1}), 1);
  ASSERT_EQ(daemons(db()).size(), 1U);
  EXPECT_EQ(daemons(db())[0].id, two);
}

TEST_P(DaemonsTest, ALeaseIsOnesUntilItRunsOut) {
  EXPECT_TRUE(take_lease(db(), "clock", one, noon, length));
  EXPECT_FALSE(take_lease(db(), "clock", two, noon + length - seconds{1}, length));
  EXPECT_TRUE(holds_lease(db(), "clock", one, noon + length - seconds{1}));
  EXPECT_FALSE(holds_lease(db(), "clock", two, noon));
  EXPECT_FALSE(holds_lease(db(), "clock", one, noon + length)) << "it has run out, though nobody took it";
  EXPECT_TRUE(take_lease(db(), "clock", two, noon + length, length));
  EXPECT_FALSE(holds_lease(db(), "clock", one, noon + length));
}

TEST_P(DaemonsTest, TheFenceRisesWhenItChangesHandsAndNotWhenItIsRenewed) {
  const auto fence = [&] { return leases(db()).at(0).fence; };
  take_lease(db(), "clock", one, noon, length);
  take_lease(db(), "clock", one, noon + seconds{5}, length);
  EXPECT_EQ(fence(), 1);
  EXPECT_EQ(leases(db())[0].until, noon + seconds{20});
  take_lease(db(), "clock", two, noon + seconds{20}, length);
  EXPECT_EQ(fence(), 2);
  take_lease(db(), "clock", one, noon + seconds{40}, length);
  EXPECT_EQ(fence(), 3);
}

TEST_P(DaemonsTest, WhoSignsOffLeavesTheirLeasesToOthersAtOnce) {
  see_daemon(db(), daemon_row(one));
  take_lease(db(), "clock", one, noon, length);
  take_lease(db(), "mailbox", two, noon, length);
  sign_off(db(), one);
  EXPECT_TRUE(daemons(db()).empty());
  EXPECT_FALSE(holds_lease(db(), "clock", one, noon));
  EXPECT_TRUE(take_lease(db(), "clock", two, noon, length));
  EXPECT_TRUE(holds_lease(db(), "mailbox", two, noon)) << "another's";
}

TEST_P(DaemonsTest, TheTimeIsTheDatabases) {
  DatabaseTime time(db());
  const auto here = std::chrono::floor<seconds>(std::chrono::system_clock::now());
  EXPECT_LE(std::chrono::abs(time.now() - here), seconds{5});
}

class DaemonsTogetherTest : public OnEngine {};
TERTIUS_ON_POSTGRES(DaemonsTogetherTest);

// A daemon that slept through its lease, in the middle of what it is for. Nobody waits for it either: there
// is other work to do.
TEST_P(DaemonsTogetherTest, NobodyTakesALeaseFromATransactionThatUsesIt) {
  take_lease(db(), "clock", one, noon, length);
  Database other = open_another();
  other.run("SET lock_timeout = '50ms'");
  {
    Transaction work(db());
    ASSERT_TRUE(holds_lease(db(), "clock", one, noon));
    Transaction transaction(other);
    EXPECT_FALSE(take_lease(other, "clock", two, noon + length, length));
    transaction.commit();
    work.commit();
  }
  EXPECT_TRUE(take_lease(other, "clock", two, noon + length, length));
  EXPECT_FALSE(holds_lease(db(), "clock", one, noon + length));
}

// The server's own keepalive believes in a machine without power for two hours.
TEST_P(DaemonsTogetherTest, WhoStandsStillInATransactionLosesItsLocks) {
  EXPECT_EQ(db().row("SELECT CURRENT_SETTING('idle_in_transaction_session_timeout')")->text(0), "30s");
  db().run("SET idle_in_transaction_session_timeout = '100ms'");
  take_lease(db(), "clock", one, noon, length);
  Transaction work(db());
  ASSERT_TRUE(holds_lease(db(), "clock", one, noon));
  Database other = open_another();
  other.run("UPDATE leases SET lease_until = 0");  // waits for the lock
  EXPECT_EQ(trouble_of([&] { db().run("SELECT 1"); }), StorageTrouble::busy) << "it is to be tried again";
}

TEST_P(DaemonsTogetherTest, WhatIsLookedForAndThenWrittenIsDoneByOneAtATime) {
  Database other = open_another();
  other.run("SET lock_timeout = '50ms'");
  Transaction work(db());
  take_turns(db(), {7, turn_number("a letter"), 7});
  EXPECT_EQ(trouble_of([&] {
              Transaction transaction(other);
              take_turns(other, {turn_number("a letter")});
            }),
            StorageTrouble::busy);
  EXPECT_FALSE(trouble_of([&] {
    Transaction transaction(other);
    take_turns(other, {turn_number("another letter"), 8});
  }));
  work.commit();
  Transaction transaction(other);
  take_turns(other, {7, turn_number("a letter")});
}

TEST_P(DaemonsTogetherTest, WhatOneGrantsCountsForTheOther) {
  Database other = open_another();
  for (int i = 0; i < 3; ++i)
    EXPECT_FALSE(take_pace(i % 2 == 0 ? db() : other, "network 192.0.2.1", 3, seconds{20}, noon)) << i;
  EXPECT_EQ(take_pace(other, "network 192.0.2.1", 3, seconds{20}, noon), milliseconds{20'000});
  EXPECT_EQ(take_pace(db(), "network 192.0.2.1", 3, seconds{20}, noon + seconds{19}), milliseconds{1'000});
  EXPECT_FALSE(take_pace(db(), "network 192.0.2.1", 3, seconds{20}, noon + seconds{20}));
  EXPECT_FALSE(take_pace(db(), "network 192.0.2.2", 3, seconds{20}, noon)) << "somebody else";
}

TEST_P(DaemonsTogetherTest, AClockThatIsSetBackLocksNobodyOut) {
  for (int i = 0; i < 3; ++i) take_pace(db(), "a", 3, seconds{20}, noon + std::chrono::days{365});
  EXPECT_EQ(take_pace(db(), "a", 3, seconds{20}, noon), milliseconds{20'000});
}

TEST_P(DaemonsTogetherTest, WhoHasRestedIsForgottenAndNobodyIsNamed) {
  take_pace(db(), "sign-in address alice@example.org", 3, seconds{20}, noon);
  EXPECT_EQ(db().row("SELECT who FROM paces")->text(0).find("alice"), std::string::npos);
  EXPECT_EQ(forget_paces(db(), noon), 0);
  EXPECT_EQ(forget_paces(db(), noon + seconds{21}), 1);
}

TEST_P(DaemonsTogetherTest, NewsIsHeardByTheOthersWhenItIsCommitted) {
  NewsListener listener(url());
  {
    Transaction undone(db());
    tell_news(db(), one);
  }
  EXPECT_FALSE(listener.wait(milliseconds{50}, two)) << "rolled back";
  tell_news(db(), two);
  EXPECT_FALSE(listener.wait(milliseconds{50}, two)) << "one's own";
  tell_news(db(), one);
  EXPECT_TRUE(listener.wait(seconds{20}, two));
}

TEST_P(DaemonsTogetherTest, AListenerThatLosesTheServerSaysSo) {
  NewsListener listener(url());
  db().rows(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
      "query = 'LISTEN tertius'");
  // What the server says at last may come before the end.
  EXPECT_EQ(trouble_of([&] {
              for (int i = 0; i < 3; ++i) listener.wait(seconds{20}, two);
            }),
            StorageTrouble::busy);
}

}  // namespace
}  // namespace tertius::storage
