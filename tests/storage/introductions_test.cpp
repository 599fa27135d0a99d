#include "storage/introductions.hpp"

#include <thread>

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/same.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

using std::chrono::hours;

class IntroductionsTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (!IsSkipped()) add_people(db(), 4);
  }
  std::vector<IntroductionId> ids(const std::vector<Introduction>& introductions) {
    std::vector<IntroductionId> found;
    for (const Introduction& intro : introductions) found.push_back(intro.id);
    return found;
  }
};
TERTIUS_ON_EVERY_ENGINE(IntroductionsTest);

TEST_P(IntroductionsTest, EveryFieldSurvivesAddingAndSaving) {
  Draw draw(1);
  Transaction transaction(db());
  for (std::int64_t id = 1; id <= 200; ++id) {
    const Introduction added = draw.introduction(id);
    add_introduction(db(), added, draw.maybe_time());
    ASSERT_TRUE(is_same(*find_introduction(db(), added.id), added)) << id;
    Introduction saved = draw.introduction(id);
    ASSERT_TRUE(save_introduction(db(), saved, draw.maybe_time()));
    saved.version = 1;
    ASSERT_TRUE(is_same(*find_introduction(db(), saved.id), saved)) << id;
  }
}

TEST_P(IntroductionsTest, AnUnknownOneIsNotFound) {
  EXPECT_FALSE(find_introduction(db(), IntroductionId{1}));
}

TEST_P(IntroductionsTest, ASaveOverANewerVersionWritesNothing) {
  Introduction intro = asked_introduction(1, noon);
  add_introduction(db(), intro, noon);
  ASSERT_TRUE(save_introduction(db(), intro, noon));
  Introduction late = intro;
  late.state = State::withdrawn;
  late.asks.clear();
  EXPECT_FALSE(save_introduction(db(), late, {}));
  const auto found = find_introduction(db(), intro.id);
  EXPECT_EQ(found->version, 1);
  EXPECT_EQ(found->state, State::asked);
  EXPECT_EQ(found->asks.size(), 1u);
  EXPECT_EQ(earliest_deadline(db()), noon);
}

TEST_P(IntroductionsTest, SavingWhatWasNeverAddedIsFalse) {
  EXPECT_FALSE(save_introduction(db(), sample_introduction(1), {}));
}

TEST_P(IntroductionsTest, DueAreEarliestFirstAndNoMoreThanAsked) {
  const std::vector<std::optional<Time>> deadlines{
      noon + hours{3}, noon + hours{1}, {}, noon + hours{2}, noon + hours{9}};
  for (std::size_t i = 0; i < deadlines.size(); ++i)
    add_introduction(db(), sample_introduction(static_cast<std::int64_t>(i)), deadlines[i]);
  EXPECT_EQ(find_due(db(), noon, 10), std::vector<IntroductionId>{});
  EXPECT_EQ(find_due(db(), noon + hours{3}, 10),
            (std::vector{IntroductionId{1}, IntroductionId{3}, IntroductionId{0}}));
  EXPECT_EQ(find_due(db(), noon + hours{3}, 2), (std::vector{IntroductionId{1}, IntroductionId{3}}));
  EXPECT_EQ(earliest_deadline(db()), noon + hours{1});
}

TEST_P(IntroductionsTest, WithoutDeadlinesThereIsNoEarliest) {
  EXPECT_FALSE(earliest_deadline(db()));
  add_introduction(db(), sample_introduction(1), {});
  EXPECT_FALSE(earliest_deadline(db()));
}

TEST_P(IntroductionsTest, APersonsAreThoseInAnyRoleNewestFirst) {
  const auto add = [&](std::int64_t id, std::int64_t requester, std::int64_t target, std::int64_t connector) {
    Introduction intro = asked_introduction(id, noon);
    intro.created_at = noon + hours{id};
    intro.requester = PersonId{requester};
    intro.target = PersonId{target};
    intro.asks[0].connector = PersonId{connector};
    add_introduction(db(), intro, {});
  };
  add(1, 4, 2, 3);
  add(2, 2, 4, 3);
  add(3, 2, 3, 4);
  add(4, 1, 2, 3);
  EXPECT_EQ(ids(find_introductions_of(db(), PersonId{4})),
            (std::vector{IntroductionId{3}, IntroductionId{2}, IntroductionId{1}}));
  EXPECT_EQ(ids(recent_introductions(db(), 2)), (std::vector{IntroductionId{4}, IntroductionId{3}}));
  EXPECT_EQ(find_introductions_of(db(), PersonId{4})[0].asks.size(), 1u);
}

TEST_P(IntroductionsTest, AnIntroductionOfUnknownPeopleIsAConflict) {
  Introduction intro = sample_introduction(1);
  intro.target = PersonId{99};
  EXPECT_EQ(trouble_of([&] { add_introduction(db(), intro, {}); }), StorageTrouble::conflict);
}

TEST_P(IntroductionsTest, HistoryKeepsTheOrderOfWritingWithinASecond) {
  add_introduction(db(), sample_introduction(1), {});
  add_introduction(db(), sample_introduction(2), {});
  for (int i = 0; i < 12; ++i) {
    append_history(db(), IntroductionId{1}, {noon, "ask", State::drafted, State::asked, std::to_string(i)});
    append_history(db(), IntroductionId{2}, {noon - hours{i}, "hold", State::asked, State::asked, "other"});
  }
  const std::vector<HistoryRow> history = load_history(db(), IntroductionId{1});
  ASSERT_EQ(history.size(), 12u);
  for (std::size_t i = 0; i < history.size(); ++i) EXPECT_EQ(history[i].remark, std::to_string(i));
  EXPECT_EQ(history[0].at, noon);
  EXPECT_EQ(history[0].trigger, "ask");
  EXPECT_EQ(history[0].from, State::drafted);
  EXPECT_EQ(history[0].to, State::asked);
}

class IntroductionsTogetherTest : public IntroductionsTest {};
TERTIUS_ON_SHARED_ENGINES(IntroductionsTogetherTest);

TEST_P(IntroductionsTogetherTest, OfTwoDaemonsThatLoadedTheSameOnlyOneSaves) {
  Introduction intro = sample_introduction(1);
  add_introduction(db(), intro, {});
  Database other = open_another();
  const auto save = [](Database& connection) {
    const Introduction loaded = *find_introduction(connection, IntroductionId{1});
    return [&connection, loaded] {
      Transaction transaction(connection);
      const bool saved = save_introduction(connection, loaded, {});
      transaction.commit();
      return saved;
    };
  };
  const auto save_here = save(db()), save_there = save(other);
  bool saved_there = false;
  std::thread thread([&] { saved_there = save_there(); });
  const bool saved_here = save_here();
  thread.join();
  EXPECT_NE(saved_here, saved_there);
  EXPECT_EQ(find_introduction(db(), IntroductionId{1})->version, 1);
}

}  // namespace
}  // namespace tertius::storage
