// What a page must not give away: the other side's buttons, a held answer, a silent no.
#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

void expect_only_own_tokens(House& house, const std::string& path, const Token& own) {
  const auto page = house.open(path);
  ASSERT_EQ(page.status, 200) << path;
  const auto tokens = tokens_in(page.body, house.links.keys);
  EXPECT_FALSE(tokens.empty()) << "the page has lost its own form";
  for (const Token& token : tokens) EXPECT_EQ(token, own) << path;
}

TEST(SecretsTest, TheConnectorsPreviewHasNoButtonOfTheTargets) {
  House house;
  house.ask();
  const Token own = house.token(Role::connector);
  for (const char* word : {"forward", "decline", "changes", "later", "try"})
    expect_only_own_tokens(house, house.path("d", own, word), own);
  EXPECT_TRUE(has(house.open(house.path("d", own, "forward")), "https://intro.example.org/d/"))
      << "the preview shows where the target's buttons will stand";
}

TEST(SecretsTest, TheTargetsPreviewHasNoButtonOfTheRequesters) {
  House house;
  house.forward();
  const Token own = house.token(Role::target);
  for (const char* word : {"accept", "decline", "later"})
    expect_only_own_tokens(house, house.path("d", own, word), own);
}

// Both pages show the introduction before it goes: its addresses are the one thing they keep back.
TEST(SecretsTest, ThePreviewOfTheIntroductionHasNobodysAddress) {
  House house;
  house.forward();
  const std::string accept = house.path("d", house.token(Role::target), "accept");
  const std::string held = house.path("held", house.token(Role::target));
  const auto expect_none = [](const HttpResponse& page) {
    EXPECT_TRUE(has(page, "once you have both said yes"));
    for (const char* address : {"Alice@example.org", "alice@example.org", "Christine@example.org"})
      EXPECT_FALSE(has(page, address)) << address;
  };
  expect_none(house.open(accept));
  house.press(accept, {{"action", "accept"}});
  ASSERT_TRUE(house.introduction().held);
  expect_none(house.open(held));
}

TEST(SecretsTest, TheHeldPageHasTheDecidersOwnTokensAlone) {
  House house;
  house.ask();
  house.press(house.path("d", house.token(Role::connector), "forward"), {{"action", "forward"}});
  for (const Token& token :
       tokens_in(house.open(house.path("held", house.token(Role::connector))).body, house.links.keys))
    EXPECT_EQ(token.role, Role::connector);
}

TEST(SecretsTest, ThePreviewIsTheMailThatGoesOut) {
  House house;
  house.ask();
  const auto page = house.open(house.path("d", house.token(Role::connector), "forward"));
  const std::string words = "May I ask you twenty minutes about email for small shops?";
  EXPECT_TRUE(has(page, words));
  EXPECT_FALSE(has(page, "Could you pass this on?")) << "the private note goes to nobody else";
}

// Alice's page in two houses, alike but for what she may not know.
std::string requesters_page(House& house, Time now) {
  house.now = now;
  house.visits = 0;
  return house.open(house.path("show", house.token(Role::requester, TokenUse::show))).body;
}

TEST(SecretsTest, TheRequesterSeesNoHeldDecision) {
  House house, plain;
  house.ask();
  plain.ask();
  const Time later = house.now + std::chrono::minutes{1};
  for (const char* word : {"forward", "decline"}) {
    house.press(house.path("d", house.token(Role::connector), word), {{"action", word}});
    ASSERT_TRUE(house.introduction().held);
    EXPECT_EQ(requesters_page(house, later), requesters_page(plain, later)) << word;
    house.apply(Undone{Role::connector});
    EXPECT_EQ(requesters_page(house, later), requesters_page(plain, later)) << word << " undone";
  }
}

TEST(SecretsTest, TheRequesterSeesNoContradiction) {
  House house, plain;
  house.ask();
  plain.ask();
  for (const char* word : {"forward", "decline"})
    house.press(house.path("d", house.token(Role::connector), word), {{"action", word}});
  ASSERT_TRUE(house.introduction().connector_must_press);
  EXPECT_EQ(requesters_page(house, house.now), requesters_page(plain, house.now));
}

TEST(SecretsTest, TheRequesterSeesNoSilentNoOfTheConnector) {
  House house, plain;
  house.ask();
  plain.ask();
  house.press(house.path("d", house.token(Role::connector), "decline"),
              {{"action", "decline"}, {"silent", "1"}});
  house.let_hold_pass();
  ASSERT_EQ(house.introduction().state, State::declined_silently);
  EXPECT_EQ(requesters_page(house, house.now), requesters_page(plain, house.now));
}

TEST(SecretsTest, TheRequesterSeesNoSilentNoOfTheTarget) {
  House house, plain;
  house.forward();
  plain.forward();
  house.press(house.path("d", house.token(Role::target), "decline"), {{"action", "decline"}});
  house.let_hold_pass();
  ASSERT_EQ(house.introduction().state, State::declined_silently);
  EXPECT_EQ(requesters_page(house, house.now), requesters_page(plain, house.now));
}

TEST(SecretsTest, AStrangersGuessLearnsNothing) {
  House house;
  house.ask();
  const auto forged = house.open("/d/" + std::string(37, 'a') + "/forward");
  const auto gone = house.open(house.path("d", {999, Role::connector, TokenUse::decision, 1}, "forward"));
  EXPECT_EQ(forged.body, gone.body);
  EXPECT_EQ(forged.status, gone.status);
}

}  // namespace
}  // namespace tertius::web
