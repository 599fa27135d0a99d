// The network in memory beside a database that several write to.
#include "daemon/network_keeper.hpp"

#include <filesystem>

#include "storage/people.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

using namespace std::chrono_literals;
using daemon::NetworkKeeper, daemon::NetworkPace;

// Fails after a time that no passing test takes.
bool comes_true(const std::function<bool()>& condition) {
  for (const auto end = std::chrono::steady_clock::now() + 20s; std::chrono::steady_clock::now() < end;) {
    if (condition()) return true;
    std::this_thread::sleep_for(2ms);
  }
  ADD_FAILURE() << "it never came";
  return false;
}

class NetworkKeeperTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (testing::Test::IsSkipped()) return;
    add_people(db(), 6);
  }
  static void tie(Database& db, int owner, int contact) {
    put_tie(db, {PersonId{owner}, PersonId{contact}, TieSource::mail, 0.5, {}, "wrote"});
  }
  bool know(const NetworkKeeper& keeper, int a, int b) {
    return keeper.network(db())->knows(PersonId{a}, PersonId{b});
  }
  bool has_picture(const NetworkKeeper& keeper) { return keeper.network(db()) != nullptr; }
  // What is in the keeper's own picture costs the asker no reading of rows.
  bool has_followed(const NetworkKeeper& keeper) {
    bool reads = false;
    db().before_statement = [&](std::string_view sql) { reads |= sql.find("JOIN") != sql.npos; };
    keeper.network(db());
    db().before_statement = nullptr;
    return !reads;
  }
};
TERTIUS_ON_SHARED_ENGINES(NetworkKeeperTest);

constexpr NetworkPace eager{.between_looks = 5ms, .after_a_failure = 5ms};
constexpr NetworkPace idle{.between_looks = 1h};

TEST_P(NetworkKeeperTest, WhatWasThereAtTheStartIsInTheFirstPicture) {
  tie(db(), 1, 2);
  const NetworkKeeper keeper(url(), idle);
  ASSERT_TRUE(comes_true([&] { return has_picture(keeper); }));
  EXPECT_TRUE(know(keeper, 1, 2));
  EXPECT_FALSE(know(keeper, 1, 3));
}

TEST_P(NetworkKeeperTest, WhoeverHasChangedSomethingSeesItAtOnce) {
  const NetworkKeeper keeper(url(), idle);
  ASSERT_TRUE(comes_true([&] { return has_picture(keeper); }));
  tie(db(), 1, 2);
  EXPECT_TRUE(know(keeper, 1, 2));
  Database other = open_another();
  tie(other, 3, 4);
  EXPECT_TRUE(know(keeper, 3, 4)) << "another daemon's too";
}

TEST_P(NetworkKeeperTest, WhatMayYetFailIsSeenByWhoeverDoesItAlone) {
  const NetworkKeeper keeper(url(), eager);
  ASSERT_TRUE(comes_true([&] { return has_picture(keeper); }));
  {
    Transaction transaction(db());
    tie(db(), 1, 2);
    EXPECT_TRUE(know(keeper, 1, 2));
    Database other = open_another();
    EXPECT_FALSE(keeper.network(other)->knows(PersonId{1}, PersonId{2}));
  }
  EXPECT_FALSE(know(keeper, 1, 2));
  tie(db(), 3, 4);
  ASSERT_TRUE(comes_true([&] { return has_followed(keeper); }));
  EXPECT_FALSE(know(keeper, 1, 2));
  EXPECT_TRUE(know(keeper, 3, 4));
}

TEST_P(NetworkKeeperTest, ThePictureFollowsByItself) {
  const NetworkKeeper keeper(url(), eager);
  ASSERT_TRUE(comes_true([&] { return has_picture(keeper); }));
  Database other = open_another();
  for (int i = 2; i <= 6; ++i) {
    tie(other, 1, i);
    ASSERT_TRUE(comes_true([&] { return has_followed(keeper); }));
    EXPECT_TRUE(know(keeper, 1, i));
  }
}

TEST_P(NetworkKeeperTest, ManyChangesAreWrittenIntoTheArrayAndGoOn) {
  NetworkPace pace = eager;
  pace.most_changed = 2;
  const NetworkKeeper keeper(url(), pace);
  ASSERT_TRUE(comes_true([&] { return has_picture(keeper); }));
  {
    Transaction together(db());  // or two looks see some of them each, and the second too few for an array
    for (int i = 2; i <= 6; ++i) tie(db(), i - 1, i);
    together.commit();
  }
  ASSERT_TRUE(comes_true([&] { return has_followed(keeper); }));
  EXPECT_EQ(keeper.network(db())->people_changed(), 0u);
  tie(db(), 6, 1);
  ASSERT_TRUE(comes_true([&] { return has_followed(keeper); }));
  for (int i = 2; i <= 6; ++i) EXPECT_TRUE(know(keeper, i - 1, i));
  EXPECT_TRUE(know(keeper, 1, 6));
}

TEST_P(NetworkKeeperTest, TwoDaemonsFollowOneDatabase) {
  const NetworkKeeper one(url(), eager), another(url(), eager);
  ASSERT_TRUE(comes_true([&] { return has_picture(one) && has_picture(another); }));
  tie(db(), 1, 2);
  ASSERT_TRUE(comes_true([&] { return has_followed(one) && has_followed(another); }));
  EXPECT_TRUE(know(one, 1, 2));
  EXPECT_TRUE(know(another, 1, 2));
}

TEST_P(NetworkKeeperTest, AnOldPictureStaysWithWhoeverHoldsIt) {
  const NetworkKeeper keeper(url(), eager);
  ASSERT_TRUE(comes_true([&] { return has_picture(keeper); }));
  const auto held = keeper.network(db());
  tie(db(), 1, 2);
  ASSERT_TRUE(comes_true([&] { return has_followed(keeper); }));
  EXPECT_FALSE(held->knows(PersonId{1}, PersonId{2}));
}

TEST_P(NetworkKeeperTest, EndsWhileItIsStillReading) {
  for (int i = 0; i < 5; ++i) NetworkKeeper keeper(url(), eager);
}

TEST_P(NetworkKeeperTest, ADatabaseThatIsNotThereGivesNoPictureAndIsTriedAgain) {
  const std::string nowhere =
      is_postgres() ? "postgresql:///nobody?host=/nowhere" : "sqlite:/nowhere/at/all.db";
  const NetworkKeeper keeper(nowhere, eager);
  std::this_thread::sleep_for(30ms);
  EXPECT_FALSE(has_picture(keeper));
}

}  // namespace
}  // namespace tertius::storage
