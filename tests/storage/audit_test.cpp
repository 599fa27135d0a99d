// The chain of the audit log: whole as it is written, and broken by whatever is done to it afterwards.
#include "storage/audit.hpp"

#include <algorithm>
#include <limits>
#include <thread>

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

class AuditTest : public OnEngine {
 protected:
  void note(int count) {
    Transaction transaction(db());
    for (const int end = written_ + count; written_ < end; ++written_)
      note_audit(db(), noon + std::chrono::seconds{written_}, by_operator, AuditAct::token_added,
                 "token " + std::to_string(written_));
    transaction.commit();
  }
  AuditCheck check(std::string_view noted = {}) { return check_audit(db(), noted); }
  std::string head() { return check().head; }

 private:
  int written_ = 0;
};
TERTIUS_ON_EVERY_ENGINE(AuditTest);

TEST_P(AuditTest, AnEmptyOneIsWhole) {
  const auto checked = check(audit_genesis);
  EXPECT_EQ(checked.wrong, "");
  EXPECT_EQ(checked.entries, 0);
  EXPECT_EQ(checked.head, audit_genesis);
  EXPECT_TRUE(checked.has_noted);
}

TEST_P(AuditTest, WhatIsNotedIsFoundNewestFirst) {
  note(3);
  note_audit(db(), noon + std::chrono::days{1}, by_person(PersonId{4}), AuditAct::merged,
             "person 3 into person 2");
  const auto newest = recent_audit(db(), noon + std::chrono::seconds{1}, 3);
  ASSERT_EQ(newest.size(), 3u);
  EXPECT_EQ(newest[0].seq, 4);
  EXPECT_EQ(newest[0].who, "person 4");
  EXPECT_EQ(newest[0].what, "contacts merge");
  EXPECT_EQ(newest[0].subject, "person 3 into person 2");
  EXPECT_EQ(newest[0].at, noon + std::chrono::days{1});
  EXPECT_EQ(newest[2].seq, 2);
  EXPECT_EQ(check().entries, 4);
  EXPECT_EQ(check().wrong, "");
}

// As anybody can make it anew: printf '%s' "64:000...,1:1,10:1773057600,8:operator,9:token add,7:token 7," |
// sha256sum
TEST_P(AuditTest, TheHashIsThatOfTheFormThatIsDocumented) {
  note_audit(db(), from_unix_seconds(1'773'057'600), by_operator, AuditAct::token_added, "token 7");
  EXPECT_EQ(head(), "1847ce4a85b2d798b4b195657d21491ef1f7368582687561d7b6c14a8d3b0663");
}

TEST_P(AuditTest, AFieldThatWasChangedIsNamed) {
  note(5);
  for (const char* change : {"at = at + 1", "who = 'daemon'", "what = 'token revoke'", "subject = ''",
                             "hash = 'ab'", "subject = who, who = subject"}) {
    db().run("UPDATE audit SET " + std::string(change) + " WHERE seq = 3");
    const auto checked = check();
    EXPECT_EQ(checked.wrong, "entry 3 is not as it was written, or not where") << change;
    EXPECT_EQ(checked.entries, 2);
    db().run("DELETE FROM audit");
    db().run("UPDATE audit_head SET seq = 0, hash = $1", {std::string(audit_genesis)});
    note(5);
    EXPECT_EQ(check().wrong, "");
  }
}

TEST_P(AuditTest, AHashMadeAnewBreaksTheNext) {
  note(5);
  AuditEntry third = recent_audit(db(), {}, 3).back();
  const AuditEntry second = recent_audit(db(), {}, 4).back();
  third.who = "daemon";
  db().run("UPDATE audit SET who = 'daemon', hash = $1 WHERE seq = 3", {audit_hash(third, second.hash)});
  EXPECT_EQ(check().wrong, "entry 4 is not as it was written, or not where");
}

TEST_P(AuditTest, AnEntryThatWasTakenOutIsMissing) {
  for (const int gone : {1, 3, 5}) {
    db().run("DELETE FROM audit");
    db().run("UPDATE audit_head SET seq = 0, hash = $1", {std::string(audit_genesis)});
    note(5);
    db().run("DELETE FROM audit WHERE seq = $1", {std::int64_t{gone}});
    EXPECT_TRUE(check().wrong.starts_with("entry " + std::to_string(gone) + " is missing")) << check().wrong;
  }
}

TEST_P(AuditTest, EntriesThatWereTakenOutAndNumberedAnewAreNotWhereTheyWereWritten) {
  note(5);
  db().run("DELETE FROM audit WHERE seq = 3");
  db().run("UPDATE audit SET seq = 3 WHERE seq = 4");
  db().run("UPDATE audit SET seq = 4 WHERE seq = 5");
  EXPECT_EQ(check().wrong, "entry 3 is not as it was written, or not where");
}

TEST_P(AuditTest, TwoThatChangedPlacesAreFound) {
  note(5);
  db().run("UPDATE audit SET seq = 100 WHERE seq = 2");
  db().run("UPDATE audit SET seq = 2 WHERE seq = 3");
  db().run("UPDATE audit SET seq = 3 WHERE seq = 100");
  EXPECT_EQ(check().wrong, "entry 2 is not as it was written, or not where");
}

TEST_P(AuditTest, AnEntryBeforeTheFirstOrBehindTheLastIsNobodys) {
  note(2);
  db().run(
      "INSERT INTO audit (seq, at, who, what, subject, hash) VALUES (0, 0, 'operator', 'erase', '', '')");
  EXPECT_EQ(check().wrong, "entry 1 is missing");
  db().run("DELETE FROM audit WHERE seq = 0");
  AuditEntry forged{.seq = 3, .at = noon, .who = "operator", .what = "erase", .subject = "", .hash = {}};
  db().run(
      "INSERT INTO audit (seq, at, who, what, subject, hash) VALUES (3, $1, 'operator', 'erase', '', $2)",
      {std::int64_t{unix_seconds(noon)}, audit_hash(forged, head())});
  EXPECT_EQ(check().wrong, "entry 3 was added by somebody else");
}

// As low and as high as there are numbers.
TEST_P(AuditTest, AnEntryAtEitherEndOfAllNumbersIsFound) {
  using Limits = std::numeric_limits<std::int64_t>;
  note(2);
  for (const std::int64_t seq : {Limits::min(), Limits::max()}) {
    db().run(
        "INSERT INTO audit (seq, at, who, what, subject, hash) VALUES ($1, 0, 'operator', 'erase', '', '')",
        {seq});
    EXPECT_NE(check().wrong, "") << seq;
    db().run("DELETE FROM audit WHERE seq = $1", {seq});
    EXPECT_EQ(check().wrong, "");
  }
}

// Whoever can cut off the end can mend the head too: only what was noted elsewhere tells.
TEST_P(AuditTest, AnEndThatWasCutOffIsToldByAHeadThatWasNoted) {
  note(5);
  const std::string early = recent_audit(db(), {}, 3).back().hash, noted = head();
  note(3);
  EXPECT_TRUE(check(noted).has_noted);
  db().run("DELETE FROM audit WHERE seq > 4");
  EXPECT_EQ(check().wrong, "entry 5 is missing, and what came after it");
  db().run("UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)");
  EXPECT_EQ(check(noted).wrong, "");
  EXPECT_FALSE(check(noted).has_noted);
  EXPECT_TRUE(check(early).has_noted);
  note(3);
  EXPECT_FALSE(check(noted).has_noted) << "what came in its place is another's";
}

TEST_P(AuditTest, AHeadThatWasChangedOrTakenAwayIsFound) {
  note(2);
  db().run("UPDATE audit_head SET hash = 'ab'");
  EXPECT_EQ(check().wrong, "the row of the head is not the last entry's");
  db().run("DELETE FROM audit_head");
  EXPECT_EQ(check().wrong, "the row of the head is missing");
  EXPECT_THROW(note(1), StorageError);
}

TEST_P(AuditTest, ALongOneIsWalkedToItsEnd) {
  note(2'500);
  EXPECT_EQ(check().entries, 2'500);
  EXPECT_EQ(check().wrong, "");
  db().run("UPDATE audit SET subject = '' WHERE seq = 2001");
  EXPECT_TRUE(check().wrong.starts_with("entry 2001 ")) << check().wrong;
}

TEST_P(AuditTest, WhatWasRolledBackLeavesNoGap) {
  note(1);
  {
    Transaction never(db());
    note_audit(db(), noon, by_daemon, AuditAct::erased, "");
  }
  note(1);
  EXPECT_EQ(check().entries, 2);
  EXPECT_EQ(check().wrong, "");
}

class AuditTogetherTest : public OnEngine {};
TERTIUS_ON_SHARED_ENGINES(AuditTogetherTest);

// Two daemons, or a daemon and a command.
TEST_P(AuditTogetherTest, TwoThatWriteAtOnceMakeOneChain) {
  constexpr int each = 150;
  const auto write = [](Database& to, std::string_view who) {
    for (int i = 0; i < each; ++i) {
      Transaction transaction(to);
      note_audit(to, noon, who, AuditAct::reloaded, std::to_string(i));
      transaction.commit();
    }
  };
  Database other = open_another();
  std::exception_ptr thrown;
  std::thread thread([&] {
    try {
      write(other, by_daemon);
    } catch (...) {
      thrown = std::current_exception();
    }
  });
  write(db(), by_operator);
  thread.join();
  ASSERT_FALSE(thrown);
  const auto checked = check_audit(db(), {});
  EXPECT_EQ(checked.wrong, "");
  EXPECT_EQ(checked.entries, 2 * each);
  const auto all = recent_audit(db(), {}, 10 * each);
  EXPECT_EQ(std::ranges::count(all, std::string(by_daemon), &AuditEntry::who), each);
}

}  // namespace
}  // namespace tertius::storage
