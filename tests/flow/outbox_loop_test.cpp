// What the loop that empties the outbox makes of a database that fails, and of answers that nobody knows.
#include "tests/support/flow/outbox_loop_case.hpp"

namespace tertius::flow {
namespace {

TEST_F(OutboxLoopTest, WhatTheRelayTookIsNotSentAgainBecauseTheDatabaseWasAwayAWhile) {
  world_->ask(christine_at);
  settling_fails_ = true;
  start();
  EXPECT_EQ(relayed_, Names{"alice"});
  settling_fails_ = false;
  pass(daemon::outbox_lease + 1min);
  EXPECT_EQ(relayed_, Names{"alice"});
  EXPECT_EQ(count_waiting(), 0);
}

TEST_F(OutboxLoopTest, AMailUnderWayIsNotSentAgainBecauseTheClockJumped) {
  world_->ask(christine_at);
  relay_is_silent_ = true;
  start();
  EXPECT_EQ(relayed_, Names{"alice"});
  pass(24h);
  EXPECT_EQ(relayed_, Names{"alice"});
  relay_is_silent_ = false;
  for (const auto& done : unanswered_) done(answer_);
  let_work();
  EXPECT_EQ(count_waiting(), 0);
}

TEST_F(OutboxLoopTest, WhatCannotBeSettledIsSaidBeforeMoreIsSent) {
  world_->ask(christine_at);
  settling_fails_ = true;
  bool said = false;
  start([&] { said = true; });
  EXPECT_TRUE(said);
}

TEST_F(OutboxLoopTest, TheEndSettlesWhatCouldNotBeSettledBefore) {
  world_->ask(christine_at);
  settling_fails_ = true;
  start();
  settling_fails_ = false;
  loop_->stop();
  EXPECT_FALSE(loop_->is_idle());
  bool idle = false;
  loop_->on_idle = [&] { idle = true; };
  while (!idle) io_.run_one();
  EXPECT_EQ(count_waiting(), 0);
}

TEST_F(OutboxLoopTest, NoticesThatCannotBeWrittenTakeNobodysPlace) {
  for (int i = 0; i < 5; ++i) {
    storage::OutboxRow unwritable;
    unwritable.id = NoticeId{100 + i};
    unwritable.message_id = std::to_string(i) + "@intro.test";
    unwritable.recipient = christine_at;
    unwritable.created_at = unwritable.not_before = world_->now;
    storage::add_notice(db_, unwritable);
  }
  world_->ask(christine_at);
  start();
  EXPECT_EQ(relayed_, Names{"alice"});
  EXPECT_EQ(count_waiting(), 5) << "for the operator to see";
}

// The answer to a commit was lost, so that the claim was made again, of other mails.
TEST_F(OutboxLoopTest, WhatACommitInDoubtHasClaimedIsSentAllTheSame) {
  start_with_a_stray();
  claiming_fails_ = true;
  turn();
  turn();
  EXPECT_EQ(relayed_, Names{"p0"});
}

// ... and where the database was away before it could be: the claim has failed, and yet it may stand.
TEST_F(OutboxLoopTest, WhatAFailedClaimHasClaimedIsSentAllTheSame) {
  start_with_a_stray();
  claiming_breaks_ = true;
  turn();
  turn();
  claiming_breaks_ = false;
  turn();
  turn();
  EXPECT_EQ(relayed_, Names{"p0"});
}

TEST_F(OutboxLoopTest, WhatMayHaveReachedATargetIsHeldWhereTheOperatorWantsIt) {
  auto& settings = world_->engine.settings;
  settings.hold_ambiguous_to_target = true;
  settings.operator_address = parse_address("root@example.org").value();
  storage::OutboxRow pitch;
  pitch.id = NoticeId{100};
  pitch.kind = NoticeKind::pitch;
  pitch.role = Role::target;
  pitch.recipient = "gail@example.org";
  const DeliveryResult lost = result_of(Delivery::ambiguous);
  for (const Role role : {Role::connector, Role::target}) {
    pitch.id = NoticeId{100 + static_cast<int>(role)};
    pitch.message_id = std::to_string(number(pitch.id)) + "@intro.test";
    pitch.role = role;
    storage::add_notice(db_, pitch);
    daemon::settle(world_->engine, {{.row = pitch, .result = lost}});
    const auto settled = storage::find_notice(db_, pitch.id);
    EXPECT_EQ(settled->state,
              role == Role::target ? storage::OutboxState::failed : storage::OutboxState::due);
  }
  EXPECT_EQ(storage::notices_to(db_, "root@example.org").size(), 1U);
  pitch.id = NoticeId{103};
  pitch.message_id = "103@intro.test";
  storage::add_notice(db_, pitch);
  daemon::settle(world_->engine, {{.row = pitch, .result = lost}});
  EXPECT_EQ(storage::notices_to(db_, "root@example.org").size(), 2U) << "each is told, for each wants a hand";
  EXPECT_TRUE(storage::retry_notice(db_, NoticeId{102}, world_->now));
  EXPECT_EQ(storage::find_notice(db_, NoticeId{102})->state, storage::OutboxState::due);
  EXPECT_FALSE(storage::retry_notice(db_, NoticeId{9999}, world_->now));
}

TEST_F(OutboxLoopTest, WhatMayHaveArrivedIsRepeatedOnceHoweverOftenItIsKeptBackBetween) {
  add_mails(1);
  const DeliveryResult lost = result_of(Delivery::ambiguous);
  const auto settle = [&](const DeliveryResult& result, std::optional<Time> turn = {}) {
    const auto row = storage::find_notice(db_, first_mail());
    daemon::settle(world_->engine, {{.row = *row, .result = result, .turn = turn}});
    return storage::find_notice(db_, first_mail())->state;
  };
  EXPECT_EQ(settle(lost), storage::OutboxState::due);
  EXPECT_EQ(settle(result_of(Delivery::unharmed), world_->now + 1s), storage::OutboxState::due);
  EXPECT_EQ(settle(result_of(Delivery::deferred)), storage::OutboxState::due);
  EXPECT_EQ(settle(lost), storage::OutboxState::failed);
}

TEST_F(OutboxLoopTest, AnOldNoticeThatIsTriedOnceMoreOutlivesADeferral) {
  add_mails(1);
  world_->now += 96h;
  EXPECT_TRUE(storage::retry_notice(db_, first_mail(), world_->now));
  auto row = *storage::find_notice(db_, first_mail());
  for (row.attempts = 1; row.attempts <= 5; ++row.attempts) {
    daemon::settle(world_->engine, {{.row = row, .result = result_of(Delivery::deferred)}});
    EXPECT_EQ(storage::find_notice(db_, first_mail())->state,
              row.attempts <= 4 ? storage::OutboxState::due : storage::OutboxState::failed);
  }
}

TEST_F(OutboxLoopTest, TurnsComeOneAfterTheOtherByTheTimerAlone) {
  add_mails(3);
  rates_.per_minute = 60;
  start();
  EXPECT_EQ(relayed_, Names{"p0"});
  for (const Names& expected : {Names{"p0", "p1"}, Names{"p0", "p1", "p2"}}) {
    set_clock_forward(1s);
    run_until_after(
        2s);  // of two timers the one that is due first is called first, on the busiest machine too
    EXPECT_EQ(relayed_, expected);
  }
}

TEST_F(OutboxLoopTest, AnOldNoticeThatIsSentOnceMoreHasFourAttemptsMore) {
  storage::OutboxRow old;
  old.id = NoticeId{100};
  old.message_id = "100@intro.test";
  old.recipient = christine_at;
  old.created_at = old.not_before = world_->now - std::chrono::days{10};
  storage::add_notice(db_, old);
  for (int attempt = 1; attempt <= 5; ++attempt) {
    old.attempts = attempt;
    daemon::settle(world_->engine, {{.row = old, .result = result_of(Delivery::deferred)}});
    const auto state = storage::find_notice(db_, old.id)->state;
    EXPECT_EQ(state, attempt <= 4 ? storage::OutboxState::due : storage::OutboxState::failed) << attempt;
  }
}

}  // namespace
}  // namespace tertius::flow
