// Tokens made and revoked on the page of whoever is signed in.
#include <gtest/gtest.h>

#include "broker/sha256.hpp"
#include "storage/api_tokens.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

std::string secret_in(const HttpResponse& page) {
  const auto at = page.body.find("tertius_");
  return at == std::string::npos ? "" : page.body.substr(at, page.body.find('<', at) - at);
}

TEST(TokensPageTest, ATokenIsShownOnceAndWorks) {
  House house;
  house.sign_in(alice);
  const auto made =
      house.press("/tokens", {{"action", "add"}, {"name", "script"}, {"days", "30"}, {"find", "1"}});
  ASSERT_EQ(made.status, 200);
  const std::string secret = secret_in(made);
  const auto token = storage::find_api_token(house.db, hex_sha256(secret), house.now);
  ASSERT_TRUE(token) << secret;
  EXPECT_EQ(token->person, alice);
  EXPECT_EQ(text(token->scopes), "find");
  EXPECT_EQ(token->expires_at, house.now + std::chrono::days{30});
  EXPECT_EQ(secret_in(house.open("/tokens")), "");
  EXPECT_EQ(house.dump().find(secret), std::string::npos) << "the database has its hash alone";
}

// A stolen session could leave itself one.
TEST(TokensPageTest, TheMemberIsMailedOfEachThatIsMade) {
  House house;
  house.sign_in(alice);
  house.press("/tokens", {{"action", "add"}, {"name", ""}, {"find", "1"}});
  EXPECT_TRUE(house.tokens_told.empty());
  house.press("/tokens", {{"action", "add"}, {"name", "two\nlines"}, {"days", "0"}, {"find", "1"}});
  ASSERT_EQ(house.tokens_told.size(), 1U);
  EXPECT_EQ(house.tokens_told[0].person, alice);
  EXPECT_EQ(house.tokens_told[0].name, "two lines") << "a name is one line of the mail";
  EXPECT_EQ(text(house.tokens_told[0].scopes), "find");
}

TEST(TokensPageTest, WhatIsMissingIsSaidAndNothingMade) {
  House house;
  house.sign_in(alice);
  EXPECT_EQ(house.press("/tokens", {{"action", "add"}, {"name", ""}, {"find", "1"}}).status, 422);
  EXPECT_EQ(house.press("/tokens", {{"action", "add"}, {"name", "script"}}).status, 422);
  EXPECT_TRUE(storage::api_tokens_of(house.db, alice).empty());
}

TEST(TokensPageTest, TheOperatorsScopesAreTheOperatorsToGive) {
  House house;
  house.sign_in(alice);
  house.press("/tokens",
              {{"action", "add"}, {"name", "script"}, {"find", "1"}, {"operator", "1"}, {"inbound", "1"}});
  EXPECT_EQ(text(storage::api_tokens_of(house.db, alice).at(0).scopes), "find");
  house.forget_cookies();
  house.sign_in(bob);
  house.press("/tokens", {{"action", "add"}, {"name", "script"}, {"operator", "1"}, {"inbound", "1"}});
  EXPECT_EQ(text(storage::api_tokens_of(house.db, bob).at(0).scopes), "operator inbound");
}

TEST(TokensPageTest, OnesOwnTokenIsRevokedAndNobodyElses) {
  House house;
  house.sign_in(alice);
  house.press("/tokens", {{"action", "add"}, {"name", "script"}, {"find", "1"}});
  const auto id = std::to_string(static_cast<std::int64_t>(storage::api_tokens_of(house.db, alice).at(0).id));
  house.forget_cookies();
  house.sign_in(bob);
  EXPECT_EQ(house.press("/tokens", {{"action", "revoke"}, {"token", id}}).status, 404);
  EXPECT_FALSE(storage::api_tokens_of(house.db, alice).at(0).revoked_at);
  house.forget_cookies();
  house.sign_in(alice);
  EXPECT_EQ(house.press("/tokens", {{"action", "revoke"}, {"token", id}}).status, 303);
  EXPECT_TRUE(storage::api_tokens_of(house.db, alice).at(0).revoked_at);
}

TEST(TokensPageTest, WhoeverIsNotSignedInOrComesFromElsewhereMakesNone) {
  House house;
  EXPECT_EQ(house.open("/tokens").status, 401);
  EXPECT_EQ(house.post("/tokens", {{"action", "add"}, {"name", "x"}, {"find", "1"}}).status, 401);
  house.sign_in(alice);
  const std::string nonce = house.nonce_of("/tokens");
  house.post_from("/tokens", {{"action", "add"}, {"name", "x"}, {"find", "1"}, {"nonce", nonce}},
                  {{"origin", "https://evil.example"}});
  EXPECT_TRUE(storage::api_tokens_of(house.db, alice).empty());
}

}  // namespace
}  // namespace tertius::web
