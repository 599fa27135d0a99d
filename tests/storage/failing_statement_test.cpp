// The database fails at statement 1, 2, 3, ... of what the daemon does with a click, a claim and an import:
// either all of it stands afterwards or nothing.

#include "storage/letters.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

class FailingStatementTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    add_people(db(), 4);
    add_introduction(db(), asked_introduction(1, noon), noon);
    add_notice(db(), sample_notice(1));
  }

  // Every row of every table, as text.
  std::string everything() {
    std::string all;
    for (const char* query :
         {"SELECT id, name FROM people ORDER BY id",
          "SELECT person, address_key FROM addresses ORDER BY address_key",
          "SELECT person, word FROM person_words ORDER BY word, person",
          "SELECT owner, evidence FROM ties ORDER BY owner, contact, source",
          "SELECT version, state FROM introductions ORDER BY id",
          "SELECT round, decision FROM asks ORDER BY round",
          "SELECT position, remark FROM history ORDER BY position",
          "SELECT attempts, state FROM outbox ORDER BY id", "SELECT id, sha256 FROM letters ORDER BY id",
          "SELECT spent_at, visit FROM spent_nonces ORDER BY visit"})
      for (const Row& row : db().rows(query)) all += std::to_string(row.integer(0)) + row.text(1) + "\n";
    return all;
  }

  // Runs `work` with one statement failing, the first, then the second, ... until it comes through.
  template <class Work>
  int break_everywhere(Work work) {
    const std::string before = everything();
    for (int fatal = 1;; ++fatal) {
      db().before_statement = [&, count = 0](std::string_view) mutable {
        if (++count == fatal) throw StorageError(StorageTrouble::full, "as told");
      };
      const auto trouble = trouble_of(work);
      db().before_statement = nullptr;
      if (!trouble) {
        EXPECT_NE(everything(), before);
        return fatal - 1;
      }
      EXPECT_EQ(everything(), before) << "after statement " << fatal << " failed";
    }
  }
};
TERTIUS_ON_EVERY_ENGINE(FailingStatementTest);

TEST_P(FailingStatementTest, ADecisionIsWholeOrNotAtAll) {
  const int statements = break_everywhere([&] {
    Transaction transaction(db());
    ASSERT_TRUE(spend_nonce(db(), "visit", noon));
    Introduction intro = *find_introduction(db(), IntroductionId{1});
    load_facts(db(), intro, noon);
    intro.state = State::forwarded;
    intro.asks[0].decision = DecisionKind::forward;
    ASSERT_TRUE(save_introduction(db(), intro, noon));
    append_history(db(), intro.id, {noon, "forward", State::asked, State::forwarded, "by reply"});
    cancel_unsent(db(), intro.id);
    add_notice(db(), sample_notice(2));
    LetterRow letter;
    letter.id = LetterId{1};
    letter.sha256 = "hash";
    add_letter(db(), letter);
    transaction.commit();
  });
  EXPECT_GE(statements, 15);
}

TEST_P(FailingStatementTest, AClaimAndItsSettlementAreWholeOrNotAtAll) {
  const int statements = break_everywhere([&] {
    Transaction transaction(db());
    ASSERT_EQ(claim_notices(db(), noon, std::chrono::minutes{5}, 10).size(), 1u);
    settle_notices(db(), {{NoticeId{1}, OutboxState::sent, {}, "250", false}}, noon);
    transaction.commit();
  });
  EXPECT_GE(statements, 5);
}

TEST_P(FailingStatementTest, AnImportIsWholeOrNotAtAll) {
  ContactFile file;
  file.contacts = {sample_contact("Gail Goodman", "gail@cc.example"), sample_contact("Only Name", ""),
                   sample_contact("Person Two", "p2@example.org")};
  const int statements = break_everywhere([&] {
    Transaction transaction(db());
    import_contacts(db(), PersonId{1}, file, noon, ids_from(100));
    transaction.commit();
  });
  EXPECT_GE(statements, 20);
}

// A group commit: each job in its savepoint, one of them failing anywhere, the others untouched by that.
TEST_P(FailingStatementTest, AJobOfAGroupFailsAlone) {
  const auto job = [&](std::int64_t id) {
    Savepoint savepoint(db());
    append_history(db(), IntroductionId{1}, {noon, "hold", State::asked, State::asked, std::to_string(id)});
    add_notice(db(), sample_notice(id));
    savepoint.release();
  };
  for (int fatal = 1; fatal <= 4; ++fatal) {
    Transaction transaction(db());
    job(fatal * 10);
    db().before_statement = [&, count = 0](std::string_view) mutable {
      if (++count == fatal) throw StorageError(StorageTrouble::conflict, "as told");
    };
    EXPECT_EQ(trouble_of([&] { job(fatal * 10 + 1); }), StorageTrouble::conflict);
    db().before_statement = nullptr;
    job(fatal * 10 + 2);
    transaction.commit();
    EXPECT_EQ(load_history(db(), IntroductionId{1}).size(), static_cast<std::size_t>(fatal * 2));
    EXPECT_FALSE(find_notice(db(), NoticeId{fatal * 10 + 1}));
    EXPECT_TRUE(find_notice(db(), NoticeId{fatal * 10 + 2}));
  }
}

}  // namespace
}  // namespace tertius::storage
