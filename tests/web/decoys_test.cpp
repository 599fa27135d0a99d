// The decoy of the decision pages: what presses it is no person, and what it answered is in doubt.
#include <gtest/gtest.h>

#include "tests/support/web/clicks.hpp"

namespace tertius::web {
namespace {

struct DecoysTest : ClicksTest {};

// A robot may have a new profile for each page, so that any browser's answer is in doubt.
TEST_F(DecoysTest, TheDecoyIsAContradictionOfWhatIsHeld) {
  for (const char* word : {"forward", "decline"}) {
    for (const bool same_browser : {true, false}) {
      House fresh;
      fresh.ask();
      const std::string path = fresh.path("d", fresh.token(Role::connector), word);
      fresh.press(path, {{"action", word}});
      ASSERT_TRUE(fresh.introduction().held);
      if (!same_browser) fresh.forget_cookies();
      fresh.press(fresh.path("d", fresh.token(Role::connector), "changes"), {{"decoy", "1"}});
      EXPECT_FALSE(fresh.introduction().held) << word;
      EXPECT_TRUE(fresh.introduction().connector_must_press);
      EXPECT_EQ(fresh.notices().back(), "conflict to Christine@example.org");
      EXPECT_TRUE(storage::browsers_of(fresh.db, christine, fresh.now).empty());
    }
  }
}

TEST_F(DecoysTest, TheDecoyDoubtsNoReply) {
  house.apply(Decided{Role::connector,
                      {.kind = DecisionKind::forward, .note = {}, .until = {}, .redirect_to = {}},
                      Channel::reply,
                      "letter1"});
  house.press(standing(), {{"decoy", "1"}, {"action", "now"}});
  EXPECT_TRUE(house.introduction().held);
  EXPECT_EQ(house.introduction().state, State::asked);
}

TEST_F(DecoysTest, ABrowserThatPressedTheDecoyAnswersNothingForADay) {
  house.press(link("forward"), {{"decoy", "1"}});
  EXPECT_FALSE(posts_itself(house.open(link("decline"))));
  house.now += std::chrono::hours{23};
  for (const char* word : {"forward", "decline", "forward"}) decide(word);
  EXPECT_FALSE(house.introduction().held);
  house.now += std::chrono::hours{1};
  decide("forward");
  EXPECT_TRUE(house.introduction().held);
}

TEST_F(DecoysTest, TheLinkOfAPressedDecoyTakesNothingFromUnknownBrowsersForAWhile) {
  house.press(link("forward"), {{"decoy", "1"}});
  house.forget_cookies();
  EXPECT_TRUE(has(decide("forward"), "A button that only robots press"));
  EXPECT_FALSE(house.introduction().held);
  house.sign_in(christine);
  EXPECT_EQ(decide("forward").status, 303) << "this browser is known";
  house.apply(Undone{Role::connector});
  house.forget_cookies();
  house.now += house.policy.hold_unbound;
  EXPECT_EQ(decide("forward").status, 303);
}

TEST_F(DecoysTest, TheDecoyOfTheResultPageVoidsTheAnswer) {
  decide("forward");
  house.press(standing(), {{"decoy", "1"}, {"action", "now"}});
  EXPECT_FALSE(house.introduction().held);
  EXPECT_EQ(house.introduction().state, State::asked);
}

TEST_F(DecoysTest, AKnownBrowserThatPressesTheDecoyIsARobotToo) {
  house.sign_in(christine);
  house.press(link("forward"), {{"decoy", "1"}});
  EXPECT_FALSE(posts_itself(house.open(link("forward"))));
  decide("forward");
  EXPECT_FALSE(house.introduction().held);
  EXPECT_TRUE(has(house.open("/"), "/sign-out")) << "the session is not the robot's to end";
}

// Whatever presses all the buttons presses it second, and not after "Send now".
TEST_F(DecoysTest, TheDecoyIsTheSecondButtonOfEachPage) {
  decide("forward");
  for (const auto& path : {link("decline"), standing()}) {
    const std::string body = house.open(path).body;
    std::size_t second = body.find("<button");
    second = body.find("<button", second + 1);
    EXPECT_TRUE(body.substr(second).starts_with("<button type=\"submit\" tabindex=\"-1\">Do not press"))
        << path;
  }
}

}  // namespace
}  // namespace tertius::web
