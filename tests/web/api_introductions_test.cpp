// Introductions by the API: the same events as the pages', and no more told than there.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "storage/introductions.hpp"
#include "storage/preferences.hpp"
#include "tests/support/web/api_house.hpp"

namespace tertius::web {
namespace {

struct ApiIntroductionsTest : testing::Test {
  std::string state(const HttpResponse& response) {
    return std::string(json_of(response).at("state").as_string());
  }
  const std::string path = "/introductions/77";
  const std::string request =
      R"({"target":"Gail Goodman","connectors":["2"],"cover_note":"c","pitch":"Could we talk for twenty minutes?"})";
  ApiHouse api;
  House& house = api.house;
};

TEST_F(ApiIntroductionsTest, ADecisionIsHeldUndoneAndSentNow) {
  house.ask();
  const std::string secret = api.token(christine);
  const auto held = api.post(path + "/decisions", secret, R"({"decision":"forward","note":"Worth it."})");
  ASSERT_EQ(held.status, 200) << held.body;
  EXPECT_EQ(json_of(held).at("held").at("decision"), "forward");
  EXPECT_EQ(house.introduction().held->channel, Channel::bound_browser);
  EXPECT_EQ(house.introduction().state, State::asked);
  EXPECT_TRUE(json_of(api.post(path + "/undo", secret)).at("held").is_null());
  EXPECT_EQ(problem_of(api.post(path + "/undo", secret)), "refused");
  api.post(path + "/decisions", secret, R"({"decision":"forward","note":"Worth it."})");
  EXPECT_EQ(state(api.post(path + "/now", secret)), "forwarded");
  EXPECT_EQ(house.introduction().endorsement, "Worth it.");
}

TEST_F(ApiIntroductionsTest, TheSameTokenMayChangeItsMindButNotBesideABrowser) {
  house.ask();
  const std::string secret = api.token(christine);
  api.post(path + "/decisions", secret, R"({"decision":"forward"})");
  const auto later = api.post(path + "/decisions", secret, R"({"decision":"decline"})");
  EXPECT_EQ(json_of(later).at("held").at("decision"), "decline");
  house.apply(Decided{Role::connector,
                      {.kind = DecisionKind::forward, .note = {}, .until = {}, .redirect_to = {}},
                      Channel::unbound_browser,
                      "elsewhere"});
  EXPECT_FALSE(house.introduction().held);
  EXPECT_TRUE(house.introduction().connector_must_press);
}

TEST_F(ApiIntroductionsTest, WhatAnswersLackIsNamed) {
  house.ask();
  const std::string secret = api.token(christine);
  for (const char* body : {R"({"decision":"perhaps"})", R"({"decision":"later","until":"soon"})", R"({})",
                           R"({"decision":"later","until":"2026-02-30"})"})
    EXPECT_EQ(problem_of(api.post(path + "/decisions", secret, body)), "wrong_member") << body;
  for (const char* body : {R"({"decision":"later"})", R"({"decision":"revise"})", R"({"decision":"accept"})",
                           R"({"decision":"later","until":"2020-01-01"})"})
    EXPECT_EQ(problem_of(api.post(path + "/decisions", secret, body)), "refused") << body;
  EXPECT_FALSE(house.introduction().held);
  const auto later = api.post(path + "/decisions", secret, R"({"decision":"later","until":"2026-04-01"})");
  EXPECT_EQ(json_of(later).at("held").at("until"), "2026-04-01T00:00:00Z");
}

TEST_F(ApiIntroductionsTest, TheRequesterCannotDecideAndTheConnectorNotWithdraw) {
  house.ask();
  EXPECT_EQ(problem_of(api.post(path + "/decisions", api.token(alice), R"({"decision":"forward"})")),
            "refused");
  EXPECT_EQ(problem_of(api.post(path + "/withdraw", api.token(christine))), "not_found");
  EXPECT_EQ(house.introduction().state, State::asked);
  EXPECT_EQ(state(api.post(path + "/withdraw", api.token(alice))), "withdrawn");
}

// The requester's answers in two houses, alike but for what she may not know; the ETag with them.
void expect_alike(ApiHouse& one, ApiHouse& other) {
  other.house.now = one.house.now;
  const std::string secret = one.token(alice), others = other.token(alice);
  for (const char* asked : {"/introductions/77", "/introductions", "/introductions?role=requester"}) {
    const auto response = one.get(asked, secret), plain = other.get(asked, others);
    EXPECT_EQ(response.body, plain.body);
    EXPECT_EQ(header(response, "ETag"), header(plain, "ETag"));
  }
}

TEST_F(ApiIntroductionsTest, TheRequesterSeesNoHeldAnswerAndNoSilentNo) {
  ApiHouse plain;
  house.ask();
  plain.house.ask();
  const std::string secret = api.token(christine);
  plain.token(christine);
  api.post(path + "/decisions", secret, R"({"decision":"decline","silent":true})");
  expect_alike(api, plain);
  house.let_hold_pass();
  ASSERT_EQ(house.introduction().state, State::declined_silently);
  expect_alike(api, plain);
  EXPECT_EQ(state(api.get(path, secret)), "declined") << "whoever said it knows";
}

TEST_F(ApiIntroductionsTest, TheConnectorSeesNoSilentNoOfTheTarget) {
  house.forward();
  const std::string christines = api.token(christine), gails = api.token(gail);
  EXPECT_EQ(state(api.get(path, gails)), "forwarded");
  EXPECT_FALSE(has(api.get(path, gails), "Could you pass this on?")) << "the private note is the connector's";
  api.post(path + "/decisions", gails, R"({"decision":"decline"})");
  EXPECT_TRUE(json_of(api.get(path, christines)).at("held").is_null());
  house.let_hold_pass();
  ASSERT_EQ(house.introduction().state, State::declined_silently);
  EXPECT_EQ(state(api.get(path, christines)), "forwarded");
  EXPECT_EQ(state(api.get(path, gails)), "declined");
}

TEST_F(ApiIntroductionsTest, TheUnnamedConnectorHasNoNumberEither) {
  storage::save_preferences(
      house.db, christine,
      {.click_policy = {}, .shown = Shown::anonymous, .quiet_from = {}, .quiet_to = {}, .max_open_asks = {}});
  house.ask();
  const auto seen = json_of(api.get(path, api.token(alice))).at("connector");
  EXPECT_TRUE(seen.at("id").is_null());
  EXPECT_EQ(seen.at("name"), "somebody who would rather not be named");
}

TEST_F(ApiIntroductionsTest, OnlyWhoIsOfferedCanBeChosen) {
  const std::string secret = api.token(alice);
  house.apply(Submitted{});
  house.apply(Confirmed{});
  for (const char* who : {"2", "bob@example.org", "unnamed-1", "nobody"})
    EXPECT_EQ(
        problem_of(api.post(path + "/connector", secret, "{\"connector\":\"" + std::string(who) + "\"}")),
        "wrong_member")
        << who;
}

TEST_F(ApiIntroductionsTest, AddressesAreShownOnceTheyAreIntroduced) {
  house.forward();
  for (const PersonId person : {alice, christine, gail})
    EXPECT_FALSE(has(api.get(path, api.token(person)), "@"));
  const std::string gails = api.token(gail);
  api.post(path + "/decisions", gails, R"({"decision":"accept"})");
  EXPECT_FALSE(has(api.get(path, api.token(alice)), "@")) << "held";
  api.post(path + "/now", gails);
  for (const PersonId person : {alice, christine, gail})
    EXPECT_TRUE(has(api.get(path, api.token(person)), "Gail@example.org"));
}

TEST_F(ApiIntroductionsTest, AConnectorWhoIsNotAskedAnyMoreSeesNothing) {
  house.ask();
  const std::string secret = api.token(christine);
  EXPECT_EQ(api.get(path, secret).status, 200);
  api.post(path + "/decisions", secret, R"({"decision":"decline"})");
  house.let_hold_pass();
  ASSERT_EQ(current_connector(house.introduction()), bob);
  EXPECT_EQ(api.get(path, secret).status, 404);
  EXPECT_TRUE(json_of(api.get("/introductions", secret)).at("items").as_array().empty());
  EXPECT_EQ(api.get(path, api.token(bob)).status, 200);
}

TEST_F(ApiIntroductionsTest, TheSameRequestAgainUnderItsKeyIsDoneOnce) {
  const std::string secret = api.token(alice);
  const auto first = api.post("/introductions", secret, request, {{"idempotency-key", "k1"}});
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(header(first, "Location"), "https://intro.example.org/api/v1/introductions/78");
  const auto again = api.post("/introductions", secret, request, {{"idempotency-key", "k1"}});
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(header(again, "Location"), header(first, "Location"));
  EXPECT_EQ(api.asked.size(), 1U);
  const std::string other =
      R"({"target":"Gail","cover_note":"d","pitch":"Could we talk for twenty minutes?"})";
  EXPECT_EQ(problem_of(api.post("/introductions", secret, other, {{"idempotency-key", "k1"}})),
            "other_request");
  EXPECT_EQ(api.asked.size(), 1U);
}

TEST_F(ApiIntroductionsTest, AKeyIsItsTokensOwnAndForADay) {
  house.ask();
  const std::string christines = api.token(christine), forward = R"({"decision":"forward"})";
  api.post(path + "/decisions", christines, forward, {{"idempotency-key", "k"}});
  EXPECT_EQ(problem_of(api.post(path + "/decisions", api.token(alice), forward, {{"idempotency-key", "k"}})),
            "refused")
      << "not Christine's answer";
  const auto replayed = api.post(path + "/decisions", christines, forward, {{"idempotency-key", "k"}});
  EXPECT_EQ(header(replayed, "Idempotency-Replayed"), "true");
  house.now += std::chrono::hours{24};
  const auto later = api.post(path + "/decisions", christines, forward, {{"idempotency-key", "k"}});
  EXPECT_EQ(header(later, "Idempotency-Replayed"), "");
}

TEST_F(ApiIntroductionsTest, WhatWasRefusedMayBeMendedUnderTheSameKey) {
  const std::string secret = api.token(alice);
  const auto refused =
      api.post("/introductions", secret, R"({"target":"Gail","cover_note":"c","pitch":"Hi"})",
               {{"idempotency-key", "k"}});
  EXPECT_EQ(problem_of(refused), "turned_back");
  EXPECT_EQ(json_of(refused).at("findings").at(0).at("field"), "pitch");
  EXPECT_EQ(api.post("/introductions", secret, request, {{"idempotency-key", "k"}}).status, 201);
}

TEST_F(ApiIntroductionsTest, WhatChangedMeanwhileIsNotChangedAgain) {
  house.ask();
  const std::string secret = api.token(alice), tag = header(api.get(path, secret), "ETag");
  ASSERT_FALSE(tag.empty());
  EXPECT_EQ(api.send("GET", path, secret, "", {{"if-none-match", tag}}).status, 304);
  const auto old = api.post(path + "/withdraw", secret, "", {{"if-match", "\"000\""}});
  EXPECT_EQ(problem_of(old), "changed_meanwhile");
  EXPECT_EQ(house.introduction().state, State::asked);
  EXPECT_EQ(api.post(path + "/withdraw", secret, "", {{"if-match", tag}}).status, 200);
}

TEST_F(ApiIntroductionsTest, BodiesAreReadStrictly) {
  const std::string secret = api.token(alice);
  const auto send = [&](const std::string& body) {
    return problem_of(api.post("/introductions", secret, body));
  };
  EXPECT_EQ(send("{"), "bad_json");
  EXPECT_EQ(send("[]"), "bad_json");
  EXPECT_EQ(send(std::string(100'000, '[')), "bad_json");
  EXPECT_EQ(send("{\"target\":\"\xFF\"}"), "bad_json");
  EXPECT_EQ(send(R"({"target":"x","cover_note":"c","pitch":7})"), "wrong_member");
  const auto unknown =
      api.post("/introductions", secret, R"({"target":"x","cover_note":"c","pitch":"p","colour":"red"})");
  EXPECT_EQ(json_of(unknown).at("errors").at(0).at("pointer"), "#/colour");
  EXPECT_EQ(send("{\"target\":\"" + std::string(301, 'x') + "\",\"cover_note\":\"c\",\"pitch\":\"p\"}"),
            "wrong_member");
  EXPECT_EQ(problem_of(api.post("/introductions", secret, request, {{"content-type", "text/plain"}})),
            "not_json");
  EXPECT_TRUE(api.asked.empty());
  api.post("/introductions", secret,
           R"({"target":"x","cover_note":"a\r\nb\u0000\u001b","pitch":"Could we talk for twenty minutes?"})");
  ASSERT_EQ(api.asked.size(), 1U);
  EXPECT_EQ(api.asked[0].cover_note, "a\nb");
}

TEST_F(ApiIntroductionsTest, ListingsAreReadPageByPage) {
  for (int i = 0; i < 4; ++i) {
    Introduction more = house.introduction();
    more.id = IntroductionId{100 + i};
    more.created_at = house.now + std::chrono::seconds{i / 2};  // two share a second
    storage::add_introduction(house.db, more, {});
  }
  const std::string secret = api.token(alice);
  std::string next, seen;
  do {
    const auto page =
        api.get("/introductions?role=requester&limit=2" + (next.empty() ? "" : "&cursor=" + next), secret);
    ASSERT_EQ(page.status, 200) << page.body;
    const auto body = json_of(page);
    for (const auto& item : body.at("items").as_array()) seen += std::string(item.at("id").as_string()) + " ";
    next = body.at("next").is_null() ? "" : std::string(body.at("next").as_string());
    EXPECT_EQ(header(page, "Link"),
              next.empty()
                  ? ""
                  : "<https://intro.example.org/api/v1/introductions?limit=2&role=requester&cursor=" + next +
                        ">; rel=\"next\"");
  } while (!next.empty());
  EXPECT_EQ(seen, "103 102 101 100 77 ");
  for (const char* query : {"?cursor=zz", "?cursor=31", "?limit=0", "?limit=201", "?role=boss"})
    EXPECT_EQ(problem_of(api.get(std::string("/introductions") + query, secret)), "wrong_parameter") << query;
}

}  // namespace
}  // namespace tertius::web
