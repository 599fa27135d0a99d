#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"
#include "web/actions.hpp"

namespace tertius::web {
namespace {

struct DecisionPageTest : testing::Test {
  DecisionPageTest() { house.ask(); }

  std::string link(std::string_view word, Role role = Role::connector) {
    return house.path("d", house.token(role), word);
  }
  bool is_held(DecisionKind kind) {
    const auto held = house.introduction().held;
    return held && held->decision.kind == kind;
  }

  House house;
};

TEST_F(DecisionPageTest, ItSaysWhatWillGoOutWordForWord) {
  const auto page = house.open(link("forward"));
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "Forward Alice&#39;s note to Gail Goodman (Constant Contact)?"));
  EXPECT_TRUE(has(page, "May I ask you twenty minutes about email for small shops?"));
  EXPECT_TRUE(has(page, "Nothing has happened yet"));
  EXPECT_FALSE(has(page, "gail@example.org")) << "an address before both agreed";
}

TEST_F(DecisionPageTest, AWordInAnyCaseOrderOrLengthIsNoAction) {
  for (const char* word : {"", "accept", "FORWARD", "forward ", "forwards", "spoke", "forward/x"})
    EXPECT_EQ(house.open(link("") + "/" + word).status, std::string(word) == "forward/x" ? 200 : 404) << word;
}

TEST_F(DecisionPageTest, PressingHoldsTheDecisionAndLeadsToWhereItStands) {
  const auto answer = house.press(link("forward"), {{"action", "forward"}, {"note", "She is great."}});
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(header(answer, "Location"),
            house.links.public_url + house.path("held", house.token(Role::connector)));
  ASSERT_TRUE(is_held(DecisionKind::forward));
  EXPECT_EQ(house.introduction().held->decision.note, "She is great.");
  EXPECT_EQ(house.introduction().held->effective_at, house.now + house.policy.hold_unbound);
  EXPECT_EQ(house.introduction().state, State::asked);
  EXPECT_EQ(house.notices().back(), "receipt to Christine@example.org");
}

TEST_F(DecisionPageTest, WithoutOurOriginNothingHappens) {
  const Form form{{"action", "forward"}, {"nonce", house.nonce_of(link("forward"))}};
  const std::string before = house.dump();
  const std::vector<std::map<std::string, std::string>> foreign = {
      {},
      {{"origin", "null"}},
      {{"origin", "null"}, {"sec-fetch-site", "cross-site"}},
      {{"origin", ""}},
      {{"origin", "https://evil.example"}},
      {{"origin", "https://intro.example.org.evil.example"}},
      {{"origin", "http://intro.example.org"}},
      {{"origin", "https://intro.example.org:8443"}},
      {{"origin", "https://evil.example"}, {"sec-fetch-site", "same-origin"}},
      {{"sec-fetch-site", "cross-site"}},
      {{"sec-fetch-site", "same-site"}},
      {{"sec-fetch-site", "none"}},
      {{"referer", "https://intro.example.org/"}},
  };
  for (const auto& headers : foreign) {
    const auto answer = house.post_from(link(""), form, headers);
    EXPECT_EQ(answer.status, 403) << (headers.empty() ? "none" : headers.begin()->second);
    EXPECT_TRUE(has(answer, "Nothing was changed"));
  }
  EXPECT_EQ(house.dump(), before);
  // A browser whose settings hide the origin.
  EXPECT_EQ(house.post_from(link(""), form, {{"origin", "null"}, {"sec-fetch-site", "same-origin"}}).status,
            303);
  EXPECT_TRUE(is_held(DecisionKind::forward));
}

TEST_F(DecisionPageTest, TheNonceIsOfThisLinkOfThisHalfHourAndOurs) {
  const std::string good = house.nonce_of(link("forward"));
  ASSERT_FALSE(good.empty());
  const std::string of_target = make_nonce("v", make_token(house.token(Role::target), house.links.key()),
                                           house.now + std::chrono::minutes{30}, house.links.key());
  LinkKey other{1, {}};
  other.secret.fill(8);
  const std::string forged = make_nonce("v", make_token(house.token(Role::connector), house.links.key()),
                                        house.now + std::chrono::minutes{30}, other);
  std::string longer = good;
  longer.replace(0, 10, "9999999999");
  const std::string before = house.dump();
  for (const std::string& nonce : {std::string(), std::string("x"), of_target, forged, longer, good.substr(1),
                                   house.nonce_of("/ask"), good + good}) {
    const auto answer = house.post(link(""), {{"action", "forward"}, {"nonce", nonce}});
    EXPECT_EQ(answer.status, 409) << nonce;
  }
  house.now += std::chrono::minutes{31};
  EXPECT_EQ(house.post(link(""), {{"action", "forward"}, {"nonce", good}}).status, 409);
  EXPECT_EQ(house.dump(), before);
}

TEST_F(DecisionPageTest, ADoubleClickIsOneDecision) {
  const Form form{{"action", "forward"}, {"nonce", house.nonce_of(link("forward"))}};
  ASSERT_EQ(house.post(link(""), form).status, 303);
  const std::string once = house.dump();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(house.post(link(""), form).status, 303);
  EXPECT_EQ(house.dump(), once);
}

TEST_F(DecisionPageTest, ASpentVisitDoesNotDecideOtherwise) {
  const std::string nonce = house.nonce_of(link("forward"));
  house.post(link(""), {{"action", "forward"}, {"nonce", nonce}});
  house.post(link(""), {{"action", "decline"}, {"nonce", nonce}});
  EXPECT_TRUE(is_held(DecisionKind::forward));
}

TEST_F(DecisionPageTest, WhoPressesTheDecoyIsARobotAndItsVisitIsVoid) {
  const std::string nonce = house.nonce_of(link("forward"));
  const auto decoy = house.post(link(""), {{"action", "forward"}, {"nonce", nonce}, {"decoy", "1"}});
  EXPECT_EQ(decoy.status, 200);
  EXPECT_FALSE(house.introduction().held);
  house.post(link(""), {{"action", "forward"}, {"nonce", nonce}});
  EXPECT_FALSE(house.introduction().held) << "the visit was void";
  house.forget_cookies();
  house.now += house.policy.hold_unbound;
  house.press(link("forward"), {{"action", "forward"}});
  EXPECT_TRUE(is_held(DecisionKind::forward)) << "a person may still come, in a browser of theirs";
}

// As the page has it: the decoy's own form has no action.
TEST_F(DecisionPageTest, TheDecoyFormAsItStandsVoidsTheVisit) {
  const std::string nonce = house.nonce_of(link("forward"));
  house.post(link(""), {{"nonce", nonce}, {"decoy", "1"}});
  house.post(link(""), {{"action", "forward"}, {"nonce", nonce}});
  EXPECT_FALSE(house.introduction().held);
}

TEST_F(DecisionPageTest, TwoVisitsThatDifferCancelEachOther) {
  house.press(link("forward"), {{"action", "forward"}});
  const auto answer = house.press(link("decline"), {{"action", "decline"}});
  EXPECT_EQ(answer.status, 303);
  EXPECT_FALSE(house.introduction().held);
  EXPECT_TRUE(house.introduction().connector_must_press);
  EXPECT_EQ(house.notices().back(), "conflict to Christine@example.org");
  const auto standing = house.open(house.path("held", house.token(Role::connector)));
  EXPECT_TRUE(has(standing, "Two different answers came in, so neither counts."));
  house.let_hold_pass();
  EXPECT_EQ(house.introduction().state, State::asked);
}

TEST_F(DecisionPageTest, TheSameAnswerFromAnotherVisitStands) {
  house.press(link("forward"), {{"action", "forward"}});
  const auto page = house.open(link("forward"));
  EXPECT_TRUE(has(page, "Recorded: Forward"));
  EXPECT_TRUE(is_held(DecisionKind::forward));
}

// Each role's words with the other's link: not found, and nothing changed.
TEST_F(DecisionPageTest, NobodyCanDoWhatIsAnothersToDo) {
  const Introduction before = house.introduction();
  for (const Action& action : actions()) {
    for (const Role role : {Role::requester, Role::connector, Role::target}) {
      if (find_action(role, action.word)) continue;
      EXPECT_EQ(house.open(link(action.word, role)).status, 404) << action.word << " as " << role_name(role);
      const std::string nonce =
          make_nonce("v" + std::to_string(++house.visits), make_token(house.token(role), house.links.key()),
                     house.now + std::chrono::minutes{30}, house.links.key());
      const Form form{{"action", std::string(action.word)}, {"nonce", nonce}};
      EXPECT_EQ(house.post(link("", role), form).status, 404) << action.word << " as " << role_name(role);
    }
  }
  EXPECT_EQ(house.introduction().version, before.version);
}

TEST_F(DecisionPageTest, TheTargetCannotAnswerBeforeItIsForwarded) {
  const std::string token = make_token(house.token(Role::target), house.links.key());
  const std::string nonce = make_nonce("v", token, house.now + std::chrono::minutes{30}, house.links.key());
  const auto answer = house.post(link("", Role::target), {{"action", "accept"}, {"nonce", nonce}});
  EXPECT_EQ(answer.status, 409);
  EXPECT_FALSE(house.introduction().held);
}

TEST_F(DecisionPageTest, WordsAreWantedWhereTheyAreNeeded) {
  for (const char* word : {"changes", "try"}) {
    const auto answer = house.press(link(word), {{"action", word}});
    EXPECT_EQ(answer.status, 409) << word;
    EXPECT_FALSE(house.introduction().held);
  }
  EXPECT_EQ(house.press(link("later"), {{"action", "later"}, {"until", "9y"}}).status, 409);
  EXPECT_FALSE(house.introduction().held);
}

TEST_F(DecisionPageTest, EachActionIsHeldWithItsWords) {
  house.press(link("changes"), {{"action", "changes"}, {"note", "Shorter, please."}});
  EXPECT_TRUE(is_held(DecisionKind::revise));
  EXPECT_EQ(house.introduction().held->decision.note, "Shorter, please.");
  house.apply(Undone{Role::connector});
  house.press(link("try"), {{"action", "try"}, {"note", "bob@example.org"}});
  EXPECT_EQ(house.introduction().held->decision.redirect_to, "bob@example.org");
  house.apply(Undone{Role::connector});
  house.press(link("later"), {{"action", "later"}, {"until", "2w"}});
  EXPECT_EQ(house.introduction().held->decision.until, house.now + days{14});
  house.apply(Undone{Role::connector});
  house.press(link("decline"), {{"action", "decline"}, {"silent", "1"}});
  EXPECT_TRUE(house.introduction().held->decision.silent);
}

TEST_F(DecisionPageTest, TheOutcomeIsAskedOnlyAfterTheIntroduction) {
  const auto early = house.open(link("spoke", Role::requester));
  EXPECT_FALSE(has(early, "is recorded")) << "nothing was";
  house.forward();
  house.apply(Decided{Role::target,
                      {.kind = DecisionKind::accept, .note = {}, .until = {}, .redirect_to = {}},
                      Channel::command,
                      "t"});
  house.let_hold_pass();
  ASSERT_EQ(house.introduction().state, State::introduced);
  EXPECT_TRUE(has(house.open(link("spoke", Role::requester)), "Did you and Gail Goodman"));
  house.press(link("spoke", Role::requester), {{"action", "spoke"}});
  EXPECT_EQ(house.introduction().outcome, Outcome::spoke);
  EXPECT_EQ(house.introduction().state, State::closed);
}

}  // namespace
}  // namespace tertius::web
