// A form that comes too late is shown once more with all that was typed, and the next press counts.
#include <gtest/gtest.h>

#include "storage/api_tokens.hpp"
#include "storage/webhooks.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

using namespace std::chrono_literals;

std::string nonce_in(const HttpResponse& page) {
  const std::string mark = "name=\"nonce\" value=\"";
  const auto at = page.body.find(mark);
  if (at == std::string::npos) return "";
  return page.body.substr(at + mark.size(), page.body.find('"', at + mark.size()) - at - mark.size());
}

struct KeptWordsTest : testing::Test {
  // As somebody does who was called away: the page as it is answered.
  HttpResponse post_late(const std::string& path, const std::string& page, Form form) {
    form["nonce"] = house.nonce_of(page);
    house.now += 13h;
    const auto answer = house.post(path, form);
    EXPECT_EQ(answer.status, 409) << path;
    EXPECT_TRUE(has(answer, "What you typed is still here")) << answer.body;
    EXPECT_FALSE(has(answer, "<script")) << "it posts nothing by itself";
    return answer;
  }
  HttpResponse press_again(const std::string& path, const HttpResponse& page, Form form) {
    form["nonce"] = nonce_in(page);
    return house.post(path, form);
  }
  bool is_chosen(const HttpResponse& page, const std::string& value) {
    const auto at = page.body.find("value=\"" + value + "\"");
    return at != std::string::npos &&
           page.body.substr(at, page.body.find('>', at) - at).find("ed") != std::string::npos;
  }

  House house;
};

TEST_F(KeptWordsTest, OfADecision) {
  house.ask();
  const std::string path = house.path("d", house.token(Role::connector));
  const Form form{{"action", "forward"}, {"note", "One of the <good> ones."}};
  const auto late = post_late(path, path + "/forward", form);
  EXPECT_TRUE(has(late, "One of the &lt;good&gt; ones.</textarea>"));
  EXPECT_FALSE(house.introduction().held);
  EXPECT_EQ(press_again(path, late, form).status, 303);
  EXPECT_EQ(house.introduction().held->decision.note, "One of the <good> ones.");
}

TEST_F(KeptWordsTest, OfASilentNoAndOfAnotherDay) {
  house.ask();
  const std::string path = house.path("d", house.token(Role::connector));
  const auto no = post_late(path, path + "/decline", {{"action", "decline"}, {"silent", "1"}});
  EXPECT_TRUE(has(no, "name=\"silent\" value=\"1\" checked"));
  const auto later = post_late(path, path + "/later", {{"action", "later"}, {"until", "1m"}});
  EXPECT_TRUE(has(later, "value=\"1m\" checked"));
  EXPECT_FALSE(has(later, "value=\"1w\" checked"));
}

TEST_F(KeptWordsTest, OfAnAnswerThatIsHeld) {
  house.policy.hold_unbound = 24h;
  house.ask();
  house.press(house.path("d", house.token(Role::connector), "forward"), {{"action", "forward"}});
  const std::string path = house.path("held", house.token(Role::connector, TokenUse::undo));
  EXPECT_TRUE(
      has(post_late(path, path, {{"action", "edit"}, {"note", "New words."}}), "New words.</textarea>"));
  EXPECT_EQ(house.introduction().held->decision.note, "");
}

TEST_F(KeptWordsTest, OfWhoeverWentBackAndWroteAnew) {
  house.ask();
  const std::string path = house.path("d", house.token(Role::connector));
  const std::string nonce = house.nonce_of(path + "/forward");
  const Form first{{"action", "forward"}, {"note", "First words."}, {"nonce", nonce}};
  house.post(path, first);
  EXPECT_EQ(house.post(path, first).status, 303) << "a double click";
  const auto answer = house.post(path, {{"action", "forward"}, {"note", "Other words."}, {"nonce", nonce}});
  EXPECT_EQ(answer.status, 409);
  EXPECT_TRUE(has(answer, "Other words.</textarea>"));
  EXPECT_EQ(house.introduction().held->decision.note, "First words.");
}

TEST_F(KeptWordsTest, OfARequest) {
  const auto late = post_late("/ask", "/ask",
                              {{"do", "send"},
                               {"requester", "alice@example.org"},
                               {"target", "Gail"},
                               {"cover_note", "A note"},
                               {"pitch", "A pitch"},
                               {"purpose", "advice"}});
  for (const char* kept : {"alice@example.org", "\"Gail\"", "A note</textarea>", "A pitch</textarea>"})
    EXPECT_TRUE(has(late, kept)) << kept;
  EXPECT_TRUE(is_chosen(late, "advice"));
}

TEST_F(KeptWordsTest, OfANewVersion) {
  house.ask();
  house.apply(Decided{Role::connector,
                      {.kind = DecisionKind::revise, .note = "Shorter.", .until = {}, .redirect_to = {}},
                      Channel::command,
                      "c"});
  ASSERT_EQ(house.introduction().state, State::revising);
  const std::string path = house.path("show", house.token(Role::requester, TokenUse::show));
  const auto late =
      post_late(path, path + "/revise", {{"action", "send"}, {"pitch", "Short."}, {"cover_note", "Better?"}});
  EXPECT_TRUE(has(late, "Short.</textarea>"));
  EXPECT_TRUE(has(late, "Better?</textarea>"));
}

TEST_F(KeptWordsTest, OfMembersPages) {
  house.sign_in(alice);
  const auto token = post_late("/tokens", "/tokens",
                               {{"action", "add"}, {"name", "my \"script\""}, {"days", "30"}, {"find", "1"}});
  EXPECT_TRUE(has(token, "value=\"my &quot;script&quot;\""));
  EXPECT_TRUE(is_chosen(token, "30"));
  EXPECT_TRUE(has(token, "name=\"find\" value=\"1\" checked"));
  EXPECT_TRUE(storage::api_tokens_of(house.db, alice).empty());
  EXPECT_TRUE(has(post_late("/webhooks", "/webhooks", {{"action", "add"}, {"url", "https://a.example/x"}}),
                  "value=\"https://a.example/x\""));
  EXPECT_TRUE(has(post_late("/settings", "/settings", {{"action", "add"}, {"address", "x@else.example"}}),
                  "value=\"x@else.example\""));
  const auto settings =
      post_late("/settings", "/settings", {{"action", "save"}, {"max_open_asks", "7"}, {"quiet_from", "21"}});
  EXPECT_TRUE(has(settings, "value=\"7\""));
  EXPECT_TRUE(is_chosen(settings, "21"));
}

TEST_F(KeptWordsTest, OfTheSignInPage) {
  EXPECT_TRUE(has(post_late("/sign-in", "/sign-in", {{"address", "alice@example.org"}}),
                  "value=\"alice@example.org\""));
  EXPECT_TRUE(house.sign_in_links.empty());
}

TEST_F(KeptWordsTest, OfWhoeverIsNotSignedInAnyMore) {
  const auto answer = house.post("/tokens", {{"action", "add"}, {"name", "a <long> name"}});
  EXPECT_EQ(answer.status, 401);
  EXPECT_TRUE(has(answer, "a &lt;long&gt; name"));
}

TEST_F(KeptWordsTest, OfABrowserThatDoesNotSayWhereItComesFrom) {
  house.ask();
  const std::string path = house.path("d", house.token(Role::connector));
  const auto answer = house.post_from(
      path, {{"action", "changes"}, {"note", "Half as long."}, {"nonce", house.nonce_of(path + "/changes")}},
      {});
  EXPECT_EQ(answer.status, 403);
  EXPECT_TRUE(has(answer, "Half as long."));
  EXPECT_FALSE(has(answer, "<form")) << "what comes from elsewhere is not laid under a button";
  EXPECT_FALSE(house.introduction().held);
}

// What is not typed is not lost: a double click is not led to the next button.
TEST_F(KeptWordsTest, AButtonPressedTwiceIsNoForm) {
  const std::string path = house.path("stop", {number(gail), Role::target, TokenUse::stop, 0});
  const Form form{{"action", "stop"}, {"nonce", house.nonce_of(path)}};
  house.post(path, form);
  const auto second = house.post(path, form);
  EXPECT_EQ(second.status, 409);
  EXPECT_FALSE(has(second, "<form"));
}

}  // namespace
}  // namespace tertius::web
