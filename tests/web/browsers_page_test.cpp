// The list of known browsers: whose it is, what forgetting does.
#include <gtest/gtest.h>

#include "storage/api_tokens.hpp"
#include "storage/browsers.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

struct BrowsersPageTest : testing::Test {
  void add(PersonId person, const std::string& key, const std::string& name,
           const std::string& pending = "") {
    storage::put_browser(house.db, {.key_hash = key,
                                    .person = person,
                                    .name = name,
                                    .created_at = house.now,
                                    .seen_at = house.now,
                                    .expires_at = house.now + days{180},
                                    .pending_visit = pending});
  }
  std::size_t known(PersonId person) { return storage::browsers_of(house.db, person, house.now).size(); }

  House house;
};

TEST_F(BrowsersPageTest, NobodySeesItWithoutSigningIn) {
  EXPECT_EQ(house.open("/browsers").status, 401);
  EXPECT_EQ(house.post("/browsers", {{"action", "forget_all"}}).status, 401);
}

TEST_F(BrowsersPageTest, ItListsOnesOwnAndSaysWhichIsThisOne) {
  house.sign_in(alice);
  add(alice, "k1", "Firefox on Linux");
  add(alice, "k2", "Safari on iPhone", "v77");
  add(bob, "k3", "Edge on Windows");
  const auto before = house.writes();
  const auto page = house.open("/browsers");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "Firefox on Linux"));
  EXPECT_TRUE(has(page, "known once your answer takes effect"));
  EXPECT_FALSE(has(page, "Edge on Windows"));
  const auto here = page.body.find("this browser</span>");
  ASSERT_NE(here, std::string::npos);
  EXPECT_EQ(page.body.find("this browser</span>", here + 1), std::string::npos);
  EXPECT_EQ(house.writes(), before);
}

TEST_F(BrowsersPageTest, ANameIsWords) {
  house.sign_in(alice);
  add(alice, "k1\"><script>", "<script>alert(1)</script>");
  EXPECT_FALSE(has(house.open("/browsers"), "<script"));
}

TEST_F(BrowsersPageTest, OneIsForgottenAndTheOthersStay) {
  house.sign_in(alice);
  add(alice, "k1", "Firefox on Linux");
  EXPECT_EQ(header(house.press("/browsers", {{"action", "forget"}, {"browser", "k1"}}), "Location"),
            "/browsers");
  EXPECT_EQ(known(alice), 1U);
  EXPECT_EQ(house.open("/browsers").status, 200);
}

TEST_F(BrowsersPageTest, APostOfItsOwnIsWhenABrowserWasLastUsed) {
  house.sign_in(alice);
  house.now += days{2};
  house.press("/browsers", {{"action", "forget"}, {"browser", "none"}});
  EXPECT_EQ(storage::browsers_of(house.db, alice, house.now).front().seen_at, house.now);
}

TEST_F(BrowsersPageTest, SomebodyElsesIsNotForgotten) {
  house.sign_in(alice);
  add(bob, "k3", "Edge on Windows");
  house.press("/browsers", {{"action", "forget"}, {"browser", "k3"}});
  EXPECT_EQ(known(bob), 1U);
}

TEST_F(BrowsersPageTest, ForgettingThisOneSignsOut) {
  house.sign_in(alice);
  const std::string key = storage::browsers_of(house.db, alice, house.now).front().key_hash;
  house.press("/browsers", {{"action", "forget"}, {"browser", key}});
  EXPECT_EQ(house.open("/browsers").status, 401);
}

TEST_F(BrowsersPageTest, ForgettingAllSignsOutEverywhere) {
  house.sign_in(alice);
  add(alice, "k1", "Firefox on Linux");
  add(bob, "k3", "Edge on Windows");
  house.press("/browsers", {{"action", "forget_all"}});
  EXPECT_EQ(known(alice), 0U);
  EXPECT_EQ(known(bob), 1U);
  EXPECT_EQ(house.open("/browsers").status, 401);
}

TEST_F(BrowsersPageTest, SignedOutEverywhereNoProgramActsInOnesName) {
  const auto live = [&](PersonId person) {
    return storage::count_live_api_tokens(house.db, person, house.now);
  };
  const auto give = [&](PersonId person, std::int64_t id) {
    ApiScopes scopes;
    scopes.add(ApiScope::find);
    storage::add_api_token(house.db,
                           {.id = storage::ApiTokenId{id},
                            .person = person,
                            .name = "script",
                            .scopes = scopes,
                            .created_at = house.now},
                           "hash" + std::to_string(id));
  };
  house.sign_in(alice);
  EXPECT_FALSE(has(house.open("/browsers"), "keep_tokens")) << "there are none to keep";
  give(alice, 1);
  give(bob, 2);
  EXPECT_TRUE(has(house.open("/browsers"), "keep_tokens"));
  house.press("/browsers", {{"action", "forget_all"}, {"keep_tokens", "1"}});
  EXPECT_EQ(live(alice), 1);
  for (const auto& [path, action] :
       {std::pair{"/browsers", "forget_all"}, std::pair{"/sign-out", "everywhere"}}) {
    house.sign_in(alice);
    give(alice, house.last_id++);
    house.press(path, {{"action", action}});
    EXPECT_EQ(live(alice), 0) << path;
  }
  EXPECT_EQ(live(bob), 1);
  house.sign_in(alice);
  give(alice, house.last_id++);
  house.press("/sign-out", {});
  EXPECT_EQ(live(alice), 1) << "of this browser alone";
}

TEST_F(BrowsersPageTest, APageOfSomebodyElseForgetsNothing) {
  house.sign_in(alice);
  const std::string nonce = house.nonce_of("/browsers");
  house.post_from("/browsers", {{"action", "forget_all"}, {"nonce", nonce}},
                  {{"origin", "https://evil.example"}});
  house.post("/browsers", {{"action", "forget_all"}, {"nonce", "forged"}});
  EXPECT_EQ(known(alice), 1U);
}

TEST_F(BrowsersPageTest, AThousandOfThemAreOnePage) {
  house.sign_in(alice);
  for (int i = 0; i < 1000; ++i) add(alice, "k" + std::to_string(i), "Firefox on Linux");
  const auto page = house.open("/browsers");
  EXPECT_TRUE(has(page, "older ones."));
  EXPECT_LT(page.body.size(), 60'000U);
}

}  // namespace
}  // namespace tertius::web
