#include "broker/step.hpp"

#include <gtest/gtest.h>

#include "tests/support/broker/stepping.hpp"

namespace tertius {
namespace {

using namespace testing;

std::vector<Event> every_event() {
  std::vector<Event> events = {Submitted{},
                               Confirmed{},
                               ConnectorChosen{bob},
                               ConnectorChosen{bob, dora},
                               DeadlineReached{},
                               Resubmitted{"note", "pitch"},
                               Withdrawn{},
                               TargetLeft{},
                               Nudged{},
                               OutcomeReported{Outcome::spoke}};
  for (const Role role : {Role::requester, Role::connector, Role::target}) {
    events.insert(events.end(), {Undone{role}, Hurried{role}, Reworded{role, "words"}, Bounced{role, "550"},
                                 Away{role, {}}, Unclear{role, {"?"}}, Stopped{role}});
    for (int kind = 0; kind <= static_cast<int>(DecisionKind::accept); ++kind) {
      for (const Channel channel : {Channel::command, Channel::reply}) {
        events.push_back(decided(role, static_cast<DecisionKind>(kind), "v9", channel));
      }
    }
  }
  return events;
}

void try_every_event(const Introduction& introduction, const Facts& facts, Time now) {
  const State state = introduction.state;
  for (const Event& event : every_event()) {
    const auto result = step(introduction, event, facts, policy, now);
    const auto* done = std::get_if<Step>(&result);
    if (is_final(state)) {
      EXPECT_FALSE(done) << state_name(state) << " " << event_name(event);
    }
    if (!done) continue;
    EXPECT_TRUE(is_allowed(state, done->trigger, done->next.state))
        << state_name(state) << " --" << trigger_name(done->trigger) << "--> "
        << state_name(done->next.state);
  }
}

TEST(StepTest, EveryStateAndEventIsRefusedOrInTheTable) {
  for (int i = 0; i < state_count; ++i) {
    Introduction introduction = introduction_in(static_cast<State>(i));
    for (const bool is_relayed : {false, true}) {
      if (is_relayed) introduction.relay = {christine, dora};
      for (const Consent consent : {Consent::ask_first, Consent::straight, Consent::never}) {
        for (const bool is_gone : {false, true}) {  // the next on the way
          for (const days later : {days{0}, days{15}, days{60}}) {
            Facts facts = open_facts();
            facts.target_consent = consent;
            facts.connectors.back().stopped = is_gone;
            try_every_event(introduction, facts, monday_noon + later);
          }
        }
      }
    }
  }
}

TEST(StepTest, NamesOfStatesAndRefusalsAreAllDifferent) {
  std::vector<std::string_view> names;
  for (int i = 0; i < state_count; ++i) names.push_back(state_name(static_cast<State>(i)));
  for (const auto& row : refusal_table()) names.push_back(row.what);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(StepTest, ConfirmedDraftWithAConnectorIsAsked) {
  const Step out = run(introduction_in(State::drafted), Submitted{});
  EXPECT_EQ(out.next.state, State::asked);
  EXPECT_EQ(out.next.asks.back().connector, christine);
  EXPECT_TRUE(tells(out, NoticeKind::request, Role::connector));
  EXPECT_TRUE(tells(out, NoticeKind::status_asked, Role::requester));
}

TEST(StepTest, UnconfirmedDraftOnlyAsksItsSupposedWriter) {
  Introduction draft = introduction_in(State::drafted);
  draft.confirmed = false;
  const Step out = run(draft, Submitted{});
  EXPECT_EQ(out.next.state, State::drafted);
  ASSERT_EQ(out.notices.size(), 1u);
  EXPECT_TRUE(tells(out, NoticeKind::confirm_request, Role::requester));
  EXPECT_EQ(refused(draft, ConnectorChosen{bob}), Refusal::unconfirmed);
  EXPECT_EQ(run(draft, Confirmed{}).next.state, State::asked);
}

TEST(StepTest, DraftWithoutAConnectorOffersChoicesAndTheChoiceAsks) {
  Introduction draft = introduction_in(State::drafted);
  draft.connectors.clear();
  const Step choices = run(draft, Submitted{});
  EXPECT_TRUE(tells(choices, NoticeKind::connector_choices, Role::requester));
  EXPECT_EQ(choices.next.state, State::drafted);
  const Step chosen = run(choices.next, ConnectorChosen{bob});
  EXPECT_EQ(chosen.next.state, State::asked);
  EXPECT_EQ(chosen.next.asks.back().connector, bob);
}

TEST(StepTest, QuotasRefuseBeforeAnythingIsSent) {
  const Introduction draft = introduction_in(State::drafted);
  const auto with = [&](auto change) {
    Facts facts = open_facts();
    change(facts);
    return refused(draft, Submitted{}, monday_noon, facts);
  };
  EXPECT_EQ(with([](Facts& f) { f.target_consent = Consent::never; }), Refusal::target_unavailable);
  EXPECT_EQ(with([](Facts& f) { f.target_stopped = true; }), Refusal::target_unavailable);
  EXPECT_EQ(with([](Facts& f) { f.target_has_address = false; }), Refusal::target_unavailable);
  EXPECT_EQ(with([](Facts& f) { f.target_is_being_asked = true; }), Refusal::target_is_being_asked);
  EXPECT_EQ(with([](Facts& f) { f.open_by_requester = 5; }), Refusal::too_many_open);
  EXPECT_EQ(with([](Facts& f) { f.connectors[0].stopped = true; }), Refusal::connector_unavailable);
  EXPECT_EQ(with([](Facts& f) { f.connectors[0].open_with_requester = 1; }), Refusal::pair_budget_spent);
  EXPECT_EQ(with([](Facts& f) { f.connectors[0].this_year_with_requester = 3; }), Refusal::pair_budget_spent);
  EXPECT_EQ(with([](Facts& f) { f.connectors[0].last_ask_by_requester = monday_noon - days{29}; }),
            Refusal::pair_budget_spent);
}

TEST(StepTest, DecisionIsHeldThenTakesEffect) {
  const Step held = run(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward));
  EXPECT_EQ(held.next.state, State::asked);
  EXPECT_EQ(deadline(held.next), monday_noon + policy.hold_unbound);
  EXPECT_TRUE(tells(held, NoticeKind::receipt, Role::connector));
  EXPECT_EQ(refused(held.next, DeadlineReached{}, monday_noon + policy.hold_unbound - seconds{1}),
            Refusal::not_now);
  const Step done = run(held.next, DeadlineReached{}, monday_noon + policy.hold_unbound);
  EXPECT_EQ(done.next.state, State::forwarded);
  EXPECT_EQ(done.next.endorsement, "because");
  EXPECT_TRUE(tells(done, NoticeKind::pitch, Role::target));
  EXPECT_TRUE(tells(done, NoticeKind::status_forwarded, Role::requester));
}

TEST(StepTest, HoldDependsOnHowSureWeAreOfThePerson) {
  const Introduction asked = introduction_in(State::asked);
  const auto effective = [&](Channel channel) {
    return run(asked, decided(Role::connector, DecisionKind::forward, "v", channel)).next.held->effective_at;
  };
  EXPECT_EQ(effective(Channel::bound_browser), monday_noon + seconds{60});
  EXPECT_EQ(effective(Channel::unbound_browser), monday_noon + seconds{600});
  EXPECT_EQ(effective(Channel::reply), monday_noon + seconds{120});
  EXPECT_EQ(run(asked, decided(Role::connector, DecisionKind::forward, "v", Channel::command)).next.state,
            State::forwarded);
}

TEST(StepTest, UndoForgetsTheDecisionAndSendNowDoesNotWait) {
  const Step held = run(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward));
  const Step undone = run(held.next, Undone{Role::connector});
  EXPECT_FALSE(undone.next.held);
  EXPECT_EQ(undone.next.state, State::asked);
  EXPECT_EQ(refused(held.next, Undone{Role::target}), Refusal::nothing_held);
  EXPECT_EQ(refused(undone.next, Undone{Role::connector}), Refusal::nothing_held);
  EXPECT_EQ(run(held.next, Hurried{Role::connector}).next.state, State::forwarded);
}

TEST(StepTest, OtherWordsReplaceTheFirstAndCanBeUndoneAsLong) {
  const Step held = run(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward));
  const Time later = monday_noon + std::chrono::minutes{9};
  const Step reworded = run(held.next, Reworded{Role::connector, "Better words."}, later);
  ASSERT_TRUE(reworded.next.held);
  EXPECT_EQ(reworded.next.held->decision.note, "Better words.");
  EXPECT_EQ(reworded.next.held->visit, held.next.held->visit) << "it is the same answer";
  EXPECT_EQ(reworded.next.held->effective_at, later + policy.hold_unbound);
  EXPECT_TRUE(reworded.notices.empty());
  EXPECT_EQ(run(reworded.next, Hurried{Role::connector}).next.endorsement, "Better words.");
}

TEST(StepTest, OtherWordsWantAnAnswerOfOnesOwnThatHasWords) {
  const Introduction asked = introduction_in(State::asked);
  EXPECT_EQ(refused(asked, Reworded{Role::connector, "x"}), Refusal::nothing_held);
  const Step forward = run(asked, decided(Role::connector, DecisionKind::forward));
  EXPECT_EQ(refused(forward.next, Reworded{Role::target, "x"}), Refusal::nothing_held);
  const Step later = run(asked, decided(Role::connector, DecisionKind::later));
  EXPECT_EQ(refused(later.next, Reworded{Role::connector, "x"}), Refusal::not_now);
  const Step revise = run(asked, decided(Role::connector, DecisionKind::revise));
  EXPECT_EQ(refused(revise.next, Reworded{Role::connector, ""}), Refusal::incomplete);
  EXPECT_EQ(run(revise.next, Reworded{Role::connector, "shorter"}).next.held->decision.note, "shorter");
  EXPECT_EQ(refused(introduction_in(State::closed), Reworded{Role::connector, "x"}), Refusal::already_ended);
  EXPECT_FALSE(run(forward.next, Reworded{Role::connector, "x", true}).next.held->decision.silent)
      << "only a no is";
}

TEST(StepTest, TwoAnswersFromTwoVisitsCancelEachOther) {
  const Step held = run(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward, "v1"));
  const Step both = run(held.next, decided(Role::connector, DecisionKind::decline, "v2"));
  EXPECT_FALSE(both.next.held);
  EXPECT_TRUE(both.next.connector_must_press);
  EXPECT_EQ(both.trigger, Trigger::contradict);
  EXPECT_TRUE(tells(both, NoticeKind::conflict, Role::connector));
}

TEST(StepTest, ASecondThoughtInOneVisitReplacesTheFirst) {
  const Step held = run(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward, "v1"));
  const Step changed = run(held.next, decided(Role::connector, DecisionKind::decline, "v1"));
  ASSERT_TRUE(changed.next.held);
  EXPECT_EQ(changed.next.held->decision.kind, DecisionKind::decline);
}

TEST(StepTest, TheSameAnswerFromAnotherVisitLeavesTheFirstRunning) {
  const Step held = run(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward, "v1"));
  const Step again =
      run(held.next, decided(Role::connector, DecisionKind::forward, "v2"), monday_noon + seconds{300});
  EXPECT_EQ(again.next.held->effective_at, held.next.held->effective_at);
  EXPECT_TRUE(again.notices.empty());
}

TEST(StepTest, TheSameAnswerThatSaysMoreReplacesTheFirst) {
  const Introduction asked = introduction_in(State::asked);
  Decided forward = decided(Role::connector, DecisionKind::forward, "v1");
  const Step first = run(asked, forward);
  forward.visit = "v2";
  forward.decision.note = "One of the good ones.";
  const Step second = run(first.next, forward, monday_noon + std::chrono::minutes{1});
  EXPECT_EQ(second.next.held->decision.note, "One of the good ones.");
  EXPECT_EQ(second.next.held->effective_at, monday_noon + std::chrono::minutes{1} + policy.hold_unbound);
  forward.visit = "v3";
  forward.decision.note.clear();
  EXPECT_EQ(run(second.next, forward).next.held->decision.note, "One of the good ones.")
      << "a bare click adds nothing";
}

TEST(StepTest, WordsThatAreNotClearTakeBackWhatIsHeld) {
  const Introduction held =
      run(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward)).next;
  ASSERT_TRUE(held.held);
  const Step taken_back = run(held, Unclear{Role::connector, {"You wrote: cancel that"}});
  EXPECT_FALSE(taken_back.next.held);
  EXPECT_TRUE(tells(taken_back, NoticeKind::could_not_tell, Role::connector));
  EXPECT_TRUE(run(held, Unclear{Role::connector, {"?"}, false}).next.held) << "perhaps not their words";
}

TEST(StepTest, NobodyDecidesForSomebodyElse) {
  const Introduction asked = introduction_in(State::asked);
  EXPECT_EQ(refused(asked, decided(Role::target, DecisionKind::accept)), Refusal::not_now);
  EXPECT_EQ(refused(asked, decided(Role::target, DecisionKind::forward)), Refusal::not_yours);
  EXPECT_EQ(refused(asked, decided(Role::requester, DecisionKind::forward)), Refusal::not_yours);
  EXPECT_EQ(refused(asked, decided(Role::connector, DecisionKind::accept)), Refusal::not_yours);
  EXPECT_EQ(refused(introduction_in(State::forwarded), decided(Role::connector, DecisionKind::decline)),
            Refusal::already_answered);
  EXPECT_EQ(refused(introduction_in(State::introduced), decided(Role::target, DecisionKind::decline)),
            Refusal::already_answered);
  EXPECT_EQ(refused(introduction_in(State::closed), decided(Role::target, DecisionKind::accept)),
            Refusal::already_ended);
}

TEST(StepTest, IncompleteDecisionsAreRefused) {
  const Introduction asked = introduction_in(State::asked);
  const auto bare = [](DecisionKind kind) {
    return Decided{
        Role::connector, {.kind = kind, .note = {}, .until = {}, .redirect_to = {}}, Channel::reply, "v"};
  };
  EXPECT_EQ(refused(asked, bare(DecisionKind::revise)), Refusal::incomplete);
  EXPECT_EQ(refused(asked, bare(DecisionKind::redirect)), Refusal::incomplete);
  EXPECT_EQ(refused(asked, bare(DecisionKind::later)), Refusal::incomplete);
}

TEST(StepTest, OpenDeclineAsksTheNextConnectorAndThenEnds) {
  Introduction asked = introduction_in(State::asked);
  asked.connectors = {christine, bob};
  const Step next = run(asked, decided(Role::connector, DecisionKind::decline, "v", Channel::command));
  EXPECT_EQ(next.next.state, State::asked);
  EXPECT_EQ(next.next.asks.back().connector, bob);
  EXPECT_EQ(next.next.asks.front().decision, DecisionKind::decline);
  EXPECT_TRUE(tells(next, NoticeKind::request, Role::connector));
  const Step end = run(next.next, decided(Role::connector, DecisionKind::decline, "w", Channel::command));
  EXPECT_EQ(end.next.state, State::declined);
  EXPECT_TRUE(tells(end, NoticeKind::status_ended, Role::requester));
}

TEST(StepTest, ConnectorsWhoCannotBeAskedAreSkipped) {
  Introduction asked = introduction_in(State::asked);
  asked.connectors = {christine, bob};
  Facts facts = open_facts();
  facts.connectors[1].stopped = true;
  const Step end =
      run(asked, decided(Role::connector, DecisionKind::decline, "v", Channel::command), monday_noon, facts);
  EXPECT_EQ(end.next.state, State::declined);
}

TEST(StepTest, TargetWithoutAReasonDeclinesSilentlyAndWithOneOpenly) {
  Decided no = decided(Role::target, DecisionKind::decline, "v", Channel::command);
  EXPECT_EQ(run(introduction_in(State::forwarded), no).next.state, State::target_declined);
  no.decision.note.clear();
  EXPECT_EQ(run(introduction_in(State::forwarded), no).next.state, State::declined_silently);
}

TEST(StepTest, RevisionRoundsComeBackAndRunOut) {
  Introduction now = introduction_in(State::asked);
  for (int round = 1; round <= policy.max_revisions; ++round) {
    const Step wanted = run(now, decided(Role::connector, DecisionKind::revise, "v", Channel::command));
    EXPECT_EQ(wanted.next.state, State::revising);
    EXPECT_TRUE(tells(wanted, NoticeKind::changes_wanted, Role::requester));
    const Step again = run(wanted.next, Resubmitted{"", "Shorter."});
    EXPECT_EQ(again.next.state, State::asked);
    EXPECT_EQ(again.next.revision, round + 1);
    EXPECT_EQ(again.next.pitch, "Shorter.");
    EXPECT_EQ(again.next.asks.back().round, round + 1);
    now = again.next;
  }
  EXPECT_EQ(refused(now, decided(Role::connector, DecisionKind::revise)), Refusal::too_many_rounds);
}

TEST(StepTest, RedirectLetsTheRequesterAskTheOther) {
  const Step suggested = run(introduction_in(State::asked),
                             decided(Role::connector, DecisionKind::redirect, "v", Channel::command));
  EXPECT_EQ(suggested.next.state, State::redirected);
  EXPECT_TRUE(tells(suggested, NoticeKind::redirect_suggested, Role::requester));
  const Step asked = run(suggested.next, ConnectorChosen{bob});
  EXPECT_EQ(asked.next.state, State::asked);
  EXPECT_EQ(refused(suggested.next, ConnectorChosen{christine}), Refusal::already_answered);
}

TEST(StepTest, StraightPolicyIntroducesOnForward) {
  Facts facts = open_facts();
  facts.target_consent = Consent::straight;
  const Step out =
      run(introduction_in(State::asked),
          decided(Role::connector, DecisionKind::forward, "v", Channel::command), monday_noon, facts);
  EXPECT_EQ(out.next.state, State::introduced);
  EXPECT_TRUE(tells(out, NoticeKind::introduction, Role::requester));
  EXPECT_TRUE(tells(out, NoticeKind::introduction, Role::target));
  EXPECT_TRUE(tells(out, NoticeKind::introduction, Role::connector));
}

TEST(StepTest, TargetWhoStoppedBeforeTheHoldPassedHearsNothing) {
  const Step held = run(introduction_in(State::asked), decided(Role::connector, DecisionKind::forward));
  Facts facts = open_facts();
  facts.target_stopped = true;
  const Step out = run(held.next, DeadlineReached{}, deadline(held.next), facts);
  EXPECT_EQ(out.next.state, State::expired);
  EXPECT_FALSE(tells(out, NoticeKind::pitch, Role::target));
}

TEST(StepTest, UnclearRepliesAskAgainAndDecideNothing) {
  const Step out = run(introduction_in(State::asked), Unclear{Role::connector, {"a question?"}});
  EXPECT_EQ(out.next.state, State::asked);
  EXPECT_FALSE(out.next.held);
  EXPECT_TRUE(tells(out, NoticeKind::could_not_tell, Role::connector));
}

}  // namespace
}  // namespace tertius
