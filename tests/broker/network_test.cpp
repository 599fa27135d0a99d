#include "broker/network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <set>

namespace tertius {
namespace {

Tie tie(std::int64_t owner, std::int64_t contact, double strength = 0.5) {
  return {PersonId{owner}, PersonId{contact}, TieSource::linkedin, strength, {}, {}};
}

std::vector<std::int64_t> numbers(const std::vector<PersonId>& ids) {
  std::vector<std::int64_t> out;
  for (const auto id : ids) out.push_back(number(id));
  return out;
}

TEST(NetworkTest, ConnectorsAreThoseWhomBothKnowInEitherDirection) {
  const std::vector<Tie> ties = {tie(1, 10), tie(11, 1), tie(1, 12), tie(10, 2), tie(2, 11), tie(3, 12)};
  const Network network(ties);
  EXPECT_EQ(numbers(network.connectors(PersonId{1}, PersonId{2})), (std::vector<std::int64_t>{10, 11}));
  EXPECT_EQ(numbers(network.connectors(PersonId{2}, PersonId{1})), (std::vector<std::int64_t>{10, 11}));
  EXPECT_EQ(network.mutual_contacts(PersonId{1}, PersonId{2}), 2u);
  EXPECT_TRUE(network.knows(PersonId{1}, PersonId{11}));
  EXPECT_FALSE(network.knows(PersonId{1}, PersonId{2}));
}

TEST(NetworkTest, RequesterAndTargetThemselvesAreNoConnectors) {
  const std::vector<Tie> ties = {tie(1, 2), tie(1, 10), tie(10, 2)};
  EXPECT_EQ(numbers(Network(ties).connectors(PersonId{1}, PersonId{2})), std::vector<std::int64_t>{10});
}

TEST(NetworkTest, UnknownPeopleAndTheSamePersonTwiceHaveNone) {
  const std::vector<Tie> ties = {tie(1, 10)};
  const Network network(ties);
  EXPECT_TRUE(network.connectors(PersonId{1}, PersonId{99}).empty());
  EXPECT_TRUE(network.connectors(PersonId{1}, PersonId{1}).empty());
  EXPECT_EQ(network.mutual_contacts(PersonId{1}, PersonId{1}), 0u);
  EXPECT_TRUE(Network().connectors(PersonId{1}, PersonId{2}).empty());
  EXPECT_EQ(Network().people(), 0u);
}

TEST(NetworkTest, DoubledWeightlessAndReflexiveTiesDoNotCount) {
  const std::vector<Tie> ties = {tie(1, 10), tie(10, 1), tie(1, 10), tie(1, 1), tie(1, 11, 0)};
  const Network network(ties);
  EXPECT_EQ(network.ties(), 1u);
  EXPECT_EQ(numbers(network.contacts_of(PersonId{1})), std::vector<std::int64_t>{10});
}

TEST(NetworkTest, AgreesWithSetsOnARandomNetworkWithAHub) {
  std::mt19937 random(3);
  std::uniform_int_distribution<std::int64_t> anybody(1, 200);
  std::vector<Tie> ties;
  std::map<std::int64_t, std::set<std::int64_t>> known;
  const auto add = [&](std::int64_t a, std::int64_t b) {
    if (a == b) return;
    ties.push_back(tie(a, b));
    known[a].insert(b);
    known[b].insert(a);
  };
  for (int i = 0; i < 900; ++i) add(anybody(random), anybody(random));
  for (std::int64_t i = 2; i <= 200; ++i) add(1, i);
  const Network network(ties);
  for (std::int64_t a = 1; a <= 200; ++a) {
    for (std::int64_t b = 1; b <= 200; ++b) {
      std::vector<std::int64_t> common;
      if (a != b) std::ranges::set_intersection(known[a], known[b], std::back_inserter(common));
      ASSERT_EQ(numbers(network.connectors(PersonId{a}, PersonId{b})), common) << a << " " << b;
      ASSERT_EQ(network.mutual_contacts(PersonId{a}, PersonId{b}), common.size());
      ASSERT_EQ(network.knows(PersonId{a}, PersonId{b}), known[a].contains(b));
    }
  }
}

}  // namespace
}  // namespace tertius
