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

// ---- other words during the hold ----

TEST_F(HeldPageTest, OtherWordsAreSavedAndShownInTheMailThatGoesOut) {
  EXPECT_TRUE(has(house.open(held()), "May I ask you twenty minutes")) << "the mail, word for word";
  EXPECT_EQ(house.press(held(), {{"action", "edit"}, {"note", "One of the good ones."}}).status, 303);
  EXPECT_EQ(house.introduction().held->decision.note, "One of the good ones.");
  const auto page = house.open(held());
  const auto mail = page.body.find("<pre>");
  ASSERT_NE(mail, std::string::npos);
  EXPECT_NE(page.body.find("One of the good ones.", mail), std::string::npos) << "in the mail, too";
  EXPECT_LT(page.body.find("One of the good ones.</textarea>"), mail);
  house.let_hold_pass();
  EXPECT_EQ(house.introduction().endorsement, "One of the good ones.");
}

TEST_F(HeldPageTest, WordsCanBeTakenAwayAgain) {
  house.press(held(), {{"action", "edit"}, {"note", "One of the good ones."}});
  house.press(held(), {{"action", "edit"}, {"note", ""}});
  EXPECT_EQ(house.introduction().held->decision.note, "");
}

TEST_F(HeldPageTest, WordsThatComeTooLateAreHandedBack) {
  const std::string nonce = house.nonce_of(held());
  house.let_hold_pass();
  const auto page =
      house.post(held(), {{"action", "edit"}, {"note", "Ten lines <b>of</b> praise"}, {"nonce", nonce}});
  EXPECT_EQ(page.status, 409);
  EXPECT_TRUE(has(page, "Ten lines &lt;b&gt;of&lt;/b&gt; praise"));
  EXPECT_EQ(house.introduction().endorsement, "");
}

TEST_F(HeldPageTest, OnlyAnswersWithWordsCanBeReworded) {
  house.apply(Undone{Role::connector});
  house.press(house.path("d", house.token(Role::connector), "later"), {{"action", "later"}, {"until", "2w"}});
  EXPECT_FALSE(has(house.open(held()), "value=\"edit\""));
  EXPECT_EQ(house.press(held(), {{"action", "edit"}, {"note", "x"}}).status, 409);
  house.apply(Undone{Role::connector});
  house.press(house.path("d", house.token(Role::connector), "changes"),
              {{"action", "changes"}, {"note", "Shorter."}});
  EXPECT_TRUE(has(house.open(held()), "Shorter.</textarea>"));
  EXPECT_EQ(house.press(held(), {{"action", "edit"}, {"note", ""}}).status, 409) << "changes need words";
  EXPECT_EQ(house.introduction().held->decision.note, "Shorter.");
}

// ---- a silent no ----

struct HeldNoTest : HeldPageTest {
  HeldNoTest() {
    house.apply(Undone{Role::connector});
    house.press(house.path("d", house.token(Role::connector), "decline"),
                {{"action", "decline"}, {"note", "No time."}, {"silent", "1"}});
  }
  bool is_silent() { return house.introduction().held->decision.silent; }
  bool is_ticked(const std::string& path) {
    const std::string body = house.open(path).body;
    const auto box = body.find("name=\"silent\"");
    EXPECT_NE(box, body.npos) << path;
    return body.substr(box, body.find('>', box) - box).find("checked") != std::string::npos;
  }
  void edit(const Form& more) {
    Form form{{"action", "edit"}, {"note", "No time this year."}, {"says_silence", "1"}};
    form.insert(more.begin(), more.end());
    EXPECT_EQ(house.press(held(), form).status, 303);
  }
};

TEST_F(HeldNoTest, ItIsShownAsSilent) {
  EXPECT_TRUE(has(house.open(held()), "Recorded: Decline, silently"));
  EXPECT_TRUE(is_ticked(held()));
}

TEST_F(HeldNoTest, ItCanBeSaidAloudAndSilencedAgain) {
  edit({});
  EXPECT_FALSE(is_silent());
  EXPECT_EQ(house.introduction().held->decision.note, "No time this year.");
  EXPECT_FALSE(is_ticked(held()));
  edit({{"silent", "1"}});
  EXPECT_TRUE(is_silent());
  house.press(held(), {{"action", "now"}});
  EXPECT_EQ(house.introduction().state, State::declined_silently);
}

TEST_F(HeldNoTest, SaidAloudItIsSentAloud) {
  edit({});
  house.press(held(), {{"action", "now"}});
  EXPECT_EQ(house.introduction().asks.at(0).decision, DecisionKind::decline);
  EXPECT_EQ(house.introduction().asks.size(), 2U) << "after an open no the next one is asked at once";
}

TEST_F(HeldNoTest, WordsAloneLeaveItAsItWas) {
  house.press(held(), {{"action", "edit"}, {"note", "Other words."}});
  EXPECT_TRUE(is_silent());
}

TEST_F(HeldNoTest, TakenBackItsSilenceStaysChosen) {
  const auto undone = house.press(held(), {{"action", "undo"}});
  ASSERT_FALSE(house.introduction().held);
  const std::string after = header(undone, "Location").substr(house.links.public_url.size());
  const std::string body = house.open(after).body;
  const std::string decline = house.path("d", house.token(Role::connector), "decline") + "?silent=1";
  EXPECT_NE(body.find("\"" + house.links.public_url + decline + "\""), body.npos);
  EXPECT_TRUE(is_ticked(decline));
  EXPECT_FALSE(is_ticked(house.path("d", house.token(Role::connector), "decline")));
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
