#include <gtest/gtest.h>

#include <tuple>

#include "storage/introductions.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

using std::chrono::days;

class AnswersTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (!IsSkipped()) add_people(db(), 5);
  }
  // Person 4 asked 2 for 3, `ago` before noon.
  Introduction past(State state, days ago, std::optional<DecisionKind> decision, days after = days{1}) {
    Introduction intro = asked_introduction(next_id_++, noon - ago);
    intro.requester = PersonId{4};
    intro.state = state;
    if (decision) intro.asks[0].decided_at = noon - ago + after;
    intro.asks[0].decision = decision;
    intro.state_since = intro.asks[0].expires_at;
    return intro;
  }
  void add(const Introduction& intro) { add_introduction(db(), intro, {}); }
  AnswerCounts counts(std::int64_t requester = 1) {
    return load_answer_counts(db(), PersonId{requester}, PersonId{3}, {PersonId{2}}, noon).at(0);
  }

 private:
  std::int64_t next_id_ = 10;
};
TERTIUS_ON_EVERY_ENGINE(AnswersTest);

TEST_P(AnswersTest, WhoWasNeverAskedHasNoCounts) {
  const AnswerCounts found = counts();
  EXPECT_EQ(found.connector, PersonId{2});
  EXPECT_EQ(found.asked, 0);
  EXPECT_EQ(found.open, 0);
  EXPECT_FALSE(found.last_declined_this_target);
  EXPECT_FALSE(found.spent);
}

TEST_P(AnswersTest, AnAnswerAYearOldWeighsHalf) {
  add(past(State::introduced, days{365}, DecisionKind::forward));
  add(past(State::closed, days{730}, DecisionKind::forward));
  EXPECT_NEAR(counts().forwarded, 0.75, 1e-9);
  EXPECT_NEAR(counts().decided, 0.75, 1e-9);
  EXPECT_NEAR(counts().asked, 0.75, 1e-9);
  EXPECT_NEAR(counts().answered_in_time, 0.75, 1e-9);
}

TEST_P(AnswersTest, EachDecisionCountsForWhatItIs) {
  struct Case {
    DecisionKind kind;
    int forwarded, decided;
  };
  for (const Case& one : {Case{DecisionKind::forward, 1, 1}, Case{DecisionKind::decline, 0, 1},
                          Case{DecisionKind::redirect, 0, 1}, Case{DecisionKind::revise, 0, 0}}) {
    Introduction intro = past(State::expired, days{0}, one.kind, days{0});
    add(intro);
    EXPECT_DOUBLE_EQ(counts().forwarded, one.forwarded) << decision_name(one.kind);
    EXPECT_DOUBLE_EQ(counts().decided, one.decided) << decision_name(one.kind);
    EXPECT_DOUBLE_EQ(counts().asked, 1) << decision_name(one.kind);
    EXPECT_DOUBLE_EQ(counts().answered_in_time, 1) << decision_name(one.kind);
    db().run("DELETE FROM introductions");
  }
}

TEST_P(AnswersTest, WhoWasNotWaitedForIsNotLate) {
  Introduction intro = past(State::expired, days{40}, std::nullopt);
  add(intro);
  EXPECT_GT(counts().asked, 0);
  db().run("UPDATE introductions SET state_since = state_since - 1");
  EXPECT_EQ(counts().asked, 0);
}

// Before its time is over it waits, afterwards nobody has answered: to R, to others, and to two who compare.
TEST_P(AnswersTest, ASilentNoCountsAsNoAnswer) {
  const auto shown = [&](const Introduction& intro, std::int64_t requester) {
    add(intro);
    if (intro.asks[0].decided_at)
      append_history(db(), intro.id,
                     {*intro.asks[0].decided_at + std::chrono::seconds{1}, "decline_silently", State::asked,
                      State::declined_silently, ""});
    const AnswerCounts found = counts(requester);
    db().run("DELETE FROM introductions");
    return std::tuple(found.forwarded, found.decided, found.answered_in_time, found.asked, found.open,
                      found.last_declined_this_target, found.spent);
  };
  for (const std::int64_t requester : {1, 4}) {
    EXPECT_EQ(shown(past(State::declined_silently, days{3}, DecisionKind::decline), requester),
              shown(past(State::asked, days{3}, {}), requester));
    for (const State state : {State::expired, State::withdrawn})
      EXPECT_EQ(shown(past(state, days{30}, DecisionKind::decline), requester),
                shown(past(state, days{30}, {}), requester));
  }
}

TEST_P(AnswersTest, SilenceAndLatenessCountAgainstWhoWasAsked) {
  add(past(State::expired, days{20}, {}));
  add(past(State::declined, days{20}, DecisionKind::decline, days{15}));
  EXPECT_GT(counts().asked, 1.8);
  EXPECT_EQ(counts().answered_in_time, 0);
  EXPECT_GT(counts().decided, 0.9);
}

TEST_P(AnswersTest, WhoStillHasTimeOrWasLetGoIsNotLate) {
  add(past(State::asked, days{3}, {}));
  add(past(State::withdrawn, days{30}, {}));
  EXPECT_EQ(counts().asked, 0);
}

TEST_P(AnswersTest, OpenIsWhatWaitsForTheConnector) {
  add(past(State::asked, days{3}, {}));
  add(past(State::snoozed, days{3}, {}));
  add(past(State::forwarded, days{3}, DecisionKind::forward));
  add(past(State::expired, days{30}, {}));
  Introduction passed_on = past(State::asked, days{30}, {});
  passed_on.asks.push_back(passed_on.asks[0]);
  passed_on.asks[1].round = 2;
  passed_on.asks[1].connector = PersonId{5};
  add(passed_on);
  EXPECT_EQ(counts().open, 2);
}

TEST_P(AnswersTest, ADeclineOfThisTargetIsRemembered) {
  add(past(State::declined, days{50}, DecisionKind::decline));
  add(past(State::declined, days{40}, DecisionKind::decline));
  Introduction other_target = past(State::declined, days{5}, DecisionKind::decline);
  other_target.target = PersonId{5};
  add(other_target);
  EXPECT_EQ(counts().last_declined_this_target, noon - days{39});
}

TEST_P(AnswersTest, ThePairsBudgetIsSpentByPolicy) {
  add(past(State::declined, days{20}, DecisionKind::decline));
  EXPECT_FALSE(counts(1).spent);
  EXPECT_TRUE(counts(4).spent);  // the cooldown of 30 days
  Policy policy;
  policy.pair_cooldown = days{10};
  const auto spent = [&] {
    return load_answer_counts(db(), PersonId{4}, PersonId{3}, {PersonId{2}}, noon, policy).at(0).spent;
  };
  EXPECT_FALSE(spent());
  policy.max_yearly_per_pair = 1;
  EXPECT_TRUE(spent());
  policy.max_yearly_per_pair = 3;
  add(past(State::asked, days{11}, {}));
  EXPECT_TRUE(spent());
}

TEST_P(AnswersTest, EveryConnectorIsAnsweredForInOrder) {
  const auto all = load_answer_counts(db(), PersonId{1}, PersonId{3}, {PersonId{5}, PersonId{2}}, noon);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].connector, PersonId{5});
  EXPECT_EQ(all[1].connector, PersonId{2});
}

}  // namespace
}  // namespace tertius::storage
