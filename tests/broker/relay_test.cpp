// The long way: R - Christine - Dora - T. Each of the two is asked in turn, and T after them.
#include <gtest/gtest.h>

#include "broker/standing.hpp"
#include "broker/step.hpp"
#include "tests/support/broker/stepping.hpp"

namespace tertius {
namespace {

using namespace testing;

constexpr auto later_than_any_hold = seconds{3'600};

Introduction on_a_long_way(State state = State::asked) {
  Introduction out = introduction_in(state);
  out.relay = {christine, dora};
  return out;
}

Introduction agreed(Introduction introduction, Facts facts = open_facts()) {
  introduction = run(introduction, decided(Role::connector, DecisionKind::forward), monday_noon, facts).next;
  return run(introduction, DeadlineReached{}, monday_noon + later_than_any_hold, facts).next;
}

Step agreeing(const Introduction& introduction, const Facts& facts = open_facts()) {
  const Introduction held =
      run(introduction, decided(Role::connector, DecisionKind::forward), monday_noon, facts).next;
  return run(held, DeadlineReached{}, monday_noon + later_than_any_hold, facts);
}

Facts without(PersonId connector) {
  Facts facts = open_facts();
  for (ConnectorFacts& one : facts.connectors) one.stopped = one.person == connector;
  return facts;
}

TEST(RelayTest, TheFirstsForwardAsksTheNextAndTheTargetHearsNothing) {
  const Step out = agreeing(on_a_long_way());
  EXPECT_EQ(out.trigger, Trigger::pass_on);
  EXPECT_EQ(out.next.state, State::asked);
  EXPECT_EQ(current_connector(out.next), dora);
  EXPECT_EQ(passed_on_by(out.next), christine);
  EXPECT_EQ(out.next.vouching, "because");
  EXPECT_EQ(out.next.endorsement, "");
  EXPECT_FALSE(out.next.forwarded_at);
  EXPECT_EQ(out.next.asks.size(), 2u);
  EXPECT_EQ(out.notices.size(), 2u);
  EXPECT_TRUE(tells(out, NoticeKind::request, Role::connector));
  EXPECT_TRUE(tells(out, NoticeKind::status_asked, Role::requester));
}

TEST(RelayTest, TheLastForwardsItToTheTargetWithWordsOfTheirOwn) {
  Introduction with_dora = agreed(on_a_long_way());
  Decided yes = decided(Role::connector, DecisionKind::forward, "v2", Channel::command);
  yes.decision.note = "meet her";
  const Step out = run(with_dora, yes, monday_noon + days{1});
  EXPECT_EQ(out.next.state, State::forwarded);
  EXPECT_EQ(out.next.endorsement, "meet her");
  EXPECT_TRUE(tells(out, NoticeKind::pitch, Role::target));
}

TEST(RelayTest, ATargetWhoIsIntroducedAtOnceStillTakesTheSecondsYes) {
  Facts facts = open_facts();
  facts.target_consent = Consent::straight;
  const Step first = agreeing(on_a_long_way(), facts);
  EXPECT_EQ(first.next.state, State::asked);
  EXPECT_EQ(agreeing(first.next, facts).next.state, State::introduced);
}

TEST(RelayTest, FromASnoozeItIsPassedOnToo) {
  Introduction snoozed = on_a_long_way(State::snoozed);
  EXPECT_EQ(agreeing(snoozed).next.state, State::asked);
}

TEST(RelayTest, AfterTheNextsNoWhomRNamedIsAskedDirectly) {
  Introduction introduction = on_a_long_way();
  introduction.connectors = {christine, bob};
  for (const bool silent : {false, true}) {
    Decided no = decided(Role::connector, DecisionKind::decline, "v3", Channel::command);
    no.decision.silent = silent;
    Step out = run(agreed(introduction), no, monday_noon + days{1});
    if (silent) out = wait_out(out.next);
    EXPECT_EQ(out.next.state, State::asked);
    EXPECT_EQ(current_connector(out.next), bob);
    EXPECT_FALSE(passed_on_by(out.next));
    EXPECT_EQ(out.next.vouching, "");
    EXPECT_EQ(note_to_connector(out.next), introduction.cover_note);
  }
}

TEST(RelayTest, TheNextAskedByRAfterTheFirstsNoIsAskedDirectly) {
  Introduction introduction = on_a_long_way();
  introduction.connectors = {christine, dora};
  const Step out = run(introduction, decided(Role::connector, DecisionKind::decline, "v3", Channel::command));
  EXPECT_EQ(current_connector(out.next), dora);
  EXPECT_FALSE(passed_on_by(out.next));
  EXPECT_EQ(note_to_connector(out.next), introduction.cover_note);
  EXPECT_EQ(agreeing(out.next).next.state, State::forwarded);
}

TEST(RelayTest, WhoeverHasSaidNoIsNotAskedOnceMoreByThoseWhoKnowThem) {
  Introduction introduction = on_a_long_way();
  introduction.connectors = {dora, christine};
  introduction.asks.front().connector = dora;
  const Step out = run(introduction, decided(Role::connector, DecisionKind::decline, "v3", Channel::command));
  EXPECT_EQ(out.next.state, State::declined);
}

TEST(RelayTest, AWayWhoseSecondCannotBeAskedIsNotBegun) {
  Introduction draft = on_a_long_way(State::drafted);
  EXPECT_EQ(refused(draft, Submitted{}, monday_noon, without(dora)), Refusal::connector_unavailable);
  draft.connectors.clear();
  draft.relay.clear();
  const ConnectorChosen chosen{christine, dora};
  EXPECT_EQ(refused(draft, chosen, monday_noon, without(dora)), Refusal::connector_unavailable);
  EXPECT_EQ(refused(draft, ConnectorChosen{christine, gail}), Refusal::connector_unavailable);
  EXPECT_EQ(refused(draft, ConnectorChosen{christine, alice}), Refusal::connector_unavailable);
  EXPECT_EQ(run(draft, chosen).next.relay, (std::vector{christine, dora}));
}

TEST(RelayTest, AChoiceLeavesTheWayThatWasChosenBefore) {
  const Introduction suggested = on_a_long_way(State::redirected);
  EXPECT_TRUE(run(suggested, ConnectorChosen{bob}).next.relay.empty());
}

TEST(RelayTest, WhoCannotBeAskedAnyMoreIsPassedOver) {
  for (const State state : {State::asked, State::snoozed}) {
    Introduction introduction = on_a_long_way(state);
    const Step ended = agreeing(introduction, without(dora));
    EXPECT_EQ(ended.next.state, State::expired);
    EXPECT_TRUE(tells(ended, NoticeKind::status_ended, Role::requester));
    introduction.connectors = {christine, bob};
    const Step out = agreeing(introduction, without(dora));
    EXPECT_EQ(out.next.state, State::asked);
    EXPECT_EQ(current_connector(out.next), bob);
    EXPECT_EQ(out.next.vouching, "");
  }
}

TEST(RelayTest, ATargetWhoStopsInBetweenEndsIt) {
  const Introduction held = run(on_a_long_way(), decided(Role::connector, DecisionKind::forward)).next;
  Facts facts = open_facts();
  facts.target_stopped = true;
  EXPECT_EQ(run(held, DeadlineReached{}, monday_noon + later_than_any_hold, facts).next.state,
            State::expired);
}

TEST(RelayTest, WhatRWroteToTheFirstIsNotForTheNext) {
  Introduction introduction = agreed(on_a_long_way());
  EXPECT_EQ(note_to_connector(introduction), "");
  const auto ask_for_changes = [](const Introduction& before) {
    return run(before, decided(Role::connector, DecisionKind::revise, "v4", Channel::command),
               monday_noon + days{1})
        .next;
  };
  introduction = run(ask_for_changes(introduction), Resubmitted{"", "shorter"}, monday_noon + days{1}).next;
  EXPECT_EQ(note_to_connector(introduction), "") << "no note to her is no leave to show the other's";
  EXPECT_EQ(passed_on_by(introduction), christine);
  EXPECT_EQ(introduction.vouching, "because");
  introduction =
      run(ask_for_changes(introduction), Resubmitted{"Dear Dora", "shorter"}, monday_noon + days{1}).next;
  EXPECT_EQ(note_to_connector(introduction), "Dear Dora");
  introduction = run(ask_for_changes(introduction), Resubmitted{"", "shortest"}, monday_noon + days{1}).next;
  EXPECT_EQ(note_to_connector(introduction), "Dear Dora") << "an empty note keeps the one before";
}

TEST(RelayTest, BothConnectorsAreThanked) {
  Introduction introduction = agreed(on_a_long_way());
  introduction.state = State::introduced;
  introduction.introduced_at = monday_noon + days{2};
  const Step out = run(introduction, OutcomeReported{Outcome::spoke}, monday_noon + days{9});
  ASSERT_EQ(out.notices.size(), 2u);
  EXPECT_FALSE(out.notices[0].connector);
  EXPECT_EQ(out.notices[1].connector, christine);
}

// ---- what the first sees of it afterwards ----

Standing of_christine(const Introduction& introduction) {
  return seat_of(introduction, christine, monday_noon).value().standing;
}

TEST(RelayTest, WhoPassedItOnSeesThatAloneUntilTheyHaveMet) {
  Introduction introduction = agreed(on_a_long_way());
  EXPECT_EQ(of_christine(introduction), Standing::passed_on);
  EXPECT_FALSE(role_shown_to(introduction, christine));
  for (const State state : {State::declined_silently, State::declined, State::snoozed, State::expired,
                            State::withdrawn, State::forwarded}) {
    introduction.state = state;
    EXPECT_EQ(of_christine(introduction), Standing::passed_on) << state_name(state);
  }
  introduction.state = State::introduced;
  introduction.introduced_at = monday_noon;
  EXPECT_EQ(of_christine(introduction), Standing::introduced);
}

TEST(RelayTest, WhoForwardedToNobodyHasPassedNothingOn) {
  Introduction introduction = on_a_long_way();
  introduction.connectors = {christine, bob};
  introduction = agreeing(introduction, without(dora)).next;
  EXPECT_EQ(of_christine(introduction), Standing::not_theirs);
  introduction.introduced_at = monday_noon;
  EXPECT_EQ(of_christine(introduction), Standing::not_theirs) << "it was Bob who introduced them";
}

TEST(RelayTest, AsTheFirstKnowsItThereIsNobodyAfterThem) {
  const Introduction introduction = agreed(on_a_long_way());
  const Introduction hers = as_last_asked(introduction, christine);
  EXPECT_EQ(current_connector(hers), christine);
  EXPECT_EQ(hers.cover_note + hers.vouching + hers.endorsement, "");
  EXPECT_EQ(as_last_asked(introduction, dora).vouching, "because");
}

}  // namespace
}  // namespace tertius
