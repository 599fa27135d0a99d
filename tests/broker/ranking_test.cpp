#include "broker/ranking.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace tertius {
namespace {

constexpr PersonId requester{1};
constexpr PersonId target_id{2};
const Time now = from_unix_seconds(1'800'000'000);

Person person(PersonId id, std::string name, std::string organisation = {}, std::string title = {}) {
  Person p;
  p.id = id;
  p.name = std::move(name);
  p.organisation = std::move(organisation);
  p.title = std::move(title);
  return p;
}

Person gail() { return person(target_id, "Gail Goodman", "Constant Contact", "CEO"); }

Tie tie(PersonId owner, PersonId contact, double strength, TieSource source = TieSource::mail,
        std::string evidence = "wrote to each other 14 times") {
  return {owner, contact, source, strength, {}, std::move(evidence)};
}

Candidate candidate(std::int64_t id, double to_requester, double to_target) {
  Candidate c;
  c.connector = person(PersonId{id}, "Bob Stone");
  c.requester_ties = {tie(requester, PersonId{id}, to_requester)};
  c.target_ties = {tie(PersonId{id}, target_id, to_target)};
  return c;
}

double score(const Candidate& c) {
  const auto ranked = rank({c}, gail(), now);
  return ranked.empty() ? 0 : ranked.front().score;
}

bool has_reason(const RankedConnector& ranked, std::string_view words) {
  return std::ranges::any_of(
      ranked.reasons, [&](const auto& reason) { return say(reason).find(words) != std::string::npos; });
}

TEST(RankingTest, ScoreIsTheProductOfItsParts) {
  auto c = candidate(10, 0.64, 0.5);
  c.answers = {.forwarded = 4, .decided = 5, .answered_in_time = 5, .asked = 5, .open = 1};
  c.mutual = 10;
  const double expected = 0.8 * 0.5 * (6.0 / 9) * (6.0 / 7) * std::exp(-0.2) * 0.8 * 1.15;
  EXPECT_NEAR(score(c), expected, 1e-12);
  const auto ranked = rank({c}, gail(), now).front();
  double product = 1;
  for (const auto& part : ranked.parts) product *= part.value;
  EXPECT_NEAR(product, ranked.score, 1e-12);
}

TEST(RankingTest, IsMonotoneInBothStrengths) {
  double previous = 0;
  for (double s = 0.3; s <= 1.0; s += 0.05) {
    const double value = score(candidate(10, s, 0.8));
    EXPECT_GT(value, previous);
    previous = value;
  }
  previous = 0;
  for (double s = 0.4; s <= 1.0; s += 0.05) {
    const double value = score(candidate(10, 0.8, s));
    EXPECT_GT(value, previous);
    previous = value;
  }
}

TEST(RankingTest, TheTieToTheTargetWeighsMore) {
  EXPECT_GT(score(candidate(10, 0.5, 0.9)), score(candidate(10, 0.9, 0.5)));
}

TEST(RankingTest, ExcludedAndStoppedConnectorsAreLeftOut) {
  auto c = candidate(10, 1, 1);
  EXPECT_GT(score(c), 0);
  c.answers.excluded = true;
  EXPECT_EQ(score(c), 0);
  c.answers.excluded = false;
  c.connector.stopped = true;
  EXPECT_EQ(score(c), 0);
}

TEST(RankingTest, AHubWithoutATieNeverBeatsARealTie) {
  auto hub = candidate(10, 1, 1);
  hub.target_ties.clear();
  hub.mutual = 10;
  hub.answers = {.forwarded = 100, .decided = 100, .answered_in_time = 100, .asked = 100};
  auto hub_one_way = hub;
  hub_one_way.connector.id = PersonId{11};
  hub_one_way.target_ties = {tie(PersonId{11}, target_id, 0)};  // one-way mail alone has no strength
  const auto ranked = rank({hub, hub_one_way, candidate(12, 0.5, 0.5)}, gail(), now);
  ASSERT_EQ(ranked.size(), 1u);
  EXPECT_EQ(ranked.front().connector, PersonId{12});
}

TEST(RankingTest, BelowTheFloorNobodyIsShown) {
  EXPECT_EQ(score(candidate(10, 0.15, 0.35)), 0);
  EXPECT_GT(score(candidate(10, 0.35, 0.35)), 0) << "LinkedIn on both sides is enough to be named";
  auto same = candidate(10, 0.35, 0.35);
  same.connector.organisation = "Constant Contact, Inc.";
  EXPECT_GE(score(same), 0.05);
}

TEST(RankingTest, EqualScoresGoByIdWhateverTheInputsOrder) {
  std::vector<Candidate> candidates;
  for (std::int64_t id = 30; id > 10; --id) candidates.push_back(candidate(id, 0.8, id % 2 == 0 ? 0.8 : 0.6));
  const auto first = rank(candidates, gail(), now);
  std::mt19937 random(7);
  for (int i = 0; i < 10; ++i) {
    std::ranges::shuffle(candidates, random);
    const auto again = rank(candidates, gail(), now);
    ASSERT_EQ(again.size(), first.size());
    for (std::size_t j = 0; j < first.size(); ++j) EXPECT_EQ(again[j].connector, first[j].connector);
  }
  EXPECT_EQ(first[0].connector, PersonId{12});
  EXPECT_EQ(first[1].connector, PersonId{14});
}

TEST(RankingTest, TheStrongestEvidenceCountsAndARatingOverridesIt) {
  auto c = candidate(10, 0.4, 0.8);
  c.requester_ties.push_back(tie(PersonId{10}, requester, 0.9, TieSource::address_book));
  EXPECT_DOUBLE_EQ(score(c), score(candidate(10, 0.9, 0.8)));
  c.requester_ties.push_back(tie(requester, PersonId{10}, 0.5, TieSource::rating));
  EXPECT_DOUBLE_EQ(score(c), score(candidate(10, 0.5, 0.8)));
  c.requester_ties.push_back(
      tie(PersonId{10}, requester, 0.6, TieSource::rating));  // the connector's own word
  EXPECT_DOUBLE_EQ(score(c), score(candidate(10, 0.6, 0.8)));
}

TEST(RankingTest, ARecordOfForwardingLiftsAndOpenRequestsLower) {
  const auto plain = candidate(10, 0.8, 0.8);
  auto proven = plain;
  proven.answers = {.forwarded = 4, .decided = 5, .answered_in_time = 5, .asked = 5};
  auto unwilling = plain;
  unwilling.answers = {.forwarded = 0, .decided = 5, .answered_in_time = 5, .asked = 5};
  auto busy = proven;
  busy.answers.open = 3;
  EXPECT_GT(score(proven), score(plain));
  EXPECT_LT(score(unwilling), score(proven));
  EXPECT_LT(score(busy), score(proven));
}

TEST(RankingTest, MutualContactsHelpMostAtTen) {
  auto with = [](int mutual) {
    auto c = candidate(10, 0.8, 0.8);
    c.mutual = mutual;
    return score(c);
  };
  for (int m = 0; m <= 40; ++m) EXPECT_LE(with(m), with(10));
  EXPECT_NEAR(with(10) / with(0), 1.15, 1e-9);
}

TEST(RankingTest, TiersNeedARecordToBeStrong) {
  auto c = candidate(10, 1, 1);
  c.connector.organisation = "Constant Contact";
  EXPECT_EQ(rank({c}, gail(), now).front().tier, Tier::good);
  c.answers = {.forwarded = 4, .decided = 5, .answered_in_time = 5, .asked = 5};
  EXPECT_EQ(rank({c}, gail(), now).front().tier, Tier::strong);
  EXPECT_EQ(rank({candidate(10, 0.5, 0.5)}, gail(), now).front().tier, Tier::weak);
  EXPECT_EQ(tier_name(Tier::strong), "strong");
}

TEST(RankingTest, ReasonsAreWordsAndNeverTheNumber) {
  auto c = candidate(10, 0.8, 0.8);
  c.connector.organisation = "Constant Contact";
  c.answers = {.forwarded = 3.9, .decided = 5.1, .answered_in_time = 5, .asked = 5, .open = 4};
  c.mutual = 12;
  const auto ranked = rank({c}, gail(), now).front();
  EXPECT_TRUE(has_reason(ranked, "Bob and Gail: wrote to each other 14 times"));
  EXPECT_TRUE(has_reason(ranked, "you and Bob: wrote to each other 14 times"));
  EXPECT_TRUE(has_reason(ranked, "both at Constant Contact"));
  EXPECT_TRUE(has_reason(ranked, "forwarded 4 of the last 5"));
  EXPECT_TRUE(has_reason(ranked, "you and Bob have 12 contacts in common"));
  EXPECT_TRUE(has_reason(ranked, "has 4 requests open already"));
  EXPECT_TRUE(has_reason(ranked, "would be a strong connection once the open requests are answered"));
  EXPECT_FALSE(has_reason(ranked, "0."));
}

TEST(RankingTest, AStaleTieAsksToWriteFirst) {
  auto c = candidate(10, 0.3, 0.9);
  c.requester_ties.front().since = now - std::chrono::days{400};
  const auto ranked = rank({c}, gail(), now).front();
  EXPECT_TRUE(has_reason(ranked, "no mail between you for over a year"));
  EXPECT_TRUE(has_reason(ranked, "would be a good connection if the two of you were in touch again"));
}

TEST(RankingTest, ProfessionsAreSharedByTheirWordNotByRank) {
  auto target = person(target_id, "Gail", "", "Chief Marketing Officer");
  auto c = candidate(10, 0.8, 0.8);
  c.connector.title = "VP of Marketing";
  EXPECT_TRUE(has_reason(rank({c}, target, now).front(), "same profession: marketing"));
  c.connector.title = "Chief Financial Officer";
  EXPECT_FALSE(has_reason(rank({c}, target, now).front(), "same profession"));
}

TEST(RankingTest, NonsenseCountsNeverBreakTheScale) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  auto c = candidate(10, 50, 50);
  c.answers = {.forwarded = 1e9, .decided = -3, .answered_in_time = 1e300, .asked = 2, .open = -100};
  c.mutual = -5;
  const auto value = score(c);
  EXPECT_GT(value, 0);
  EXPECT_LE(value, 1);
  EXPECT_EQ(score(candidate(10, nan, 1)), 0);
  EXPECT_EQ(score(candidate(10, -1, 1)), 0);
}

}  // namespace
}  // namespace tertius
