// The rules that are never broken, over random lives: whatever happens in whatever order, the target hears
// nothing before a connector's forward has outlived its hold, a final state stays, and time alone ends
// everything.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/support/broker/introductions.hpp"

namespace tertius {
namespace {

using namespace testing;

const Policy policy;

struct Dice {
  std::mt19937_64 random;
  std::size_t up_to(std::size_t n) { return random() % n; }
  template <class Enum>
  Enum any(Enum last) {
    return static_cast<Enum>(up_to(static_cast<std::size_t>(last) + 1));
  }
};

Decided random_decision(Dice& dice, Time now) {
  Decided out{dice.any(Role::target),
              {.kind = dice.any(DecisionKind::accept), .note = {}, .until = {}, .redirect_to = {}},
              dice.any(Channel::reply),
              "visit" + std::to_string(dice.up_to(3))};
  out.decision.note = dice.up_to(2) ? "words" : "";
  if (dice.up_to(2)) out.decision.until = now + days{static_cast<int>(dice.up_to(400))};
  out.decision.redirect_to = dice.up_to(2) ? "bob" : "";
  out.decision.silent = dice.up_to(2) == 0;
  return out;
}

Event random_event(Dice& dice, Time now) {
  const Role role = dice.any(Role::target);
  switch (dice.up_to(19)) {
    case 0: return Submitted{};
    case 1: return Confirmed{};
    case 2:
      return ConnectorChosen{dice.up_to(2) ? bob : christine,
                             dice.up_to(2) ? std::optional(dora) : std::nullopt};
    case 3: return Undone{role};
    case 4: return Hurried{role};
    case 5: return Resubmitted{"", dice.up_to(3) ? "pitch" : ""};
    case 6: return dice.up_to(8) ? Event{DeadlineReached{}} : Event{Withdrawn{}};
    case 7: return Bounced{role, "550"};
    case 8: return Away{role, now + days{static_cast<int>(dice.up_to(60))}};
    case 9: return Unclear{role, {"?"}};
    case 10: return OutcomeReported{Outcome::spoke};
    case 12: return Reworded{role, dice.up_to(2) ? "other words" : ""};
    case 11: return dice.up_to(8) ? Event{DeadlineReached{}} : Event{Stopped{role}};
    case 13: return Nudged{};
    case 14: return dice.up_to(8) ? Event{DeadlineReached{}} : Event{TargetLeft{}};
    default: return random_decision(dice, now);
  }
}

Facts random_facts(Dice& dice) {
  Facts facts = open_facts();
  facts.target_consent = dice.any(Consent::straight);
  facts.target_stopped = dice.up_to(20) == 0;
  facts.target_is_being_asked = dice.up_to(10) == 0;
  facts.connectors[dice.up_to(3)].stopped = dice.up_to(5) == 0;
  return facts;
}

// What storage looks up: of the connectors, those in question alone.
Facts facts_in_question(const Introduction& introduction, const Event& event, Facts facts) {
  const auto* chosen = std::get_if<ConnectorChosen>(&event);
  std::vector<PersonId> also;
  if (chosen) also.push_back(chosen->connector);
  if (chosen && chosen->onward) also.push_back(*chosen->onward);
  const auto asked_for = connectors_in_question(introduction, also);
  std::erase_if(facts.connectors, [&](const ConnectorFacts& one) {
    return std::ranges::find(asked_for, one.person) == asked_for.end();
  });
  return facts;
}

void expect_same(const StepResult& one, const StepResult& other, const Event& event) {
  ASSERT_EQ(one.index(), other.index()) << event_name(event);
  if (const auto* refusal = std::get_if<Refusal>(&one)) {
    EXPECT_EQ(*refusal, std::get<Refusal>(other)) << event_name(event);
  } else {
    const Step& did = std::get<Step>(one);
    const Step& would = std::get<Step>(other);
    EXPECT_EQ(did.next.state, would.next.state) << event_name(event);
    EXPECT_EQ(current_connector(did.next), current_connector(would.next)) << event_name(event);
    EXPECT_EQ(did.notices, would.notices) << event_name(event);
  }
}

bool is_for_target(const NoticeOrder& order) {
  return order.to == Role::target && order.kind != NoticeKind::receipt;
}

// What an onlooker checks at each step of one life.
struct Onlooker {
  std::optional<Held> forward_held;  // the held forward as it was last seen
  bool forwarded = false;
  int passed_on = 0;

  void see(const Introduction& before, const Event& event, const Step& step, Time now) {
    EXPECT_FALSE(is_final(before.state)) << "a final state changed by " << event_name(event);
    EXPECT_TRUE(is_allowed(before.state, step.trigger, step.next.state));
    if (step.trigger == Trigger::forward) see_forward(before, event, now);
    if (step.trigger == Trigger::pass_on) see_pass_on(before, event, step, now);
    EXPECT_TRUE(step.next.vouching.empty() || passed_on_by(step.next)) << "words of nobody's";
    for (const auto& order : step.notices) {
      if (is_for_target(order)) {
        EXPECT_TRUE(forwarded) << "T hears " << notice_name(order.kind);
      }
    }
    if (step.next.state == State::introduced && before.state == State::forwarded) {
      EXPECT_EQ(step.trigger, Trigger::accept);
    }
  }

  // On a long way everybody on it has agreed.
  void see_forward(const Introduction& before, const Event& event, Time now) {
    EXPECT_FALSE(next_on_way(before, current_connector(before).value())) << "somebody is still to be asked";
    see_held_forward(before, event, now);
    forwarded = true;
  }

  void see_pass_on(const Introduction& before, const Event& event, const Step& step, Time now) {
    see_held_forward(before, event, now);
    EXPECT_FALSE(forwarded);
    EXPECT_EQ(next_on_way(before, current_connector(before).value()), current_connector(step.next));
    EXPECT_EQ(passed_on_by(step.next), current_connector(before));
    ++passed_on;
  }

  static void see_held_forward(const Introduction& before, const Event& event, Time now) {
    ASSERT_TRUE(before.held) << "a forward without a hold";
    EXPECT_EQ(before.held->by, Role::connector);
    EXPECT_EQ(before.held->decision.kind, DecisionKind::forward);
    const bool pressed_send_now = std::holds_alternative<Hurried>(event);
    EXPECT_TRUE(pressed_send_now || before.held->effective_at <= now) << "the hold had not passed";
  }
};

// How often it was passed on.
int live_one_life(std::uint64_t seed) {
  Dice dice{std::mt19937_64(seed)};
  Introduction introduction = drafted_introduction();
  introduction.connectors = {christine, bob};
  if (dice.up_to(2)) introduction.relay = {dice.up_to(2) ? christine : bob, dora};
  introduction.confirmed = dice.up_to(2);
  Onlooker onlooker;
  Time now = monday_noon;
  for (int i = 0; i < 60; ++i) {
    now += seconds{static_cast<long>(dice.up_to(dice.up_to(2) ? 900 : 500'000))};
    const Event event = random_event(dice, now);
    const Facts facts = random_facts(dice);
    const auto result = step(introduction, event, facts, policy, now);
    expect_same(result, step(introduction, event, facts_in_question(introduction, event, facts), policy, now),
                event);
    if (const auto* done = std::get_if<Step>(&result)) {
      onlooker.see(introduction, event, *done, now);
      introduction = done->next;
    }
  }
  // Everybody falls silent: time alone must end it, and within a year.
  for (int i = 0; !is_final(introduction.state); ++i) {
    EXPECT_LT(i, 50) << "does not end: " << state_name(introduction.state);
    const auto deadline = next_deadline(introduction, policy);
    EXPECT_TRUE(deadline) << state_name(introduction.state) << " waits for ever";
    if (::testing::Test::HasFailure()) return 0;
    now = std::max(now, *deadline);
    const auto result = step(introduction, DeadlineReached{}, open_facts(), policy, now);
    EXPECT_TRUE(std::holds_alternative<Step>(result)) << state_name(introduction.state);
    if (::testing::Test::HasFailure()) return 0;
    onlooker.see(introduction, DeadlineReached{}, std::get<Step>(result), now);
    introduction = std::get<Step>(result).next;
  }
  EXPECT_FALSE(next_deadline(introduction, policy));
  return onlooker.passed_on;
}

TEST(NeverBrokenTest, RandomLivesKeepTheRules) {
  int passed_on = 0;
  for (std::uint64_t seed = 1; seed <= 5'000 && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    passed_on += live_one_life(seed);
  }
  EXPECT_GT(passed_on, 50) << "the long way was hardly tried";
}

}  // namespace
}  // namespace tertius
