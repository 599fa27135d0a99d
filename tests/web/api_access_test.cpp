// Who may ask the API for what: nobody, with too small a scope, with somebody else's token, too often.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "storage/people.hpp"
#include "tests/support/web/api_house.hpp"
#include "web/api_call.hpp"
#include "web/api_router.hpp"

namespace tertius::web {
namespace {

std::string path_of(const ApiRoute& route) {
  std::string path(route.path);
  if (const auto at = path.find("{id}"); at != path.npos) path.replace(at, 4, "77");
  return path;
}

// Every scope but this one.
std::string all_but(ApiScope scope) {
  std::string out;
  for (const ApiScopeRow& row : api_scopes())
    if (row.scope != scope) out += std::string(row.name) + " ";
  return out;
}

TEST(ApiAccessTest, WithoutATokenNothingIsSaidAndNothingDone) {
  ApiHouse api;
  api.house.ask();
  const std::string before = api.house.dump();
  for (const ApiRoute& route : api_routes()) {
    if (!route.scope) continue;
    for (const char* secret : {"", "secret-999", "' OR 1=1 --"}) {
      const auto response = api.send(std::string(route.method), path_of(route), secret, "{}");
      EXPECT_EQ(response.status, 401) << route.path;
      EXPECT_TRUE(header(response, "WWW-Authenticate").starts_with("Bearer realm=\"tertius\"")) << route.path;
    }
  }
  EXPECT_EQ(api.house.dump(), before);
}

TEST(ApiAccessTest, ATokenWithEveryOtherScopeIsRefusedAndToldWhichItLacks) {
  ApiHouse api;
  api.house.ask();
  for (const ApiRoute& route : api_routes()) {
    if (!route.scope) continue;
    const std::string secret = api.token(alice, all_but(*route.scope));
    const std::string before = api.house.dump();
    const auto response = api.send(std::string(route.method), path_of(route), secret, "{}");
    EXPECT_EQ(response.status, 403) << route.path;
    EXPECT_NE(
        header(response, "WWW-Authenticate")
            .find("error=\"insufficient_scope\", scope=\"" + std::string(scope_name(*route.scope)) + "\""),
        std::string::npos)
        << route.path;
    EXPECT_EQ(api.house.dump(), before) << route.path;
  }
}

// Bob has no part in Alice's request to Gail through Christine; Gail has not heard of it.
TEST(ApiAccessTest, SomebodyElsesIntroductionIsAsIfItWereNotThere) {
  ApiHouse api;
  api.house.ask();
  for (const PersonId stranger : {bob, gail}) {
    const std::string secret = api.token(stranger);
    const std::string before = api.house.dump();
    for (const ApiRoute& route : api_routes()) {
      if (!route.path.starts_with("/introductions/{id}")) continue;
      const std::string body = route.path.ends_with("decisions")   ? R"({"decision":"forward"})"
                               : route.path.ends_with("connector") ? R"({"connector":"4"})"
                                                                   : "{}";
      const std::string path = path_of(route);
      const auto response = api.send(std::string(route.method), path, secret, body);
      EXPECT_EQ(response.status, 404) << path;
      std::string elsewhere = path;
      elsewhere.replace(elsewhere.find("77"), 2, "99");
      EXPECT_EQ(api.send(std::string(route.method), elsewhere, secret, body).body, response.body) << path;
    }
    EXPECT_TRUE(json_of(api.get("/introductions", secret)).at("items").as_array().empty());
    api.house.db.run("UPDATE api_tokens SET used_at = NULL");
    EXPECT_EQ(api.house.dump(), before);
  }
}

TEST(ApiAccessTest, ARevokedOrExpiredTokenOpensNothing) {
  ApiHouse api;
  const std::string secret = api.token(alice);
  EXPECT_EQ(api.get("/people/me", secret).status, 200);
  api.house.db.run("UPDATE api_tokens SET expires_at = $1", {unix_seconds(api.house.now) + 10});
  EXPECT_EQ(api.get("/people/me", secret).status, 200);
  api.house.now += std::chrono::seconds{10};
  EXPECT_EQ(problem_of(api.get("/people/me", secret)), "bad_token");
  const std::string other = api.token(alice);
  storage::revoke_api_token(api.house.db, storage::ApiTokenId{api.next_token}, api.house.now);
  EXPECT_EQ(problem_of(api.get("/people/me", other)), "bad_token");
}

TEST(ApiAccessTest, ACookieIsNoToken) {
  ApiHouse api;
  api.house.sign_in(alice);
  EXPECT_EQ(api.send("GET", "/people/me", "", "", {{"cookie", api.house.cookie}}).status, 401);
}

TEST(ApiAccessTest, MembersSeeMembersAndTheirOwnContactsAndNoAddress) {
  ApiHouse api;
  storage::put_tie(api.house.db, {christine, gail, TieSource::rating, 1, {}, ""});
  const auto alices = api.get("/people", api.token(alice)),
             christines = api.get("/people", api.token(christine));
  EXPECT_FALSE(has(alices, "Gail"));
  EXPECT_TRUE(has(alices, "Bob Stone"));
  EXPECT_TRUE(has(christines, "Gail Goodman"));
  EXPECT_FALSE(has(christines, "@"));
  EXPECT_FALSE(has(api.get("/people?q=constant", api.token(alice)), "Gail"));
  EXPECT_TRUE(has(api.get("/people?q=constant", api.token(christine)), "Gail"));
  EXPECT_EQ(problem_of(api.get("/people", api.token(gail))), "not_a_member");
}

// Ids lie close together: a guess must not find somebody else's contact.
TEST(ApiAccessTest, AGuessedIdOfSomebodyElsesContactIsNobody) {
  ApiHouse api;
  const std::string secret = api.token(alice);
  EXPECT_EQ(api.send("PUT", "/ties/3", secret, R"({"strength":1})").status, 404);
  EXPECT_EQ(api.send("PUT", "/ties/4", secret, R"({"strength":1})").status, 200);
  const auto asked =
      api.post("/introductions", secret,
               R"({"target":"3","cover_note":"c","pitch":"Could we talk for twenty minutes?"})");
  EXPECT_EQ(problem_of(asked), "wrong_member");
  EXPECT_TRUE(api.asked.empty());
}

TEST(ApiAccessTest, WhoAsksTooOftenIsToldWhenToComeAgain) {
  ApiHouse api;
  const std::string secret = api.token(alice), other = api.token(bob);
  for (int i = 0; i < api_pace.burst; ++i) ASSERT_EQ(api.get("/people/me", secret).status, 200) << i;
  const auto refused = api.get("/people/me", secret);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "Retry-After"), "1");
  EXPECT_EQ(api.get("/people/me", other).status, 200);
  api.house.now += std::chrono::seconds{1};
  for (int i = 0; i < 2; ++i) EXPECT_EQ(api.get("/people/me", secret).status, 200);
  EXPECT_EQ(api.get("/people/me", secret).status, 429);
}

TEST(ApiAccessTest, UnknownPathsAndMethodsAreRefused) {
  ApiHouse api;
  const std::string secret = api.token(alice);
  EXPECT_EQ(problem_of(api.get("/nowhere", secret)), "not_found");
  const auto wrong = api.send("DELETE", "/introductions", secret);
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(header(wrong, "Allow"), "GET, POST");
  EXPECT_EQ(api.send("OPTIONS", "/introductions", "").status, 204);
  EXPECT_EQ(problem_of(api.get("/introductions?colour=red", secret)), "wrong_parameter");
}

}  // namespace
}  // namespace tertius::web
