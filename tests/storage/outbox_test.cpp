#include <atomic>
#include <set>
#include <thread>

#include "tests/support/storage/outbox_case.hpp"
#include "tests/support/storage/same.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

TERTIUS_ON_EVERY_ENGINE(OutboxTest);

TEST_P(OutboxTest, EveryFieldSurvives) {
  Draw draw(2);
  Transaction transaction(db());
  for (std::int64_t id = 1; id <= 200; ++id) {
    OutboxRow row = draw.notice(id);
    if (draw.coin()) row.introduction = IntroductionId{1};
    add_notice(db(), row);
    ASSERT_TRUE(is_same(load(id), row)) << id;
    ASSERT_TRUE(is_same(*find_notice_by_message_id(db(), row.message_id), row)) << id;
  }
}

TEST_P(OutboxTest, OneMessageIdIsOneNotice) {
  add(1);
  OutboxRow twin = sample_notice(2);
  twin.message_id = sample_notice(1).message_id;
  EXPECT_EQ(trouble_of([&] { add_notice(db(), twin); }), StorageTrouble::conflict);
}

TEST_P(OutboxTest, ClaimSkipsRowsNotYetDue) {
  add(1, 0, minutes{0}, minutes{10});
  EXPECT_EQ(claim(noon + minutes{9}), Ids{});
  EXPECT_EQ(claim(noon + minutes{10}), Ids{1});
}

TEST_P(OutboxTest, ClaimGoesByPriorityThenAge) {
  add(1, 3, minutes{60});
  add(2, 1, minutes{10});
  add(3, 1, minutes{30});
  add(4, -1, minutes{1});
  add(5, 1, minutes{30});
  EXPECT_EQ(claim(noon), (Ids{4, 3, 5, 2, 1}));
}

TEST_P(OutboxTest, ALimitTakesTheMostUrgentOldest) {
  add(1, 3, minutes{60});
  add(2, 1, minutes{10});
  add(3, 1, minutes{30});
  add(4, 0, minutes{1});
  EXPECT_EQ(claim(noon, 2), (Ids{4, 3}));
  EXPECT_EQ(claim(noon, 2), (Ids{2, 1}));
  EXPECT_EQ(claim(noon, 2), Ids{});
}

TEST_P(OutboxTest, AClaimCountsTheAttemptBeforeAnybodyDials) {
  add(1);
  const std::vector<OutboxRow> claimed = claim_notices(db(), noon, lease, 1);
  ASSERT_EQ(claimed.size(), 1u);
  EXPECT_EQ(claimed[0].state, OutboxState::claimed);
  EXPECT_EQ(claimed[0].attempts, 1);
  EXPECT_EQ(claimed[0].lease_until, noon + lease);
  EXPECT_TRUE(is_same(load(1), claimed[0]));
}

TEST_P(OutboxTest, ACrashedSendersRowComesBackWhenItsLeaseRunsOut) {
  add(1);
  claim(noon);
  EXPECT_EQ(claim(noon + lease - std::chrono::seconds{1}), Ids{});
  EXPECT_EQ(earliest_not_before(db()), noon + lease);
  const std::vector<OutboxRow> again = claim_notices(db(), noon + lease, lease, 1);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].attempts, 2);
  EXPECT_EQ(again[0].message_id, sample_notice(1).message_id);
}

TEST_P(OutboxTest, CancelStopsQuestionsThatWaitAndNothingElse) {
  const auto add_kind = [&](std::int64_t id, NoticeKind kind, std::optional<std::int64_t> introduction) {
    OutboxRow row = sample_notice(id);
    row.kind = kind;
    row.introduction.reset();
    if (introduction) row.introduction = IntroductionId{*introduction};
    add_notice(db(), row);
  };
  add_introduction(db(), sample_introduction(2), {});
  add_kind(1, NoticeKind::request, 1);  // held by a sender when it is cancelled
  claim(noon);
  add_kind(2, NoticeKind::reminder, 1);
  add_kind(3, NoticeKind::pitch, 1);
  add_kind(4, NoticeKind::status_asked, 1);
  add_kind(5, NoticeKind::request, 2);
  add_kind(6, NoticeKind::receipt, 1);
  EXPECT_EQ(cancel_unsent(db(), IntroductionId{1}), 3);
  EXPECT_EQ(load(1).state, OutboxState::cancelled);
  EXPECT_EQ(load(2).state, OutboxState::cancelled);
  EXPECT_EQ(load(3).state, OutboxState::cancelled);
  EXPECT_EQ(claim(noon), (Ids{4, 5, 6}));
}

TEST_P(OutboxTest, ReleasedClaimsComeBackAtOnceWithTheirAttemptCounted) {
  add(1);
  claim(noon);
  EXPECT_EQ(claim(noon), Ids{});
  EXPECT_EQ(release_claims(db(), noon), 1);
  EXPECT_EQ(claim(noon), Ids{1});
  EXPECT_EQ(load(1).attempts, 2);
}

TEST_P(OutboxTest, EarliestIsTheFirstOfAllPriorities) {
  EXPECT_FALSE(earliest_not_before(db()));
  add(1, 0, minutes{0}, minutes{30});
  add(2, 2, minutes{0}, minutes{10});
  add(3, 1, minutes{0}, minutes{20});
  EXPECT_EQ(earliest_not_before(db()), noon + minutes{10});
  EXPECT_EQ(count_waiting(db()), 3);
}

TEST_P(OutboxTest, TheLatestNoticeIsTheNewestThatWentOut) {
  const auto add_as = [&](std::int64_t id, Role role, minutes after, OutboxState state) {
    OutboxRow row = sample_notice(id);
    row.introduction = IntroductionId{1};
    row.role = role;
    row.created_at = noon + after;
    row.state = state;
    add_notice(db(), row);
  };
  EXPECT_FALSE(find_latest_notice(db(), IntroductionId{1}, Role::connector));
  add_as(1, Role::connector, minutes{9}, OutboxState::cancelled);
  EXPECT_FALSE(find_latest_notice(db(), IntroductionId{1}, Role::connector));
  add_as(2, Role::connector, minutes{8}, OutboxState::due);
  EXPECT_EQ(find_latest_notice(db(), IntroductionId{1}, Role::connector)->id, NoticeId{2});
  add_as(3, Role::connector, minutes{1}, OutboxState::sent);
  add_as(4, Role::connector, minutes{2}, OutboxState::sent);
  add_as(5, Role::target, minutes{3}, OutboxState::sent);
  EXPECT_EQ(find_latest_notice(db(), IntroductionId{1}, Role::connector)->id, NoticeId{4});
  EXPECT_EQ(find_latest_notice(db(), IntroductionId{1}, Role::target)->id, NoticeId{5});
  const auto as_of = [&](minutes after) {
    return find_latest_notice(db(), IntroductionId{1}, Role::connector, noon + after);
  };
  EXPECT_EQ(as_of(minutes{2})->id, NoticeId{4});
  EXPECT_EQ(as_of(minutes{1})->id, NoticeId{3});
  EXPECT_FALSE(as_of(minutes{0}));
}

TEST_P(OutboxTest, ARecipientIsFoundWhateverTheCase) {
  add(1, 0, minutes{5});
  add(2);
  EXPECT_EQ(notices_to(db(), "P2@Example.ORG").size(), 2u);
  EXPECT_EQ(notices_to(db(), "P2@Example.ORG")[0].id, NoticeId{2});
  EXPECT_TRUE(notices_to(db(), "p3@example.org").empty());
  EXPECT_EQ(recent_notices(db(), 1)[0].id, NoticeId{2});
}

TEST_P(OutboxTest, AnAnswerCountsByRecipientKindAndTime) {
  add(1);
  EXPECT_TRUE(answered_since(db(), "P2@example.org", NoticeKind::request, noon));
  EXPECT_FALSE(answered_since(db(), "P2@example.org", NoticeKind::request, noon + minutes{1}));
  EXPECT_FALSE(answered_since(db(), "p2@example.org", NoticeKind::problem, noon));
  EXPECT_FALSE(answered_since(db(), "p3@example.org", NoticeKind::request, noon));
  settle_notices(db(), {{NoticeId{1}, OutboxState::failed, {}, "", false}}, noon);
  EXPECT_FALSE(answered_since(db(), "p2@example.org", NoticeKind::request, noon));
}

TEST_P(OutboxTest, SuppressionHoldsForEveryWritingOfAnAddress) {
  suppress(db(), "Dead@Example.org", "550 5.1.1", noon);
  suppress(db(), "dead@example.ORG", "stopped all mail", noon);
  EXPECT_TRUE(is_suppressed(db(), "DEAD@example.org"));
  EXPECT_FALSE(is_suppressed(db(), "alive@example.org"));
  unsuppress(db(), "dead@EXAMPLE.org");
  EXPECT_FALSE(is_suppressed(db(), "Dead@Example.org"));
}

class OutboxTogetherTest : public OutboxTest {};
TERTIUS_ON_SHARED_ENGINES(OutboxTogetherTest);

std::vector<std::int64_t> claim_until_empty(Database& db) {
  std::vector<std::int64_t> ids;
  for (int empty = 0; empty < 2;) {
    Transaction transaction(db);
    const std::vector<OutboxRow> batch = claim_notices(db, noon, lease, 7);
    transaction.commit();
    for (const OutboxRow& row : batch) ids.push_back(number(row.id));
    empty = batch.empty() ? empty + 1 : 0;
  }
  return ids;
}

TEST_P(OutboxTogetherTest, TwoSendersNeverClaimTheSameRow) {
  {
    Transaction transaction(db());
    for (int id = 1; id <= 500; ++id) add(id, id % 3);
    transaction.commit();
  }
  Database other = open_another();
  std::vector<std::int64_t> theirs;
  std::thread thread([&] { theirs = claim_until_empty(other); });
  std::vector<std::int64_t> all = claim_until_empty(db());
  thread.join();
  all.insert(all.end(), theirs.begin(), theirs.end());
  EXPECT_EQ(std::set<std::int64_t>(all.begin(), all.end()).size(), all.size());
  EXPECT_EQ(all.size(), 500u);
}

class OutboxOnPostgresTest : public OutboxTest {};
TERTIUS_ON_POSTGRES(OutboxOnPostgresTest);

TEST_P(OutboxOnPostgresTest, AClaimDoesNotWaitForAnotherDaemonsClaim) {
  for (int id = 1; id <= 4; ++id) add(id, 0, minutes{10 - id});
  Database other = open_another();
  other.run("SET lock_timeout = '1ms'");
  Transaction open_claim(db());
  EXPECT_EQ(claim(noon, 2), (Ids{1, 2}));
  Transaction meanwhile(other);
  const std::vector<OutboxRow> theirs = claim_notices(other, noon, lease, 4);
  ASSERT_EQ(theirs.size(), 2u);
  EXPECT_EQ(theirs[0].id, NoticeId{3});
}

}  // namespace
}  // namespace tertius::storage
