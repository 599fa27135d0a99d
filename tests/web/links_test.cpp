// Links that do not work, or not any more.
#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

constexpr auto pages = {"d", "held", "undo", "now", "confirm", "choose", "show", "stop"};

TEST(LinksTest, ForgedCutAndForeignTokensAreNotFoundAndChangeNothing) {
  House house;
  house.ask();
  const std::string good = make_token(house.token(Role::connector), house.links.key());
  std::string flipped = good;
  flipped[20] = flipped[20] == 'a' ? 'b' : 'a';
  LinkKey stolen{1, {}};
  LinkKey unknown{9, house.links.key().secret};
  const std::vector<std::string> bad = {
      "",
      "x",
      good.substr(1),
      good.substr(0, 36),
      good + "a",
      flipped,
      make_token(house.token(Role::connector), stolen),
      make_token(house.token(Role::connector), unknown),
      std::string(37, 'a'),
      std::string(5000, 'a'),
      "%00",
      "..",
      good + "'",
      make_token({12345, Role::connector, TokenUse::decision, 1}, house.links.key()),
      make_token({-1, Role::connector, TokenUse::decision, 1}, house.links.key())};
  const std::string before = house.dump();
  for (const std::string page : pages) {
    for (const auto& token : bad) {
      const std::string path = "/" + page + "/" + token + (page == "d" ? "/forward" : "");
      EXPECT_EQ(house.open(path).status, 404) << path;
      EXPECT_EQ(house.post(path, {{"action", "forward"}, {"List-Unsubscribe", "One-Click"}}).status, 404)
          << path;
    }
  }
  EXPECT_EQ(house.dump(), before);
  EXPECT_TRUE(house.stopped.empty());
}

// A token is good for one use: the address of a reply opens no page, a decision link confirms nothing.
TEST(LinksTest, ATokenOfAnotherUseOpensNothing) {
  House house;
  house.ask();
  const std::map<std::string, std::vector<TokenUse>> uses = {
      {"d", {TokenUse::decision}},      {"held", {TokenUse::decision, TokenUse::undo}},
      {"confirm", {TokenUse::confirm}}, {"choose", {TokenUse::decision}},
      {"show", {TokenUse::show}},       {"stop", {TokenUse::stop}},
  };
  for (const auto& [page, good] : uses) {
    for (int use = 0; use <= static_cast<int>(TokenUse::thread); ++use) {
      const auto as = static_cast<TokenUse>(use);
      if (std::find(good.begin(), good.end(), as) != good.end()) continue;
      const Role role = page == "choose" || page == "show" ? Role::requester : Role::connector;
      const auto answer = house.open(house.path(page, house.token(role, as), page == "d" ? "forward" : ""));
      EXPECT_EQ(answer.status, 404) << page << " with use " << use;
    }
  }
}

TEST(LinksTest, ATokenInCapitalsIsTheSameToken) {
  House house;
  house.ask();
  std::string token = make_token(house.token(Role::connector), house.links.key());
  for (char& c : token) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(house.open("/d/" + token + "/forward").status, 200);
  house.press("/d/" + token + "/forward", {{"action", "forward"}});
  EXPECT_TRUE(house.introduction().held);
}

TEST(LinksTest, AfterARotationOldLinksStillDecide) {
  House house;
  house.ask();
  const std::string old = house.path("d", house.token(Role::connector), "forward");
  LinkKey fresh{2, {}};
  fresh.secret.fill(9);
  house.links.keys.insert(house.links.keys.begin(), fresh);
  EXPECT_EQ(house.press(old, {{"action", "forward"}}).status, 303);
  EXPECT_TRUE(house.introduction().held);
}

TEST(LinksTest, TheFirstConnectorsLinkEndsWhenAnotherIsAsked) {
  House house;
  house.ask();
  const std::string first = house.path("d", house.token(Role::connector), "forward");
  const Form form{{"action", "forward"}, {"nonce", house.nonce_of(first)}};
  house.apply(Bounced{Role::connector, "550"});
  ASSERT_EQ(house.introduction().asks.back().connector, bob);
  const std::string before = house.dump();
  EXPECT_EQ(house.open(first).status, 410);
  EXPECT_EQ(house.post(first, form).status, 410);
  for (const char* page : {"held", "undo", "now"})
    EXPECT_EQ(house.open(house.path(page, house.token(Role::connector, TokenUse::undo))).status, 410);
  EXPECT_EQ(house.dump(), before);
  EXPECT_EQ(
      house.open(house.path("d", house.token(Role::connector, TokenUse::decision, 2), "forward")).status,
      200);
}

TEST(LinksTest, ARoundThatNeverWasIsNoLink) {
  House house;
  house.ask();
  for (const int round : {0, 2, 255}) {
    const Token token = house.token(Role::connector, TokenUse::decision, static_cast<std::uint8_t>(round));
    EXPECT_EQ(house.open(house.path("d", token, "forward")).status, 410) << round;
  }
}

TEST(LinksTest, SixtyDaysAfterTheEndTheLinkIsExpired) {
  House house;
  house.ask();
  house.apply(Withdrawn{});
  const std::string link = house.path("d", house.token(Role::connector), "forward");
  house.now += days{60};
  EXPECT_EQ(house.open(link).status, 200);
  EXPECT_TRUE(has(house.open(link), "This introduction has ended"));
  house.now += seconds{1};
  EXPECT_EQ(house.open(link).status, 410);
  EXPECT_EQ(house.open(house.path("held", house.token(Role::connector))).status, 410);
}

}  // namespace
}  // namespace tertius::web
