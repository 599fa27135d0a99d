// R has C reminded; what people have set for themselves, as facts of a step.
#include <gtest/gtest.h>

#include "tests/support/broker/stepping.hpp"

namespace tertius {
namespace {

using namespace testing;

TEST(NudgeTest, MailsTheConnectorAndTakesThePlaceOfOurOwnReminder) {
  const Step out = run(introduction_in(State::asked), Nudged{}, monday_noon + days{4});
  EXPECT_TRUE(tells(out, NoticeKind::reminder, Role::connector));
  EXPECT_EQ(out.next.state, State::asked);
  EXPECT_EQ(out.next.reminders, 1);
  EXPECT_EQ(deadline(out.next), monday_noon + policy.connector_reminders[1]);
}

TEST(NudgeTest, IsRefusedSoonAfterTheLastOne) {
  Facts facts = open_facts();
  facts.last_called = monday_noon;
  const Introduction asked = introduction_in(State::asked);
  EXPECT_EQ(refused(asked, Nudged{}, monday_noon + policy.nudge_pause - seconds{1}, facts),
            Refusal::too_soon);
  run(asked, Nudged{}, monday_noon + policy.nudge_pause, facts);
}

// R must not learn from it that somebody has said no, or that an answer is held.
TEST(NudgeTest, SaysTheSameButMailsNobodyWhereTheConnectorHasAnswered) {
  Introduction held = introduction_in(State::asked);
  held.held = Held{Role::connector, {}, Channel::reply, "v", monday_noon + days{1}};
  Introduction away = introduction_in(State::asked);
  away.paused_until = monday_noon + days{5};
  for (const Introduction& quiet :
       {held, away, introduction_in(State::snoozed), introduction_in(State::declined_silently)}) {
    const Step out = run(quiet, Nudged{});
    EXPECT_EQ(out.trigger, Trigger::nudge);
    EXPECT_TRUE(out.notices.empty()) << state_name(quiet.state);
    EXPECT_EQ(out.next.state, quiet.state);
  }
}

TEST(NudgeTest, TheTargetIsNotHurried) {
  Introduction silent = introduction_in(State::declined_silently);
  silent.forwarded_at = monday_noon;
  EXPECT_EQ(refused(introduction_in(State::forwarded), Nudged{}), Refusal::not_now);
  EXPECT_EQ(refused(silent, Nudged{}), Refusal::not_now);
  EXPECT_EQ(refused(introduction_in(State::revising), Nudged{}), Refusal::not_now);
  EXPECT_EQ(refused(introduction_in(State::declined), Nudged{}), Refusal::already_ended);
}

TEST(PreferencesInStepTest, RemindersWaitForTheRecipientsOwnHours) {
  Facts facts = open_facts();
  facts.preferences[static_cast<std::size_t>(Role::connector)] = {
      .click_policy = {}, .quiet_from = 9, .quiet_to = 15, .max_open_asks = {}};
  const auto reminded = [&](Facts f) {
    return run(introduction_in(State::asked), DeadlineReached{}, monday_noon + days{3}, f)
        .notices.back()
        .not_before;
  };
  EXPECT_EQ(reminded(open_facts()), monday_noon + days{3});
  EXPECT_EQ(reminded(facts), monday_noon + days{3} + std::chrono::hours{3});
  std::swap(facts.preferences[0], facts.preferences[1]);
  EXPECT_EQ(reminded(facts), monday_noon + days{3}) << "the requester's hours are not the connector's";
}

TEST(PreferencesInStepTest, WhoDoesNotWantToBeAskedIsNot) {
  const auto with = [&](auto change) {
    Facts facts = open_facts();
    change(facts);
    return refused(introduction_in(State::drafted), Submitted{}, monday_noon, facts);
  };
  EXPECT_EQ(with([](Facts& f) { f.connectors[0].unwilling = true; }), Refusal::connector_unavailable);
  EXPECT_EQ(with([](Facts& f) { f.connectors[0].max_open_asks = f.connectors[0].open_asks = 2; }),
            Refusal::connector_busy);
  EXPECT_EQ(with([](Facts& f) { f.target_unwilling = true; }), Refusal::target_unavailable)
      << "as whoever takes no introductions at all";
}

TEST(PreferencesInStepTest, ATargetWhoShutTheRequesterOutMeanwhileHearsNothing) {
  Facts facts = open_facts();
  facts.target_unwilling = true;
  EXPECT_EQ(refused(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward),
                    monday_noon, facts),
            Refusal::target_unavailable);
  const Step held = run(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward));
  const Step out = run(held.next, DeadlineReached{}, deadline(held.next), facts);
  EXPECT_EQ(out.next.state, State::expired);
  EXPECT_FALSE(tells(out, NoticeKind::pitch, Role::target));
}

TEST(PreferencesInStepTest, ANewVersionDoesNotGoToWhoHasShutTheRequesterOut) {
  Facts facts = open_facts();
  facts.connectors[0].unwilling = true;
  EXPECT_EQ(refused(introduction_in(State::revising), Resubmitted{"note", "pitch"}, monday_noon, facts),
            Refusal::connector_unavailable);
}

TEST(EndWithoutAnswerTest, IsTheSameBesideASilentNoAndAHeldAnswer) {
  const Introduction asked = introduction_in(State::asked);
  Introduction held = asked;
  held.held = Held{Role::connector, {}, Channel::reply, "v", monday_noon + days{1}};
  const auto end = end_without_answer(asked, policy);
  EXPECT_EQ(end, monday_noon + policy.connector_expiry);
  EXPECT_EQ(end_without_answer(held, policy), end);
  EXPECT_EQ(end_without_answer(introduction_in(State::declined_silently), policy), end);
  Introduction silent = introduction_in(State::forwarded);
  const auto later = end_without_answer(silent, policy);
  silent.state = State::declined_silently;
  EXPECT_EQ(end_without_answer(silent, policy), later);
}

}  // namespace
}  // namespace tertius
