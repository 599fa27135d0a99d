// Confirm, choose, withdraw, stop.
#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

TEST(ConfirmPageTest, OnePressSendsTheDraftAndAReloadSendsItOnce) {
  House house;
  house.apply(Submitted{});
  const std::string path = house.path("confirm", house.token(Role::requester, TokenUse::confirm));
  const auto page = house.open(path);
  EXPECT_TRUE(has(page, "Was it you?"));
  EXPECT_TRUE(has(page, "May I ask you twenty minutes"));
  const Form form{{"action", "confirm"}, {"nonce", house.nonce_of(path)}};
  EXPECT_EQ(house.post_from(path, form, {}).status, 403);
  EXPECT_EQ(house.introduction().state, State::drafted);
  const auto answer = house.post(path, form);
  EXPECT_TRUE(has(answer, "Christine Weaver (Rowan Ventures) has been asked"));
  EXPECT_EQ(house.introduction().state, State::asked);
  const std::string once = house.dump();
  house.post(path, form);
  EXPECT_EQ(house.dump(), once);
  EXPECT_TRUE(has(house.open(path), "Nothing to confirm"));
}

TEST(ConfirmPageTest, NotMeThrowsItAwayWithoutAWordToAnybody) {
  House house;
  house.apply(Submitted{});
  const auto before = house.notices();
  house.press(house.path("confirm", house.token(Role::requester, TokenUse::confirm)), {{"action", "not_me"}});
  EXPECT_EQ(house.introduction().state, State::withdrawn);
  EXPECT_EQ(house.notices(), before);
}

TEST(ConfirmPageTest, AButtonItDoesNotHaveDoesNothing) {
  House house;
  house.apply(Submitted{});
  house.press(house.path("confirm", house.token(Role::requester, TokenUse::confirm)),
              {{"action", "forward"}});
  EXPECT_EQ(house.introduction().state, State::drafted);
}

TEST(ChoosePageTest, TheChosenConnectorIsAsked) {
  House house;
  house.ask();
  house.apply(Decided{Role::connector,
                      {.kind = DecisionKind::redirect, .note = "Bob", .until = {}, .redirect_to = "Bob"},
                      Channel::command,
                      "c"});
  house.let_hold_pass();
  ASSERT_EQ(house.introduction().state, State::redirected);
  const std::string path = house.path("choose", house.token(Role::requester), "4");
  const auto page = house.open(path);
  EXPECT_TRUE(has(page, "Bob Stone (Quarry)"));
  EXPECT_TRUE(has(page, "old friends"));
  EXPECT_TRUE(has(page, "checked")) << "the link named him";
  for (const char* nobody : {"", "x", "4x", "999", "-1", "99999999999999999999"}) {
    EXPECT_EQ(house.press(path, {{"action", "choose"}, {"connector", nobody}}).status, 409) << nobody;
    EXPECT_EQ(house.introduction().state, State::redirected);
  }
  EXPECT_EQ(house.press(path, {{"action", "choose"}, {"connector", "4"}}).status, 200);
  EXPECT_EQ(house.introduction().asks.back().connector, bob);
}

TEST(IntroductionPageTest, TheRequesterCanWithdrawAndOnlyOnce) {
  House house;
  house.ask();
  const std::string path = house.path("show", house.token(Role::requester, TokenUse::show));
  EXPECT_TRUE(has(house.open(path), "Withdraw the request"));
  EXPECT_EQ(house.press(path, {{"action", "erase"}}).status, 404);
  EXPECT_EQ(house.introduction().state, State::asked);
  EXPECT_EQ(house.press(path, {{"action", "withdraw"}}).status, 303);
  EXPECT_EQ(house.introduction().state, State::withdrawn);
  EXPECT_FALSE(has(house.open(path), "Withdraw the request"));
}

TEST(IntroductionPageTest, EachStepIsToldOnce) {
  House house;
  house.ask();
  const std::string body = house.open(house.path("show", house.token(Role::requester, TokenUse::show))).body;
  const auto first = body.find("You asked");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(body.find("You asked", first + 1), std::string::npos);
}

TEST(IntroductionPageTest, OtherRolesHaveNoSuchPage) {
  House house;
  house.ask();
  for (const Role role : {Role::connector, Role::target}) {
    EXPECT_EQ(house.open(house.path("show", house.token(role, TokenUse::show))).status, 404);
    EXPECT_EQ(house.open(house.path("choose", house.token(role))).status, 404);
  }
}

struct StopPageTest : testing::Test {
  std::string path() { return house.path("stop", {number(gail), Role::target, TokenUse::stop, 0}); }
  House house;
};

TEST_F(StopPageTest, OpeningAsksAndPressingStops) {
  EXPECT_TRUE(has(house.open(path()), "Stop all mail"));
  EXPECT_TRUE(house.stopped.empty());
  EXPECT_EQ(house.press(path(), {{"action", "stop"}}).status, 200);
  EXPECT_EQ(house.stopped, std::set{gail});
}

TEST_F(StopPageTest, WhoeverHasStoppedCanStartAgainOnTheSamePage) {
  const auto answer = house.press(path(), {{"action", "stop"}});
  EXPECT_TRUE(has(answer, "Start again"));
  EXPECT_TRUE(has(house.open(path()), "Start again"));
  EXPECT_EQ(house.stopped, std::set{gail}) << "opening starts nothing";
  EXPECT_TRUE(has(house.press(path(), {{"action", "start"}}), "You get mail from us again"));
  EXPECT_TRUE(house.stopped.empty());
  EXPECT_TRUE(has(house.open(path()), "Stop all mail"));
}

TEST_F(StopPageTest, StartingAgainNeedsThePageAsStoppingDoes) {
  house.press(path(), {{"action", "stop"}});
  EXPECT_EQ(house.post_from(path(), {{"action", "start"}}, {}).status, 403);
  EXPECT_EQ(house.post(path(), {{"action", "start"}}).status, 409);
  house.press(path(), {{"decoy", "1"}});
  house.press(path(), {{"action", "start"}});
  EXPECT_EQ(house.stopped, std::set{gail});
}

TEST_F(StopPageTest, AnUnknownButtonDoesNothing) {
  EXPECT_EQ(house.press(path(), {{"action", "later"}}).status, 404);
  EXPECT_TRUE(house.stopped.empty());
}

TEST_F(StopPageTest, TheSettingsLeadBackToIt) {
  house.sign_in(gail);
  EXPECT_TRUE(has(house.open("/settings"), "Stop all mail"));
  house.press(path(), {{"action", "stop"}});
  const auto settings = house.open("/settings");
  EXPECT_TRUE(has(settings, "Start again"));
  EXPECT_FALSE(has(settings, "Stop all mail"));
}

// RFC 8058: the mail provider's server posts, with no page, no Origin and no cookie.
TEST_F(StopPageTest, TheMailProgramsOneClickNeedsNoPage) {
  const auto answer = house.post_from(path(), {{"List-Unsubscribe", "One-Click"}}, {});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(house.stopped, std::set{gail});
}

TEST_F(StopPageTest, AnythingElseWithoutOurPageStopsNobody) {
  for (const Form& form : {Form{}, Form{{"action", "stop"}}, Form{{"List-Unsubscribe", "one-click"}},
                           Form{{"list-unsubscribe", "One-Click"}}, Form{{"List-Unsubscribe", ""}}}) {
    EXPECT_EQ(house.post_from(path(), form, {}).status, 403);
    EXPECT_EQ(house.post(path(), form).status, 409);
  }
  EXPECT_TRUE(house.stopped.empty());
}

TEST_F(StopPageTest, TheLinkOfNobodyStopsNobody) {
  const std::string nobody = house.path("stop", {99, Role::target, TokenUse::stop, 0});
  EXPECT_EQ(house.post_from(nobody, {{"List-Unsubscribe", "One-Click"}}, {}).status, 404);
  EXPECT_TRUE(house.stopped.empty());
}

}  // namespace
}  // namespace tertius::web
