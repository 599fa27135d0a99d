// When the loop that empties the outbox sends, and when it leaves the relay alone.
#include "storage/sending_stop.hpp"
#include "tests/support/flow/outbox_loop_case.hpp"

namespace tertius::flow {
namespace {

class OutboxRatesTest : public OutboxLoopTest {};

TEST_F(OutboxRatesTest, AMailOverTheRateWaitsForItsTurnAndUsesUpNoAttempt) {
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

TEST_F(OutboxRatesTest, SeveralDaemonsShareTheRelaysRates) {
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

TEST_F(OutboxRatesTest, ARelayThatRefusesOurLoginIsLeftAloneAndTheOperatorHears) {
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

// Killed then, all that has been answered would be sent again.
TEST_F(OutboxRatesTest, WhatIsAnsweredAndNotYetOnTheDiskIsBounded) {
  std::vector<bool> told;
  start();
  loop_->on_full = [&](bool full) { told.push_back(full); };
  add_mails(2);
  turn();
  EXPECT_EQ(relayed_, (Names{"p0", "p1"}));
  EXPECT_EQ(told, (std::vector{true, false}))
      << "one connection: the first answer fills it, the last settling empties it";
}

TEST_F(OutboxRatesTest, AMailThatCannotBeWrittenSaysNothingOfTheRelay) {
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

TEST_F(OutboxRatesTest, WhileSendingIsStoppedMailWaitsAndThenGoes) {
  storage::stop_sending(db_, "a test", world_->now);
  add_mails(3);
  start();
  EXPECT_EQ(relayed_, Names{});
  storage::resume_sending(db_);
  turn();
  EXPECT_EQ(relayed_, (Names{"p0", "p1", "p2"}));
}

TEST_F(OutboxRatesTest, AStormOfBouncesStopsAllMailButTheAlert) {
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
