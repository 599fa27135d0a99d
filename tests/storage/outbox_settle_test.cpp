// What becomes of a notice by what the relay said, whoever says it.
#include "tests/support/storage/outbox_case.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

class OutboxSettleTest : public OutboxTest {};
TERTIUS_ON_EVERY_ENGINE(OutboxSettleTest);

TEST_P(OutboxSettleTest, ASentRowIsNeverClaimedAgain) {
  add(1);
  claim(noon);
  settle_notices(db(), {{NoticeId{1}, OutboxState::sent, {}, "250 queued as 4F2", false}}, noon + minutes{1});
  const OutboxRow row = load(1);
  EXPECT_EQ(row.state, OutboxState::sent);
  EXPECT_EQ(row.last_reply, "250 queued as 4F2");
  EXPECT_EQ(row.sent_at, noon + minutes{1});
  EXPECT_FALSE(row.lease_until);
  EXPECT_EQ(row.attempts, 1);
  EXPECT_EQ(claim(noon + std::chrono::days{9}), Ids{});
  EXPECT_EQ(count_waiting(db()), 0);
}

TEST_P(OutboxSettleTest, ADeferredRowIsDueAgainAtItsTime) {
  add(1);
  claim(noon);
  settle_notices(db(), {{NoticeId{1}, OutboxState::due, noon + minutes{15}, "451 later", false}}, noon);
  EXPECT_EQ(load(1).not_before, noon + minutes{15});
  EXPECT_EQ(load(1).attempts, 1);
  EXPECT_FALSE(load(1).sent_at);
  EXPECT_EQ(claim(noon + minutes{14}), Ids{});
  EXPECT_EQ(claim(noon + minutes{15}), Ids{1});
}

TEST_P(OutboxSettleTest, AnAttemptThatWasNotTheNoticesFaultIsNotCounted) {
  add(1);
  claim(noon);
  settle_notices(db(), {{NoticeId{1}, OutboxState::due, noon, "421 busy", true}}, noon);
  EXPECT_EQ(load(1).attempts, 0);
}

TEST_P(OutboxSettleTest, AFailedRowIsOver) {
  add(1);
  claim(noon);
  settle_notices(db(), {{NoticeId{1}, OutboxState::failed, {}, "550 5.1.1 no", false}}, noon);
  EXPECT_EQ(load(1).state, OutboxState::failed);
  EXPECT_FALSE(load(1).sent_at);
  EXPECT_EQ(claim(noon + std::chrono::days{9}), Ids{});
}

TEST_P(OutboxSettleTest, ALateAnswerNeverBringsASentRowBack) {
  add(1);
  claim(noon);
  settle_notices(db(), {{NoticeId{1}, OutboxState::sent, {}, "250 ok", false}}, noon);
  settle_notices(db(), {{NoticeId{1}, OutboxState::due, noon, "lost", false}}, noon);
  settle_notices(db(), {{NoticeId{1}, OutboxState::failed, {}, "lost", false}}, noon);
  EXPECT_EQ(load(1).state, OutboxState::sent);
  EXPECT_EQ(load(1).last_reply, "250 ok");
  add(2);
  settle_notices(db(), {{NoticeId{2}, OutboxState::failed, {}, "550 no", false}}, noon);
  settle_notices(db(), {{NoticeId{2}, OutboxState::sent, {}, "250 ok", false}}, noon);
  EXPECT_EQ(load(2).state, OutboxState::sent);
}

// A daemon that was cut off for longer than its lease comes back with what the relay told it.
TEST_P(OutboxSettleTest, WhatAnotherHasClaimedSinceIsTheirsToSettle) {
  constexpr DaemonId cut_off{1}, other{2};
  add(1);
  claim_notices(db(), noon, lease, 1, Claimable::all, cut_off);
  claim_notices(db(), noon + lease, lease, 1, Claimable::all, other);
  const auto settled = [&](OutboxState state, DaemonId by) -> bool {
    return settle_notices(db(), {{NoticeId{1}, state, noon, "late", false}}, noon, by).at(0);
  };
  EXPECT_FALSE(settled(OutboxState::due, cut_off));
  EXPECT_FALSE(settled(OutboxState::failed, cut_off));
  EXPECT_EQ(load(1).state, OutboxState::claimed);
  EXPECT_TRUE(settled(OutboxState::due, other));
  EXPECT_TRUE(settled(OutboxState::failed, cut_off)) << "nobody has it";
  EXPECT_TRUE(settled(OutboxState::sent, cut_off)) << "that outweighs all";
}

// In a rolling upgrade an older program claims without a name.
TEST_P(OutboxSettleTest, AClaimsNameEndsWithTheClaim) {
  const auto name = [&] { return db().row("SELECT claimed_by FROM outbox WHERE id = 1")->is_null(0); };
  add(1);
  for (const OutboxState state : {OutboxState::due, OutboxState::failed, OutboxState::sent}) {
    db().run("UPDATE outbox SET state = 'claimed', claimed_by = 1");
    settle_notices(db(), {{NoticeId{1}, state, noon, "", false}}, noon, DaemonId{1});
    EXPECT_TRUE(name());
  }
  db().run("UPDATE outbox SET state = 'claimed', claimed_by = 1, ready_at = 0");
  release_claims_of(db(), DaemonId{1}, noon);
  EXPECT_TRUE(name());
}

TEST_P(OutboxSettleTest, OurClaimsThatWeKnowNothingOfGoBack) {
  for (const int id : {1, 2, 3}) add(id);
  claim_notices(db(), noon, lease, 2, Claimable::all, DaemonId{1});
  claim_notices(db(), noon, lease, 1, Claimable::all, DaemonId{2});
  EXPECT_EQ(release_strays(db(), DaemonId{1}, {NoticeId{2}}, noon), 1);
  EXPECT_EQ(claim(noon), Ids{1});
}

TEST_P(OutboxSettleTest, SettlingAsClaimedIsAMistake) {
  add(1);
  EXPECT_EQ(trouble_of([&] {
              settle_notices(db(), {{NoticeId{1}, OutboxState::claimed, {}, "", false}}, noon);
            }),
            StorageTrouble::broken);
}

}  // namespace
}  // namespace tertius::storage
