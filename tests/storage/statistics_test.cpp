// The dashboard's numbers against rows counted by hand, on every engine.
#include "storage/statistics.hpp"

#include <map>

#include "storage/letters.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Buckets two_weeks{noon, days{7}, 2};

class StatisticsTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    add_people(db(), 4);
  }
  void add(State state, Time created_at, std::optional<Time> forwarded = {}, std::optional<Time> met = {}) {
    Introduction intro = sample_introduction(++last_id);
    intro.state = state;
    intro.created_at = intro.state_since = created_at;
    intro.forwarded_at = forwarded;
    intro.introduced_at = met;
    add_introduction(db(), intro, {});
  }
  void add_ask(Time asked_at, std::optional<seconds> took = {}, DecisionKind kind = DecisionKind::forward,
               seconds patience = days{14}) {
    Introduction intro = sample_introduction(++last_id);
    Ask ask{.round = 1, .connector = PersonId{2}, .asked_at = asked_at, .expires_at = asked_at + patience};
    if (took) {
      ask.decided_at = asked_at + *took;
      ask.decision = kind;
    }
    intro.asks = {ask};
    add_introduction(db(), intro, {});
  }
  OutboxRow notice(const std::string& recipient, Time created_at, OutboxState state) {
    OutboxRow row = sample_notice(++last_id);
    row.introduction.reset();
    row.recipient = recipient;
    row.created_at = row.not_before = created_at;
    row.state = state;
    row.attempts = 1;
    return row;
  }
  void add_sent(const std::string& recipient, seconds took, int attempts = 1, seconds put_off = {}) {
    OutboxRow row = notice(recipient, noon, OutboxState::sent);
    row.attempts = attempts;
    row.not_before = noon + put_off;
    row.sent_at = noon + took;
    add_notice(db(), row);
  }
  void add_letter_of(const std::string& kind, Time at) {
    LetterRow row;
    row.id = LetterId{++last_id};
    row.received_at = at;
    row.sha256 = std::to_string(last_id);
    row.kind = kind;
    add_letter(db(), row);
  }

  std::int64_t last_id = 0;
};
TERTIUS_ON_EVERY_ENGINE(StatisticsTest);

TEST_P(StatisticsTest, NothingIsNoRow) {
  EXPECT_TRUE(count_introductions(db(), two_weeks).empty());
  EXPECT_TRUE(count_asks(db(), two_weeks, noon).empty());
  EXPECT_TRUE(decision_times(db(), two_weeks).empty());
  EXPECT_TRUE(count_letters(db(), two_weeks).empty());
  EXPECT_TRUE(count_notices(db(), two_weeks).empty());
  EXPECT_TRUE(slowest_domains(db(), {noon, two_weeks.until()}).empty());
  EXPECT_FALSE(count_backlog(db(), noon).oldest);
}

TEST_P(StatisticsTest, IntroductionsAreCountedByWeekAndState) {
  const Time second = noon + days{7};
  add(State::asked, noon);
  add(State::asked, second - seconds{1});
  add(State::introduced, noon + hours{1}, noon + hours{2}, noon + hours{3});
  add(State::expired, noon, noon + hours{2});
  add(State::asked, second);
  add(State::asked, noon - seconds{1});  // before
  add(State::asked, two_weeks.until());  // after
  const auto counts = count_introductions(db(), two_weeks);
  std::map<std::pair<int, State>, std::vector<std::int64_t>> found;
  for (const auto& one : counts) found[{one.bucket, one.state}] = {one.count, one.forwarded, one.introduced};
  const decltype(found) wanted{{{0, State::asked}, {2, 0, 0}},
                               {{0, State::introduced}, {1, 1, 1}},
                               {{0, State::expired}, {1, 1, 0}},
                               {{1, State::asked}, {1, 0, 0}}};
  EXPECT_EQ(found, wanted);
}

TEST_P(StatisticsTest, AnAskEndsByAnAnswerOrByTime) {
  add_ask(noon, hours{1});
  add_ask(noon, hours{2}, DecisionKind::decline);
  add_ask(noon + hours{1});                                      // still waits
  add_ask(noon + hours{2}, {}, DecisionKind::forward, days{1});  // ran out
  add_ask(noon + days{8}, days{1}, DecisionKind::later);         // next week
  const auto counts = count_asks(db(), two_weeks, noon + days{10});
  ASSERT_EQ(counts.size(), 2u);
  EXPECT_EQ(counts[0].bucket, 0);
  EXPECT_EQ(counts[0].asked, 4);
  EXPECT_EQ(counts[0].ended, 3);
  EXPECT_EQ(counts[0].forwarded, 1);
  EXPECT_EQ(counts[1].bucket, 1);
  EXPECT_EQ(counts[1].ended, 1);
  EXPECT_EQ(counts[1].forwarded, 0);
}

TEST_P(StatisticsTest, PercentilesAreByNearestRank) {
  for (int i = 10; i >= 1; --i) add_ask(noon, hours{i});
  add_ask(noon + days{7}, minutes{90});
  const auto times = decision_times(db(), two_weeks);
  ASSERT_EQ(times.size(), 2u);
  EXPECT_EQ(times[0].decided, 10);
  EXPECT_EQ(times[0].median, hours{5});
  EXPECT_EQ(times[0].p90, hours{9});
  EXPECT_EQ(times[1].decided, 1);
  EXPECT_EQ(times[1].median, minutes{90});
  EXPECT_EQ(times[1].p90, minutes{90});
}

TEST_P(StatisticsTest, AnAnswerCountsInTheWeekInWhichItCame) {
  add_ask(noon - days{30}, days{31});
  add_ask(noon - days{30}, days{29});  // before
  add_ask(noon, days{15});             // after
  const auto times = decision_times(db(), two_weeks);
  ASSERT_EQ(times.size(), 1u);
  EXPECT_EQ(times[0].bucket, 0);
  EXPECT_EQ(times[0].median, days{31});
}

TEST_P(StatisticsTest, LettersAreCountedByDayAndKind) {
  add_letter_of("human", noon);
  add_letter_of("human", noon + hours{23});
  add_letter_of("bounce", noon + hours{23});
  add_letter_of("human", noon + hours{24});
  add_letter_of("human", noon - seconds{1});
  const auto counts = count_letters(db(), {noon, days{1}, 2});
  std::map<std::pair<int, std::string>, std::int64_t> found;
  for (const auto& one : counts) found[{one.bucket, one.kind}] = one.count;
  const decltype(found) wanted{{{0, "human"}, 2}, {{0, "bounce"}, 1}, {{1, "human"}, 1}};
  EXPECT_EQ(found, wanted);
}

TEST_P(StatisticsTest, FailuresAreCountedBesideWhatWasWritten) {
  add_notice(db(), notice("a@x.example", noon, OutboxState::failed));
  add_notice(db(), notice("b@x.example", noon, OutboxState::due));
  add_notice(db(), notice("c@x.example", noon + days{7}, OutboxState::sent));
  add_notice(db(), notice("d@x.example", noon - seconds{1}, OutboxState::failed));
  const auto counts = count_notices(db(), two_weeks);
  ASSERT_EQ(counts.size(), 2u);
  EXPECT_EQ(counts[0].written, 2);
  EXPECT_EQ(counts[0].failed, 1);
  EXPECT_EQ(counts[1].written, 1);
  EXPECT_EQ(counts[1].failed, 0);
}

TEST_P(StatisticsTest, TheBacklogIsSortedByHowLongItWaits) {
  for (const auto age :
       {seconds{0}, seconds{59}, seconds{60}, seconds{hours{2}}, seconds{days{3}}, seconds{-1}})
    add_notice(db(), notice("a@x.example", noon - age, OutboxState::due));
  add_notice(db(), notice("a@x.example", noon - days{9}, OutboxState::failed));
  OutboxRow held = notice("a@x.example", noon - days{9}, OutboxState::claimed);
  held.lease_until = noon - days{8};
  add_notice(db(), held);
  OutboxRow put_off = notice("a@x.example", noon - hours{3}, OutboxState::due);
  put_off.not_before = noon + hours{1};
  put_off.last_reply = "cannot reach the relay";
  add_notice(db(), put_off);
  const Backlog backlog = count_backlog(db(), noon);
  EXPECT_EQ(backlog.not_yet_due, 1);
  EXPECT_EQ(backlog.due, (std::array<std::int64_t, 6>{2, 1, 0, 2, 0, 1}));
  EXPECT_EQ(backlog.oldest, noon - days{3});
}

TEST_P(StatisticsTest, SlowDomainsComeWorstFirst) {
  for (int i = 1; i <= 10; ++i) add_sent("p" + std::to_string(i) + "@Fast.example", seconds{i});
  for (int i = 1; i <= 3; ++i) add_sent("p" + std::to_string(i) + "@slow.example", hours{i}, 2, minutes{50});
  for (int i = 1; i <= 3; ++i) add_sent("q" + std::to_string(i) + "@night.example", hours{9}, 1, hours{9});
  add_sent("only@rare.example", days{2});
  add_notice(db(), notice("x@slow.example", noon, OutboxState::failed));
  const auto domains = slowest_domains(db(), {noon, noon + days{1}});
  ASSERT_EQ(domains.size(), 3u);
  EXPECT_EQ(domains[0].domain, "slow.example");
  EXPECT_EQ(domains[0].mails, 3);
  EXPECT_EQ(domains[0].tries, 6);
  EXPECT_EQ(domains[0].median, hours{2});
  EXPECT_EQ(domains[0].p90, hours{3});
  EXPECT_EQ(domains[1].domain, "fast.example");
  EXPECT_EQ(domains[1].median, seconds{5});
  EXPECT_EQ(domains[1].p90, seconds{9});
  EXPECT_EQ(domains[2].domain, "night.example");
  EXPECT_EQ(domains[2].p90, seconds{0}) << "quiet hours are nobody's fault";
}

TEST_P(StatisticsTest, SlowDomainsLookAtTheNewestMailsAlone) {
  for (int i = 1; i <= 3; ++i) add_sent("p@old.example", hours{i});
  for (int i = 1; i <= 3; ++i) add_sent("p@new.example", seconds{i});
  SlowDomainQuery query{noon, noon + days{1}};
  query.at_most = 3;
  const auto domains = slowest_domains(db(), query);
  ASSERT_EQ(domains.size(), 1u);
  EXPECT_EQ(domains[0].domain, "new.example");
  query.at_most = 6;
  query.domains = 1;
  EXPECT_EQ(slowest_domains(db(), query).at(0).domain, "old.example");
}

}  // namespace
}  // namespace tertius::storage
