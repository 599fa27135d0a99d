// The loop that empties the outbox, with a database that fails and a relay of the test's own.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "daemon/loops.hpp"
#include "storage/migrate.hpp"
#include "storage/sending_stop.hpp"
#include "tests/support/flow/world.hpp"

namespace tertius::flow {
namespace {

using namespace std::chrono_literals;

DeliveryResult result_of(Delivery delivery) {
  DeliveryResult result;
  result.delivery = delivery;
  return result;
}

class OutboxLoopTest : public testing::Test {
 protected:
  OutboxLoopTest() {
    storage::migrate(db_);
    world_.emplace(db_);
    db_.before_statement = [this](std::string_view sql) {
      if (settling_fails_ && sql.starts_with("UPDATE outbox SET state = $2"))
        throw storage::StorageError(storage::StorageTrouble::busy, "the test broke the settling");
      if (sql.starts_with("WITH picked") && claiming_fails_.exchange(false))
        throw storage::StorageError(storage::StorageTrouble::busy, "the test broke a claim");
    };
  }

  void start(std::function<void()> on_unsettled = [] {}) {
    database_.emplace(
        daemon::Engine{db_, world_->engine.settings},
        [this](auto job) { boost::asio::post(io_, std::move(job)); }, [] {});
    loop_.emplace(
        io_, *database_, world_->engine.settings,
        [this](mail::OutgoingMail mail, auto done) {
          relayed_.push_back(mail.recipient.local);
          if (relay_is_silent_) return unanswered_.push_back(std::move(done));
          done(answer_);
        },
        4, rates_, bounce_stop_);
    loop_->on_unsettled = std::move(on_unsettled);
    turn();
  }

  // To p0, p1, ... at busy.example, for whom nobody sits and waits.
  void add_mails(int count) {
    for (int i = 0; i < count; ++i) {
      daemon::post_answer(world_->engine,
                          {.kind = NoticeKind::problem,
                           .to = parse_address("p" + std::to_string(i) + "@busy.example").value(),
                           .person = std::nullopt,
                           .remark = {{"No."}},
                           .fields = {}});
      world_->now += 1s;
    }
    db_.run("UPDATE outbox SET priority = 3");
  }
  NoticeId first_mail() { return storage::notices_to(db_, "p0@busy.example").at(0).id; }

  // Pokes the loop and lets it do all it has to do.
  void turn() {
    loop_->poke();
    let_work();
  }

  // Each step of the loop is one job that leads to the next, and jobs are answered in their order: a sentinel
  // that has come back ten times has seen the end of them.
  void let_work() {
    for (int i = 0; i < 10; ++i) {
      bool back = false;
      database_->run<int>([](daemon::Engine&) { return 0; }, [&](auto) { back = true; });
      while (!back) io_.run_one();
    }
  }

  void set_clock_forward(std::chrono::seconds length) {
    bool passed = false;
    database_->run<int>(
        [this, length](daemon::Engine&) {
          world_->now += length;
          return 0;
        },
        [&](auto) { passed = true; });
    while (!passed) io_.run_one();
  }

  void pass(std::chrono::seconds length) {
    set_clock_forward(length);
    turn();
  }

  void run_until_after(std::chrono::seconds length) {
    bool passed = false;
    boost::asio::steady_timer timer(io_, length);
    timer.async_wait([&](auto) { passed = true; });
    while (!passed) io_.run_one();
    let_work();
  }

  auto count_waiting() {
    loop_.reset();
    database_.reset();
    db_.before_statement = {};
    return storage::count_waiting(db_);
  }

  storage::Database db_ = storage::open_database("sqlite::memory:");
  std::atomic<bool> settling_fails_ = false, claiming_fails_ = false;  // the latter once
  bool relay_is_silent_ = false;
  std::vector<std::function<void(DeliveryResult)>> unanswered_;
  std::vector<std::string> relayed_;
  DeliveryResult answer_ = result_of(Delivery::sent);
  daemon::Rates rates_;
  int bounce_stop_ = 0;
  std::optional<World> world_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> always_{io_.get_executor()};
  std::optional<daemon::DatabaseThread> database_;
  std::optional<daemon::OutboxLoop> loop_;
};

using Names = std::vector<std::string>;

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

TEST_F(OutboxLoopTest, ARelayThatRefusesOurLoginIsLeftAloneAndTheOperatorHears) {
  world_->engine.settings.operator_address = parse_address("root@example.org").value();
  world_->ask(christine_at);
  answer_ = result_of(Delivery::unharmed);
  answer_.text = "who are you?";
  answer_.login_refused = true;
  start();
  EXPECT_EQ(relayed_, Names{"alice"});
  pass(30s);
  EXPECT_EQ(relayed_, Names{"alice"}) << "not again within the pause";
  answer_ = result_of(Delivery::sent);
  pass(31s);
  EXPECT_EQ(relayed_, (Names{"alice", "root", "alice"})) << "and one alone goes ahead after it";
  EXPECT_EQ(count_waiting(), 0);
  const auto alerts = storage::notices_to(db_, "root@example.org");
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_EQ(alerts[0].fields.values.at("ALERT"), "The mail relay refuses us");
  EXPECT_NE(alerts[0].fields.values.at("REMARK").find("who are you?"), std::string::npos);
}

TEST_F(OutboxLoopTest, AMailOverTheRateWaitsForItsTurnAndUsesUpNoAttempt) {
  add_mails(4);
  rates_.per_minute_and_domain = 60;
  start();
  EXPECT_EQ(relayed_, Names{"p0"});
  pass(1s);
  EXPECT_EQ(relayed_, (Names{"p0", "p1"}));
  pass(1s);
  pass(1s);
  EXPECT_EQ(relayed_, (Names{"p0", "p1", "p2", "p3"}));
  EXPECT_EQ(count_waiting(), 0);
  for (const auto& row : storage::recent_notices(db_, 10)) EXPECT_EQ(row.attempts, 1);
}

TEST_F(OutboxLoopTest, SeveralDaemonsShareTheRelaysRates) {
  rates_.per_minute_and_domain = 60;
  start();
  loop_->share(2);
  add_mails(2);
  turn();
  EXPECT_EQ(relayed_, Names{"p0"});
  pass(1s);
  EXPECT_EQ(relayed_, Names{"p0"});
  pass(1s);
  EXPECT_EQ(relayed_, (Names{"p0", "p1"}));
}

// The answer to a commit was lost, so that the claim was made again, of other mails.
TEST_F(OutboxLoopTest, WhatACommitInDoubtHasClaimedIsSentAllTheSame) {
  relay_is_silent_ = true;
  start();
  add_mails(1);
  db_.run(
      "UPDATE outbox SET state = 'claimed', lease_until = ready_at + 1800, ready_at = ready_at + 1800, "
      "claimed_by = 0");
  turn();
  EXPECT_EQ(relayed_, Names{});
  claiming_fails_ = true;
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

TEST_F(OutboxLoopTest, AMailThatCannotBeWrittenSaysNothingOfTheRelay) {
  add_mails(4);
  answer_ = result_of(Delivery::unharmed);
  answer_.login_refused = true;
  start();
  const auto before = relayed_.size();
  storage::OutboxRow unwritable;
  unwritable.id = NoticeId{100};
  unwritable.message_id = "100@intro.test";
  unwritable.recipient = christine_at;
  unwritable.created_at = unwritable.not_before = world_->now;
  storage::add_notice(db_, unwritable);
  pass(61s);
  EXPECT_EQ(storage::find_notice(db_, NoticeId{100})->attempts, 1) << "it was the first behind the pause";
  EXPECT_EQ(relayed_.size(), before + 1) << "and one alone tries the relay";
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

TEST_F(OutboxLoopTest, WhileSendingIsStoppedMailWaitsAndThenGoes) {
  storage::stop_sending(db_, "a test", world_->now);
  add_mails(3);
  start();
  EXPECT_EQ(relayed_, Names{});
  storage::resume_sending(db_);
  turn();
  EXPECT_EQ(relayed_, (Names{"p0", "p1", "p2"}));
}

TEST_F(OutboxLoopTest, AStormOfBouncesStopsAllMailButTheAlert) {
  world_->engine.settings.operator_address = parse_address("root@example.org").value();
  bounce_stop_ = 5;
  answer_ = result_of(Delivery::bounced);
  add_mails(40);
  start();
  EXPECT_GE(relayed_.size(), 5U);
  EXPECT_LT(relayed_.size(), 20U) << "what had been claimed when it was seen, and the alert";
  EXPECT_EQ(relayed_.back(), "root") << "the one who has to mend it";
  const auto stopped_at = relayed_.size();
  turn();
  EXPECT_EQ(relayed_.size(), stopped_at);
  answer_ = result_of(Delivery::sent);
  EXPECT_TRUE(storage::find_sending_stop(db_));
  storage::resume_sending(db_);
  for (int i = 0; i < 10; ++i) turn();
  EXPECT_EQ(relayed_.size(), 41U) << "forty mails and the alert, each once";
}

}  // namespace
}  // namespace tertius::flow
