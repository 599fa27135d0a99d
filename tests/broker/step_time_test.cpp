// What waiting does: reminders, snoozes, absences, silence, and what cuts the waiting short.
#include "broker/step.hpp"

#include <gtest/gtest.h>

#include "tests/support/broker/stepping.hpp"

namespace tertius {
namespace {

using namespace testing;

TEST(StepTimeTest, SilentDeclineCannotBeToldFromSilence) {
  const Introduction asked = introduction_in(State::asked);
  Decided no = decided(Role::connector, DecisionKind::decline, "v", Channel::command);
  no.decision.silent = true;
  const Step silent = run(asked, no);
  EXPECT_TRUE(silent.notices.empty());
  EXPECT_EQ(state_shown_to_requester(silent.next), State::asked);

  const Step told = wait_out(silent.next);
  const Step waited = wait_out(asked);
  EXPECT_EQ(deadline(silent.next), waited.next.state_since);
  EXPECT_EQ(told.next.state, waited.next.state);
  EXPECT_EQ(told.next.state_since, waited.next.state_since);
  EXPECT_EQ(told.notices, waited.notices);
}

TEST(StepTimeTest, TargetsSilentDeclineEndsWhenSilenceWould) {
  const Introduction forwarded = introduction_in(State::forwarded);
  Decided no = decided(Role::target, DecisionKind::decline, "v", Channel::command);
  no.decision.silent = true;
  const Step silent = run(forwarded, no, monday_noon + days{2});
  EXPECT_EQ(state_shown_to_requester(silent.next), State::forwarded);
  const Step told = wait_out(silent.next);
  const Step waited = wait_out(forwarded);
  EXPECT_EQ(told.next.state_since, waited.next.state_since);
  EXPECT_EQ(told.notices, waited.notices);
}

TEST(StepTimeTest, SnoozeWakesWithAReminderAndIsLimited) {
  Introduction now = introduction_in(State::asked);
  Time time = monday_noon;
  for (int i = 0; i < policy.max_snoozes; ++i) {
    Decided later = decided(Role::connector, DecisionKind::later, "v", Channel::command);
    later.decision.until = time + days{14};
    const Step snoozed = run(now, later, time);
    EXPECT_EQ(snoozed.next.state, State::snoozed);
    time = deadline(snoozed.next);
    EXPECT_EQ(time, *later.decision.until);
    const Step awake = run(snoozed.next, DeadlineReached{}, time);
    EXPECT_EQ(awake.next.state, State::asked);
    EXPECT_TRUE(tells(awake, NoticeKind::reminder, Role::connector));
    now = awake.next;
  }
  Decided later = decided(Role::connector, DecisionKind::later);
  later.decision.until = time + days{14};
  EXPECT_EQ(refused(now, later, time), Refusal::too_many_rounds);
}

TEST(StepTimeTest, ConnectorIsRemindedTwiceThenItExpires) {
  Introduction now = introduction_in(State::asked);
  for (const days expected : policy.connector_reminders) {
    EXPECT_EQ(deadline(now), monday_noon + expected);
    const Step reminded = run(now, DeadlineReached{}, deadline(now));
    EXPECT_TRUE(tells(reminded, NoticeKind::reminder, Role::connector));
    now = reminded.next;
  }
  EXPECT_EQ(deadline(now), monday_noon + days{14});
  EXPECT_EQ(run(now, DeadlineReached{}, deadline(now)).next.state, State::expired);
}

TEST(StepTimeTest, TheFirstDayBackBringsOneReminder) {
  const Introduction away =
      run(introduction_in(State::asked), Away{Role::connector, monday_noon + days{10}}).next;
  const Time first = deadline(away);
  const Introduction reminded = run(away, DeadlineReached{}, first).next;
  EXPECT_EQ(deadline(reminded) - first, policy.connector_reminders[1] - policy.connector_reminders[0]);
}

TEST(StepTimeTest, ATargetIsAskedAgainOnTheDayTheyNamed) {
  Decided later = decided(Role::target, DecisionKind::later);
  later.decision.until = monday_noon + days{7};
  const Introduction held = run(introduction_in(State::forwarded), later).next;
  const Introduction resting = run(held, DeadlineReached{}, deadline(held)).next;
  EXPECT_EQ(deadline(resting), monday_noon + days{7});
  const Step asked = run(resting, DeadlineReached{}, deadline(resting));
  EXPECT_TRUE(tells(asked, NoticeKind::target_reminder, Role::target));
  EXPECT_EQ(deadline(asked.next), monday_noon + days{7} + policy.target_expiry);
}

// R sees neither the state change nor an end that silence would not have had.
TEST(StepTimeTest, ASilentNoDuringASnoozeCannotBeToldFromSilence) {
  Decided later = decided(Role::connector, DecisionKind::later);
  later.decision.until = monday_noon + days{15};
  const Introduction held = run(introduction_in(State::asked), later).next;
  const Introduction snoozed = run(held, DeadlineReached{}, deadline(held)).next;
  ASSERT_EQ(snoozed.state, State::snoozed);
  const Introduction stopped = run(snoozed, Stopped{Role::connector}, monday_noon + days{5}).next;
  EXPECT_EQ(state_shown_to_requester(stopped), state_shown_to_requester(snoozed));
  const Introduction woken = run(snoozed, DeadlineReached{}, deadline(snoozed)).next;
  EXPECT_EQ(deadline(stopped), woken.asks.back().expires_at);
}

TEST(StepTimeTest, TargetIsRemindedOnceAtMost) {
  Introduction now = introduction_in(State::forwarded);
  const Step reminded = run(now, DeadlineReached{}, deadline(now));
  EXPECT_TRUE(tells(reminded, NoticeKind::target_reminder, Role::target));
  const Step ended = run(reminded.next, DeadlineReached{}, deadline(reminded.next));
  EXPECT_EQ(ended.next.state, State::expired);
  EXPECT_FALSE(tells(ended, NoticeKind::target_reminder, Role::target));
}

TEST(StepTimeTest, BounceOfTheConnectorAsksTheNext) {
  Introduction asked = introduction_in(State::asked);
  asked.connectors = {christine, bob};
  const Step out = run(asked, Bounced{Role::connector, "550 5.1.1"});
  EXPECT_EQ(out.next.asks.back().connector, bob);
  const Step end = run(out.next, Bounced{Role::connector, "550 5.1.1"});
  EXPECT_EQ(end.next.state, State::expired);
  EXPECT_EQ(refused(asked, Bounced{Role::target, "550"}), Refusal::not_now);
}

TEST(StepTimeTest, AbsenceMovesTheRemindersAndTheEnd) {
  const Introduction asked = introduction_in(State::asked);
  const Step paused = run(asked, Away{Role::connector, monday_noon + days{5}});
  EXPECT_EQ(deadline(paused.next), monday_noon + days{5} + policy.connector_reminders[0]);
  EXPECT_EQ(paused.next.asks.back().expires_at, monday_noon + days{19});
  EXPECT_EQ(refused(paused.next, Away{Role::connector, monday_noon + days{5}}), Refusal::not_now)
      << "a second copy adds nothing";
  const Step year = run(asked, Away{Role::connector, monday_noon + days{365}});
  EXPECT_EQ(year.next.asks.back().expires_at, monday_noon + days{14} + policy.longest_pause);
}

TEST(StepTimeTest, StopIsASilentNoAndStaysWithThePerson) {
  const Step out = run(introduction_in(State::asked), Stopped{Role::connector});
  EXPECT_EQ(out.next.state, State::declined_silently);
  EXPECT_EQ(out.stopped, Role::connector);
  EXPECT_TRUE(out.notices.empty());
  EXPECT_EQ(run(introduction_in(State::forwarded), Stopped{Role::requester}).next.state, State::withdrawn);
}

TEST(StepTimeTest, ForATargetWhoHasLeftNobodyIsAsked) {
  for (const State state : {State::drafted, State::asked, State::snoozed, State::revising, State::redirected,
                            State::declined_silently}) {
    const Step out = run(introduction_in(state), TargetLeft{});
    EXPECT_EQ(out.next.state, State::expired) << state_name(state);
    EXPECT_TRUE(out.cancels_unsent);
    EXPECT_EQ(out.notices.size(), 1U);
  }
  EXPECT_EQ(refused(introduction_in(State::forwarded), TargetLeft{}), Refusal::not_now) << "that is a no";
  EXPECT_EQ(refused(introduction_in(State::introduced), TargetLeft{}), Refusal::not_now);
  Introduction silent = introduction_in(State::declined_silently);
  silent.forwarded_at = monday_noon;
  EXPECT_EQ(refused(silent, TargetLeft{}), Refusal::not_now) << "what was kept silent stays so";
  Introduction draft = introduction_in(State::drafted);
  draft.confirmed = false;
  EXPECT_TRUE(run(draft, TargetLeft{}).notices.empty()) << "it may be a forged one";
}

TEST(StepTimeTest, WithdrawCancelsWhatIsNotSent) {
  const Step out = run(introduction_in(State::forwarded), Withdrawn{});
  EXPECT_EQ(out.next.state, State::withdrawn);
  EXPECT_TRUE(out.cancels_unsent);
  EXPECT_EQ(refused(introduction_in(State::introduced), Withdrawn{}), Refusal::not_now);
}

TEST(StepTimeTest, OutcomeIsAskedOnceAndThanksTheConnector) {
  const Introduction introduced = introduction_in(State::introduced);
  const Step asked = run(introduced, DeadlineReached{}, deadline(introduced));
  EXPECT_TRUE(tells(asked, NoticeKind::outcome_question, Role::requester));
  const Step closed = run(asked.next, OutcomeReported{Outcome::spoke});
  EXPECT_EQ(closed.next.state, State::closed);
  EXPECT_TRUE(tells(closed, NoticeKind::thanks, Role::connector));
  EXPECT_EQ(wait_out(asked.next).next.state, State::closed);
}

TEST(StepTimeTest, RemindersWaitForACivilHour) {
  const QuietHours quiet;
  const Time friday_night = from_unix_seconds(1'773'439'200);                         // 2026-03-13 22:00 UTC
  EXPECT_EQ(next_civil_time(friday_night, quiet), from_unix_seconds(1'773'648'000));  // Monday 08:00
  EXPECT_EQ(next_civil_time(monday_noon, quiet), monday_noon);
  QuietHours east = quiet;
  east.utc_offset = std::chrono::hours{10};
  EXPECT_EQ(next_civil_time(monday_noon, east), monday_noon + std::chrono::hours{10});
}

}  // namespace
}  // namespace tertius
