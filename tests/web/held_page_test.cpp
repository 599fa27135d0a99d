#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

struct HeldPageTest : testing::Test {
  HeldPageTest() {
    house.ask();
    house.press(house.path("d", house.token(Role::connector), "forward"), {{"action", "forward"}});
  }
  std::string held() { return house.path("held", house.token(Role::connector)); }
  std::string undo() { return house.path("undo", house.token(Role::connector, TokenUse::undo)); }
  std::string send_now() { return house.path("now", house.token(Role::connector, TokenUse::undo)); }

  House house;
};

TEST_F(HeldPageTest, ItSaysWhenAndOffersBothButtons) {
  for (const auto& path : {held(), undo(), send_now()}) {
    const auto page = house.open(path);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page, "Recorded: Forward"));
    EXPECT_TRUE(has(page, "9 March 2026, 12:10 UTC"));
    EXPECT_TRUE(has(page, "value=\"undo\"")) << path;
    EXPECT_TRUE(has(page, "value=\"now\"")) << path;
  }
}

TEST_F(HeldPageTest, UndoneItHasNeverBeen) {
  EXPECT_EQ(house.press(undo(), {{"action", "undo"}}).status, 303);
  EXPECT_FALSE(house.introduction().held);
  EXPECT_FALSE(house.introduction().connector_must_press);
  const auto page = house.open(held());
  EXPECT_TRUE(has(page, "What would you like to answer?"));
  EXPECT_TRUE(has(page, house.path("d", house.token(Role::connector), "decline")));
  EXPECT_EQ(
      house.press(house.path("d", house.token(Role::connector), "decline"), {{"action", "decline"}}).status,
      303);
  EXPECT_EQ(house.introduction().held->decision.kind, DecisionKind::decline);
}

TEST_F(HeldPageTest, SentNowItIsWithTheTarget) {
  const Form form{{"action", "now"}, {"nonce", house.nonce_of(send_now())}};
  EXPECT_EQ(house.post(held(), form).status, 303);
  EXPECT_EQ(house.introduction().state, State::forwarded);
  const std::string sent = house.dump();
  EXPECT_EQ(house.post(held(), form).status, 303) << "pressed twice";
  EXPECT_EQ(house.dump(), sent);
  EXPECT_TRUE(has(house.open(held()), "This has been answered"));
}

TEST_F(HeldPageTest, APostWantsOriginNonceAndAKnownButton) {
  const std::string nonce = house.nonce_of(undo());
  EXPECT_EQ(house.post_from(undo(), {{"action", "undo"}, {"nonce", nonce}}, {}).status, 403);
  EXPECT_EQ(house.post(undo(), {{"action", "undo"}}).status, 409);
  const std::string decision_nonce = house.nonce_of(house.path("d", house.token(Role::connector), "decline"));
  EXPECT_EQ(house.post(undo(), {{"action", "undo"}, {"nonce", decision_nonce}}).status, 409);
  EXPECT_EQ(house.post(undo(), {{"action", "forward"}, {"nonce", nonce}}).status, 404);
  EXPECT_TRUE(house.introduction().held);
}

TEST_F(HeldPageTest, AnotherRolesUndoDoesNotUndo) {
  const Token target = house.token(Role::target, TokenUse::undo);
  const std::string nonce = make_nonce("x", make_token(target, house.links.key()),
                                       house.now + std::chrono::minutes{5}, house.links.key());
  const auto answer = house.post(house.path("undo", target), {{"action", "undo"}, {"nonce", nonce}});
  EXPECT_EQ(answer.status, 409);
  EXPECT_TRUE(house.introduction().held);
}

TEST_F(HeldPageTest, AfterTheHoldNothingIsLeftToUndo) {
  const std::string nonce = house.nonce_of(undo());
  house.let_hold_pass();
  ASSERT_EQ(house.introduction().state, State::forwarded);
  EXPECT_EQ(house.post(undo(), {{"action", "undo"}, {"nonce", nonce}}).status, 409);
  EXPECT_EQ(house.introduction().state, State::forwarded);
}

// The target's silent no is the target's own affair: the connector, too, sees that an answer is awaited.
TEST_F(HeldPageTest, TheConnectorDoesNotSeeTheTargetsSilentNo) {
  house.let_hold_pass();
  const std::string waiting = house.open(held()).body;
  house.apply(Stopped{Role::target});
  ASSERT_EQ(house.introduction().state, State::declined_silently);
  EXPECT_EQ(house.open(held()).body, waiting);
}

}  // namespace
}  // namespace tertius::web
