#include "broker/network.hpp"

#include <gtest/gtest.h>

#include "broker/network_builder.hpp"
#include "tests/support/broker/made_network.hpp"

namespace tertius {
namespace {

constexpr PersonId requester{1}, target{2}, bob{3}, carol{4}, dave{5};

class NetworkTest : public testing::Test {
 protected:
  NetworkTest() {
    for (const PersonId id : {requester, target, bob, carol, dave})
      made.people[id] = {.id = id, .member = true, .has_address = true};
  }
  void tie(PersonId owner, PersonId contact, double strength = 0.5, TieSource source = TieSource::linkedin) {
    made.ties[{owner, contact}].push_back(tie_code(source, strength));
  }
  std::vector<PersonId> found() const {
    std::vector<PersonId> ids;
    for (const Between& between : made.build().connectors(requester, target)) ids.push_back(between.person);
    return ids;
  }
  void way_over(PersonId connector) {
    tie(connector, requester);
    tie(connector, target);
  }

  using Ids = std::vector<PersonId>;
  MadeNetwork made;
};

TEST_F(NetworkTest, WhoHasBothIsAConnector) {
  way_over(carol);
  way_over(bob);
  tie(dave, requester);
  EXPECT_EQ(found(), (Ids{bob, carol}));
}

TEST_F(NetworkTest, OnesOwnCardOpensNobodysAddressBook) {
  tie(requester, bob);
  tie(bob, target);
  EXPECT_EQ(found(), Ids{});
  tie(requester, bob, 1, TieSource::mail);
  EXPECT_EQ(found(), Ids{}) << "mined mail is a file too";
  tie(bob, requester);
  EXPECT_EQ(found(), Ids{bob});
}

TEST_F(NetworkTest, ATargetWhoIsNoMemberIsReachedOverTheConnectorsOwnWord) {
  tie(bob, requester);
  tie(target, bob);
  EXPECT_EQ(found(), Ids{bob});
  made.people[target].member = false;
  EXPECT_EQ(found(), Ids{});
  tie(bob, target);
  EXPECT_EQ(found(), Ids{bob});
}

TEST_F(NetworkTest, WhoCannotBeAskedIsNoConnector) {
  way_over(bob);
  const auto bob_is = [&](auto set) {
    const NetworkPerson before = made.people[bob];
    set(made.people[bob]);
    const Ids ids = found();
    made.people[bob] = before;
    return ids;
  };
  EXPECT_EQ(bob_is([](NetworkPerson& p) { p.stopped = true; }), Ids{});
  EXPECT_EQ(bob_is([](NetworkPerson& p) { p.has_address = false; }), Ids{});
  EXPECT_EQ(bob_is([](NetworkPerson& p) { p.shown = Shown::no; }), Ids{});
  EXPECT_EQ(bob_is([](NetworkPerson& p) { p.meets_nobody = true; }), Ids{bob}) << "but may introduce others";
  EXPECT_EQ(bob_is([](NetworkPerson& p) { p.shown = Shown::anonymous; }), Ids{bob});
  made.refusals.insert({bob, requester});
  EXPECT_EQ(found(), Ids{});
}

TEST_F(NetworkTest, WhoWantsToMeetNobodyHasNoConnectors) {
  way_over(bob);
  made.people[target].meets_nobody = true;
  EXPECT_EQ(found(), Ids{});
  made.people[target].meets_nobody = false;
  made.refusals.insert({target, requester});
  EXPECT_EQ(found(), Ids{});
}

TEST_F(NetworkTest, WhoeverDoesNotWantToBeNamedIsSaidToBe) {
  way_over(bob);
  made.people[bob].shown = Shown::anonymous;
  EXPECT_FALSE(made.build().connectors(requester, target).at(0).named);
}

TEST_F(NetworkTest, TheStrongerDirectionCountsAndARatingBeforeIt) {
  tie(bob, requester, 0.25);
  tie(requester, bob, 0.5);
  tie(bob, target, 0.25, TieSource::rating);
  tie(target, bob, 1);
  const auto between = made.build().connectors(requester, target);
  ASSERT_EQ(between.size(), 1u);
  EXPECT_DOUBLE_EQ(strength_of(between[0].to_requester), 0.5);
  EXPECT_DOUBLE_EQ(strength_of(between[0].to_target), 0.25);
}

TEST_F(NetworkTest, ATieWithoutStrengthIsACommonContactButNoWay) {
  tie(bob, requester, 0);
  tie(bob, target, 0);
  EXPECT_EQ(found(), Ids{});
  EXPECT_EQ(made.build().mutual_contacts(requester, target), 1u);
}

TEST_F(NetworkTest, UnknownPeopleAndTheSamePersonTwiceHaveNone) {
  way_over(bob);
  const Network network = made.build();
  EXPECT_TRUE(network.connectors(requester, PersonId{99}).empty());
  EXPECT_TRUE(network.connectors(requester, requester).empty());
  EXPECT_EQ(network.mutual_contacts(requester, requester), 0u);
  EXPECT_FALSE(network.find_long_way(requester, requester));
  EXPECT_FALSE(network.may_see(requester, PersonId{99}));
  EXPECT_TRUE(Network().connectors(requester, target).empty());
}

TEST_F(NetworkTest, TiesOfPeopleItDoesNotKnowAndWithOneselfAreLeftOut) {
  tie(bob, bob);
  tie(bob, PersonId{99});
  tie(bob, carol);
  tie(carol, bob);
  EXPECT_EQ(made.build().ties(), 1u);
}

TEST_F(NetworkTest, TheLongWayIsTheOneWithTheGreatestProduct) {
  const PersonId eve{6}, frank{7};
  for (const PersonId id : {eve, frank}) made.people[id] = {.id = id, .member = true, .has_address = true};
  tie(bob, requester, 1), tie(bob, carol, 0.125), tie(carol, target, 1);
  tie(eve, requester, 0.5), tie(eve, frank, 1), tie(frank, target, 0.5);
  const auto way = made.build().find_long_way(requester, target);
  ASSERT_TRUE(way);
  EXPECT_EQ(way->first, eve);
  EXPECT_EQ(way->second, frank);
  EXPECT_DOUBLE_EQ(strength_at(way->cost()), 0.25);
}

TEST_F(NetworkTest, TheSecondOnALongWayIsSomebodyWhoIsNamed) {
  const PersonId eve{6}, frank{7};
  for (const PersonId id : {eve, frank}) made.people[id] = {.id = id, .member = true, .has_address = true};
  tie(bob, requester, 1), tie(bob, carol, 1), tie(carol, target, 1);
  tie(eve, requester, 0.5), tie(eve, frank, 0.5), tie(frank, target, 0.5);
  made.people[eve].shown = Shown::anonymous;  // who is asked by R, and need not be
  EXPECT_EQ(made.build().find_long_way(requester, target)->second, carol);
  made.people[carol].shown = Shown::anonymous;
  const auto way = made.build().find_long_way(requester, target);
  ASSERT_TRUE(way);
  EXPECT_EQ(way->second, frank);
}

TEST_F(NetworkTest, TheLongWayGoesOverNobodyWhoIsToBeAvoided) {
  const PersonId eve{6}, frank{7};
  for (const PersonId id : {eve, frank}) made.people[id] = {.id = id, .member = true, .has_address = true};
  tie(bob, requester, 1), tie(bob, carol, 1), tie(carol, target, 1);
  tie(eve, requester, 0.5), tie(eve, frank, 0.5), tie(frank, target, 0.5);
  const Network network = made.build();
  for (const PersonId avoided : {bob, carol}) {
    const auto way = network.find_long_way(requester, target, std::array{avoided, PersonId{99}});
    ASSERT_TRUE(way);
    EXPECT_EQ(way->first, eve);
    EXPECT_FALSE(network.find_long_way(requester, target, std::array{avoided, frank}));
  }
}

TEST_F(NetworkTest, HoldsTheMemoryItPromises) {
  std::mt19937 random(7);
  MadeNetwork large;
  large.draw_people(random, 1'000);
  large.draw_ties(random, 20'000);
  const Network network = large.build();
  EXPECT_LE(network.bytes(), 12 * network.ties() + 40 * network.people());
}

// ---- against the plain way ----

void expect_alike(const MadeNetwork& made, const Network& network, std::mt19937& random, int pairs) {
  for (int i = 0; i < pairs; ++i) {
    const PersonId a = made.anybody(random), b = made.anybody(random);
    ASSERT_EQ(network.connectors(a, b), made.connectors(a, b));
    ASSERT_EQ(network.may_see(a, b), made.may_see(a, b));
    ASSERT_EQ(network.mutual_contacts(a, b), made.mutual_contacts(a, b));
    ASSERT_EQ(network.knows(a, b), a != b && made.touch(a, b));
    const auto way = network.find_long_way(a, b);
    ASSERT_EQ(way ? std::optional(way->cost()) : std::nullopt, made.least_cost(a, b));
    if (!way) continue;
    EXPECT_TRUE(made.opens(a, way->first));
    EXPECT_EQ(way->to_first, decisive_code(made.code(way->first, a), made.code(a, way->first)));
    EXPECT_EQ(way->between,
              decisive_code(made.code(way->second, way->first), made.code(way->first, way->second)));
    EXPECT_EQ(way->to_target, made.to_target(way->second, b));
  }
}

TEST(RandomNetworkTest, AThousandNetworksAnswerAsThePlainWayDoes) {
  for (unsigned seed = 0; seed < 1'000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    MadeNetwork made;
    made.draw_people(random, 5 + static_cast<int>(seed % 36));
    made.draw_ties(random, 10 + static_cast<int>(seed % 199));
    made.draw_refusals(random, static_cast<int>(seed % 7));
    expect_alike(made, made.build(), random, 6);
    if (testing::Test::HasFatalFailure()) return;
  }
}

// Of many neighbours and few: both ways of meeting two lists.
TEST(RandomNetworkTest, HubsAnswerAsThePlainWayDoes) {
  std::mt19937 random(11);
  MadeNetwork made;
  made.draw_people(random, 400);
  made.draw_ties(random, 1'200);
  std::vector<PersonId> hubs;
  for (int i = 0; i < 3; ++i) hubs.push_back(made.anybody(random));
  for (const auto& [id, person] : made.people)
    for (const PersonId hub : hubs) {
      if (id == hub) continue;
      made.ties[{hub, id}].push_back(tie_code(TieSource::mail, 0.3));
      made.ties[{id, hub}].push_back(tie_code(TieSource::linkedin, 0.3));
    }
  const Network network = made.build();
  expect_alike(made, network, random, 10);
  for (const PersonId hub : hubs) {
    const PersonId other = made.anybody(random);
    ASSERT_EQ(network.connectors(hub, other), made.connectors(hub, other));
    ASSERT_EQ(network.connectors(other, hub), made.connectors(other, hub));
    ASSERT_EQ(network.mutual_contacts(other, hub), made.mutual_contacts(other, hub));
  }
}

// What touches a person: new ones, gone ones, other ties, other settings.
std::set<PersonId> change_something(MadeNetwork& made, std::mt19937& random) {
  std::set<PersonId> touched;
  const MadeNetwork before = made;
  made.draw_people(random, 3);
  made.draw_ties(random, 6);
  made.draw_refusals(random, 1);
  for (int i = 0; i < 3; ++i)
    made.ties.erase(std::next(made.ties.begin(), static_cast<std::ptrdiff_t>(random() % made.ties.size())));
  const PersonId leaver = made.anybody(random);
  made.people.erase(leaver);
  std::erase_if(made.ties,
                [&](const auto& tie) { return tie.first.first == leaver || tie.first.second == leaver; });
  std::erase_if(made.refusals, [&](const Refused& r) { return r.person == leaver || r.other == leaver; });
  made.people.begin()->second.shown = Shown::no;
  made.people.begin()->second.member = !made.people.begin()->second.member;

  touched.insert(leaver);
  for (const auto& [id, person] : made.people) {
    const auto a = before.change_of(id), b = made.change_of(id);
    const auto flat = [](const PersonChange& change) {
      std::vector<std::pair<PersonId, TieCode>> ties;
      for (const auto& tie : change.ties) ties.emplace_back(tie.contact, tie.code);
      return ties;
    };
    if (a.gone || a.person != b.person || flat(a) != flat(b) || a.refusals != b.refusals) touched.insert(id);
  }
  return touched;
}

TEST(RandomNetworkTest, AChangedNetworkAnswersAsOneMadeAnew) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    MadeNetwork made;
    made.draw_people(random, 20);
    made.draw_ties(random, 60);
    made.draw_refusals(random, 3);
    Network network = made.build();
    for (int round = 0; round < 6; ++round) {
      std::vector<PersonChange> changes;
      for (const PersonId id : change_something(made, random)) changes.push_back(made.change_of(id));
      const Network before = network;
      network = before.changed(changes);
      EXPECT_EQ(network.ties(), made.build().ties());
      expect_alike(made, network, random, 12);
      if (round % 3 == 2) {
        network = network.rebuilt();
        EXPECT_EQ(network.people_changed(), 0u);
        EXPECT_EQ(network.ties(), made.build().ties());
        expect_alike(made, network, random, 12);
      }
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(RandomNetworkTest, TheOldSnapshotStaysAsItWas) {
  std::mt19937 random(5);
  MadeNetwork made;
  made.draw_people(random, 20);
  made.draw_ties(random, 80);
  const MadeNetwork before = made;
  const Network old = made.build();
  std::vector<PersonChange> changes;
  for (const PersonId id : change_something(made, random)) changes.push_back(made.change_of(id));
  const Network now = old.changed(changes);
  expect_alike(before, old, random, 100);
  expect_alike(made, now, random, 100);
}

}  // namespace
}  // namespace tertius
