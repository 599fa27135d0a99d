// Pages that act at once, as whatever presses every button meets them.
#include <gtest/gtest.h>

#include <functional>

#include "storage/browsers.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

void redirect(House& house) {
  house.ask();
  house.apply(Decided{Role::connector,
                      {.kind = DecisionKind::redirect, .note = "Bob", .until = {}, .redirect_to = "Bob"},
                      Channel::command,
                      "c"});
  house.let_hold_pass();
}

std::string mailed_link(House& house) {
  house.press("/sign-in", {{"address", "alice@example.org"}});
  house.forget_cookies();
  const std::string& url = house.sign_in_links.back();
  return url.substr(url.find("/sign-in"));
}

bool is_signed_in(House& house) { return has(house.open("/"), "/sign-out"); }

struct Acting {
  const char* name;
  std::function<std::string(House&)> prepare;  // the path
  Form press;
  std::function<bool(House&)> has_acted;
};

std::vector<Acting> pages() {
  return {
      {"confirm",
       [](House& house) {
         house.apply(Submitted{});
         return house.path("confirm", house.token(Role::requester, TokenUse::confirm));
       },
       {{"action", "confirm"}},
       [](House& house) { return house.introduction().state != State::drafted; }},
      {"choose",
       [](House& house) {
         redirect(house);
         return house.path("choose", house.token(Role::requester), "4");
       },
       {{"action", "choose"}, {"connector", "4"}},
       [](House& house) { return house.introduction().state != State::redirected; }},
      {"stop",
       [](House& house) {
         return house.path("stop", {number(gail), Role::target, TokenUse::stop, 0});
       },
       {{"action", "stop"}},
       [](House& house) { return !house.stopped.empty(); }},
      {"show",
       [](House& house) {
         house.ask();
         return house.path("show", house.token(Role::requester, TokenUse::show));
       },
       {{"action", "withdraw"}},
       [](House& house) { return house.introduction().state == State::withdrawn; }},
      {"sign-in", mailed_link, {}, is_signed_in},
  };
}

std::vector<std::size_t> places_of(const std::string& text, std::string_view what) {
  std::vector<std::size_t> out;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) out.push_back(at);
  return out;
}

TEST(RobotsTest, TheFirstAndTheLastButtonOfEachPageAreForRobots) {
  for (const Acting& page : pages()) {
    House house;
    const std::string body = house.open(page.prepare(house)).body;
    const auto buttons = places_of(body, "<button");
    ASSERT_GE(buttons.size(), 3U) << page.name;
    for (const std::size_t at : {buttons.front(), buttons.back()})
      EXPECT_TRUE(body.substr(at).starts_with("<button type=\"submit\" tabindex=\"-1\">Do not press"))
          << page.name;
    EXPECT_EQ(places_of(body, "Do not press").size(), 2U) << page.name;
  }
}

TEST(RobotsTest, AfterTheDecoyTheOtherButtonsDoNothingInWhateverBrowserAndThenAPersonPressesOnce) {
  for (const Acting& page : pages()) {
    House house;
    const std::string path = page.prepare(house);
    const std::string nonce = house.nonce_of(path);
    EXPECT_TRUE(has(house.post(path, {{"nonce", nonce}, {"decoy", "1"}}), "only robots press")) << page.name;
    Form same_visit = page.press;
    same_visit["nonce"] = nonce;
    house.post(path, same_visit);
    EXPECT_TRUE(has(house.press(path, page.press), "only robots press"))
        << page.name << ": a robot for a day";
    house.forget_cookies();
    EXPECT_TRUE(has(house.press(path, page.press), "no person has just pressed")) << page.name;
    EXPECT_FALSE(page.has_acted(house)) << page.name;
    house.now += std::chrono::minutes{10};
    house.press(path, page.press);
    EXPECT_TRUE(page.has_acted(house)) << page.name;
  }
}

TEST(RobotsTest, TheLinkIsDoubtedAnewEachTimeARobotComes) {
  for (const Acting& page : pages()) {
    if (page.name == std::string("sign-in")) continue;  // its link is dead by then
    House house;
    const std::string path = page.prepare(house);
    for (int day = 0; day < 2; ++day) {
      house.press(path, {{"decoy", "1"}});
      house.forget_cookies();
      house.press(path, page.press);
      EXPECT_FALSE(page.has_acted(house)) << page.name;
      house.now += std::chrono::hours{12};
    }
  }
}

TEST(RobotsTest, ARobotElsewhereTakesNothingFromTheBrowserThatIsKnown) {
  House house;
  house.sign_in(gail);
  const std::string known = house.cookie;
  const std::string path = house.path("stop", {number(gail), Role::target, TokenUse::stop, 0});
  house.forget_cookies();
  house.press(path, {{"decoy", "1"}});
  house.cookie = known;
  house.press(path, {{"action", "stop"}});
  EXPECT_EQ(house.stopped, std::set{gail});
}

TEST(RobotsTest, TheMailProgramsOneClickIsHeardAtOnceAfterARobot) {
  House house;
  const std::string path = house.path("stop", {number(gail), Role::target, TokenUse::stop, 0});
  house.press(path, {{"decoy", "1"}});
  EXPECT_EQ(house.post_from(path, {{"List-Unsubscribe", "One-Click"}}, {}).status, 200);
  EXPECT_EQ(house.stopped, std::set{gail});
}

TEST(RobotsTest, ALinkThatIsMarkedOpensNothingToWhoeverReadsTheTable) {
  House house;
  const std::string path = mailed_link(house);
  house.press(path, {{"decoy", "1"}});
  EXPECT_FALSE(house.dump().find(path.substr(path.rfind('/') + 1)) != std::string::npos);
}

}  // namespace
}  // namespace tertius::web
