// Signing in: what a scanner, a stranger, a second press and somebody else's page get, and what signs out.
#include <gtest/gtest.h>

#include "storage/people.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

struct SignInTest : testing::Test {
  bool is_signed_in() { return has(house.open("/"), "/sign-out"); }
  House house;
};

TEST_F(SignInTest, ALinkIsMailedAndItsButtonSignsIn) {
  EXPECT_FALSE(is_signed_in());
  house.sign_in(alice);
  EXPECT_TRUE(is_signed_in());
  EXPECT_TRUE(house.cookie.starts_with("__Host-tertius="));
}

TEST_F(SignInTest, TheCookieIsForThisHostOverTlsAndForNoScript) {
  house.press("/sign-in", {{"address", "alice@example.org"}});
  const auto response = house.press(house.sign_in_links.back(), {});
  EXPECT_EQ(response.status, 303);
  const std::string cookie = header(response, "Set-Cookie");
  for (const char* attribute : {"; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"})
    EXPECT_NE(cookie.find(attribute), std::string::npos) << attribute << " in " << cookie;
  EXPECT_EQ(cookie.find("Domain"), std::string::npos);
}

TEST_F(SignInTest, OnPlainHttpTheCookieHasNoPrefix) {
  house.links.public_url = "http://localhost:8025";
  house.sign_in(alice);
  EXPECT_TRUE(house.cookie.starts_with("tertius="));
  EXPECT_TRUE(is_signed_in());
}

TEST_F(SignInTest, OpeningTheLinkSignsNobodyIn) {
  house.press("/sign-in", {{"address", "alice@example.org"}});
  for (const char* method : {"GET", "HEAD", "OPTIONS", "GET"})
    EXPECT_EQ(house.open(house.sign_in_links.back(), method).status, 200);
  EXPECT_FALSE(is_signed_in());
  house.press(house.sign_in_links.back(), {});
  EXPECT_TRUE(is_signed_in());
}

TEST_F(SignInTest, ALinkWorksOnceAndForHalfAnHour) {
  house.sign_in(alice);
  house.forget_cookies();
  EXPECT_EQ(house.open(house.sign_in_links.back()).status, 410);
  house.press("/sign-in", {{"address", "alice@example.org"}});
  const std::string nonce = house.nonce_of(house.sign_in_links.back());
  house.now += std::chrono::minutes{31};
  EXPECT_EQ(house.open(house.sign_in_links.back()).status, 410);
  house.post(house.sign_in_links.back(), {{"nonce", nonce}});
  EXPECT_FALSE(is_signed_in());
}

TEST_F(SignInTest, WhoIsUnknownHearsTheSameAndGetsNoMail) {
  const auto known = house.press("/sign-in", {{"address", "alice@example.org"}});
  const auto unknown = house.press("/sign-in", {{"address", "nobody@example.org"}});
  EXPECT_EQ(house.sign_in_links.size(), 1U);
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_TRUE(has(unknown, "is known here"));
}

TEST_F(SignInTest, AMailboxIsNotFilledWithLinks) {
  for (int i = 0; i < 10; ++i) house.press("/sign-in", {{"address", "alice@example.org"}});
  EXPECT_EQ(house.sign_in_links.size(), 3U);
  house.now += std::chrono::minutes{61};
  house.press("/sign-in", {{"address", "alice@example.org"}});
  EXPECT_EQ(house.sign_in_links.size(), 4U);
}

TEST_F(SignInTest, APageOfSomebodyElseSignsNobodyIn) {
  house.press("/sign-in", {{"address", "alice@example.org"}});
  const std::string nonce = house.nonce_of(house.sign_in_links.back());
  house.post_from(house.sign_in_links.back(), {{"nonce", nonce}}, {{"origin", "https://evil.example"}});
  EXPECT_FALSE(is_signed_in());
}

TEST_F(SignInTest, ASecretThatTheBrowserHeldBeforeOpensNothingAfterwards) {
  house.sign_in(bob);
  const std::string old = house.cookie;
  house.sign_in(alice);
  EXPECT_NE(house.cookie, old);
  house.cookie = old;
  EXPECT_FALSE(is_signed_in());
}

TEST_F(SignInTest, SigningOutNeedsThePressOfOnesOwnPage) {
  house.sign_in(alice);
  house.open("/sign-out");
  EXPECT_TRUE(is_signed_in());
  house.post("/sign-out", {{"nonce", "forged"}});
  EXPECT_TRUE(is_signed_in());
  house.press("/sign-out", {});
  EXPECT_FALSE(is_signed_in());
}

TEST_F(SignInTest, SigningOutEverywhereEndsTheOtherBrowserToo) {
  house.sign_in(alice);
  const std::string elsewhere = house.cookie;
  house.forget_cookies();
  house.sign_in(alice);
  house.press("/sign-out", {{"action", "everywhere"}});
  EXPECT_FALSE(is_signed_in());
  house.cookie = elsewhere;
  EXPECT_FALSE(is_signed_in());
}

TEST_F(SignInTest, ASessionEndsAfterThirtyDays) {
  house.sign_in(alice);
  house.now += std::chrono::days{29};
  EXPECT_TRUE(is_signed_in());
  house.now += std::chrono::days{2};
  EXPECT_FALSE(is_signed_in());
}

TEST_F(SignInTest, AForgedOrStrangeCookieIsNobody) {
  for (const char* cookie :
       {"__Host-tertius=", "__Host-tertius=x", "=;;;=", "__Host-tertius", "a=b; __Host-tertius=zz; c"}) {
    house.cookie = cookie;
    EXPECT_FALSE(is_signed_in()) << cookie;
  }
}

}  // namespace
}  // namespace tertius::web
