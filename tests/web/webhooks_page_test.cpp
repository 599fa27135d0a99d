// Webhooks made and removed on the page of whoever is signed in, and by the API.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "storage/webhooks.hpp"
#include "tests/support/web/api_house.hpp"

namespace tertius::web {
namespace {

const std::string hook_url = "https://hooks.example/tertius?key=1";

std::string secret_in(const HttpResponse& page) {
  const auto at = page.body.find("whsec_");
  return at == std::string::npos ? "" : page.body.substr(at, page.body.find('<', at) - at);
}

std::vector<storage::Webhook> hooks_of(House& house, std::optional<PersonId> person) {
  return storage::webhooks_of(house.db, person);
}

std::string id_of(const storage::Webhook& hook) { return std::to_string(static_cast<std::int64_t>(hook.id)); }

TEST(WebhooksPageTest, OneIsMadeAndItsSecretShownOnce) {
  House house;
  house.sign_in(alice);
  const auto made = house.press("/webhooks", {{"action", "add"}, {"url", hook_url}});
  ASSERT_EQ(made.status, 200);
  ASSERT_EQ(hooks_of(house, alice).size(), 1u);
  EXPECT_EQ(hooks_of(house, alice)[0].url, hook_url);
  EXPECT_EQ(hooks_of(house, alice)[0].secret, secret_in(made));
  EXPECT_EQ(secret_in(made).size(), 6u + 44u) << "32 octets in base64";
  const auto page = house.open("/webhooks");
  EXPECT_TRUE(has(page, "hooks.example"));
  EXPECT_EQ(secret_in(page), "");
}

TEST(WebhooksPageTest, WhatWouldLeadBehindTheFirewallIsRefusedAndStaysInTheForm) {
  House house;
  house.sign_in(alice);
  const auto page = house.press("/webhooks", {{"action", "add"}, {"url", "https://127.0.0.1/secret"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "https://127.0.0.1/secret"));
  EXPECT_EQ(house.press("/webhooks", {{"action", "add"}, {"url", "http://x.example/"}}).status, 422);
  EXPECT_TRUE(hooks_of(house, alice).empty());
}

TEST(WebhooksPageTest, TenAreEnough) {
  House house;
  house.sign_in(alice);
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(house.press("/webhooks", {{"action", "add"}, {"url", hook_url}}).status, 200);
  EXPECT_EQ(house.press("/webhooks", {{"action", "add"}, {"url", hook_url}}).status, 422);
  EXPECT_EQ(hooks_of(house, alice).size(), 10u);
}

TEST(WebhooksPageTest, TheOperatorsAreTheOperatorsToMakeSeeAndRemove) {
  House house;
  house.sign_in(alice);
  house.press("/webhooks", {{"action", "add"}, {"url", hook_url}, {"everything", "1"}});
  EXPECT_TRUE(hooks_of(house, std::nullopt).empty());
  EXPECT_EQ(hooks_of(house, alice).size(), 1u);
  house.forget_cookies();
  house.sign_in(bob);
  house.press("/webhooks", {{"action", "add"}, {"url", "https://all.example/"}, {"everything", "1"}});
  ASSERT_EQ(hooks_of(house, std::nullopt).size(), 1u);
  EXPECT_TRUE(has(house.open("/webhooks"), "all.example"));
  const std::string id = id_of(hooks_of(house, std::nullopt)[0]);
  house.forget_cookies();
  house.sign_in(alice);
  EXPECT_FALSE(has(house.open("/webhooks"), "all.example"));
  EXPECT_EQ(house.press("/webhooks", {{"action", "remove"}, {"webhook", id}}).status, 404);
  EXPECT_EQ(hooks_of(house, std::nullopt).size(), 1u);
}

TEST(WebhooksPageTest, OnesOwnIsRemovedAndNobodyElses) {
  House house;
  house.sign_in(alice);
  house.press("/webhooks", {{"action", "add"}, {"url", hook_url}});
  const std::string id = id_of(hooks_of(house, alice).at(0));
  house.forget_cookies();
  house.sign_in(christine);
  EXPECT_FALSE(has(house.open("/webhooks"), "hooks.example"));
  EXPECT_EQ(house.press("/webhooks", {{"action", "remove"}, {"webhook", id}}).status, 404);
  house.forget_cookies();
  house.sign_in(alice);
  EXPECT_EQ(house.press("/webhooks", {{"action", "remove"}, {"webhook", id}}).status, 303);
  EXPECT_TRUE(hooks_of(house, alice).empty());
}

TEST(WebhooksPageTest, WhoeverIsNotSignedInOrComesFromElsewhereMakesNone) {
  House house;
  EXPECT_EQ(house.open("/webhooks").status, 401);
  EXPECT_EQ(house.post("/webhooks", {{"action", "add"}, {"url", hook_url}}).status, 401);
  house.sign_in(alice);
  const std::string nonce = house.nonce_of("/webhooks");
  house.post_from("/webhooks", {{"action", "add"}, {"url", hook_url}, {"nonce", nonce}},
                  {{"origin", "https://evil.example"}});
  EXPECT_TRUE(hooks_of(house, alice).empty());
}

TEST(WebhooksPageTest, ItSaysHowTheNewestDeliveriesWentAndWhyOneWasTurnedOff) {
  House house;
  house.ask();
  house.sign_in(alice);
  house.press("/webhooks", {{"action", "add"}, {"url", hook_url}});
  const auto hook = hooks_of(house, alice).at(0);
  storage::queue_delivery(house.db, {.id = storage::DeliveryId{1},
                                     .webhook = hook.id,
                                     .introduction = first_request,
                                     .shown_state = "asked",
                                     .created_at = house.now});
  EXPECT_TRUE(has(house.open("/webhooks"), "waiting for its turn"));
  const auto claimed = storage::claim_deliveries(house.db, house.now, std::chrono::minutes{1}, 1).at(0);
  storage::retry_delivery(house.db, claimed.delivery, "HTTP/1.1 500 <b>", house.now, house.now);
  const auto failing = house.open("/webhooks");
  EXPECT_TRUE(has(failing, "will be tried again: HTTP/1.1 500 &lt;b&gt;"));
  EXPECT_TRUE(has(failing, "Failing since"));
  storage::disable_webhook(house.db, hook.id, "Its server says that it is gone.", house.now);
  EXPECT_TRUE(has(house.open("/webhooks"), "Its server says that it is gone."));
}

TEST(WebhooksPageTest, OneThatIsOffIsTurnedOnAgainByWhomItBelongsTo) {
  House house;
  house.sign_in(alice);
  house.press("/webhooks", {{"action", "add"}, {"url", hook_url}});
  const auto hook = hooks_of(house, alice).at(0);
  EXPECT_FALSE(has(house.open("/webhooks"), "Turn on again"));
  storage::disable_webhook(house.db, hook.id, "Its server says that it is gone.", house.now);
  EXPECT_TRUE(has(house.open("/webhooks"), "Turn on again"));
  const Form form{{"action", "enable"}, {"webhook", id_of(hook)}};
  house.forget_cookies();
  house.sign_in(bob);
  EXPECT_EQ(house.press("/webhooks", form).status, 404);
  EXPECT_TRUE(hooks_of(house, alice).at(0).disabled_at);
  house.forget_cookies();
  house.sign_in(alice);
  EXPECT_EQ(house.press("/webhooks", form).status, 303);
  EXPECT_FALSE(hooks_of(house, alice).at(0).disabled_at);
  EXPECT_FALSE(has(house.open("/webhooks"), "it is gone"));
}

std::string wanted(const std::string& url, bool everything = false) {
  return "{\"url\":\"" + url + "\"" + (everything ? ",\"everything\":true" : "") + "}";
}

TEST(ApiWebhooksTest, AreMadeListedAndRemoved) {
  ApiHouse api;
  const std::string token = api.token(alice, "webhooks:write");
  const auto made = api.post("/webhooks", token, wanted(hook_url));
  ASSERT_EQ(made.status, 201) << made.body;
  const auto& body = json_of(made);
  EXPECT_EQ(hooks_of(api.house, alice).at(0).secret, std::string(body.at("secret").as_string()));
  const auto listed = api.get("/webhooks", token);
  EXPECT_EQ(json_of(listed).at("items").as_array().size(), 1u);
  EXPECT_FALSE(has(listed, "whsec_"));
  const std::string path = "/webhooks/" + std::string(body.at("id").as_string());
  EXPECT_EQ(api.send("DELETE", path, api.token(bob)).status, 404);
  EXPECT_EQ(api.send("DELETE", path, token).status, 204);
  EXPECT_EQ(api.send("DELETE", path, token).status, 404);
  EXPECT_TRUE(hooks_of(api.house, alice).empty());
}

TEST(ApiWebhooksTest, WantTheirScopeAndAPublicAddress) {
  ApiHouse api;
  EXPECT_EQ(problem_of(api.post("/webhooks", api.token(alice, "find"), wanted(hook_url))),
            "insufficient_scope");
  const std::string token = api.token(alice, "webhooks:write");
  for (const char* url : {"", "https://10.0.0.1/", "https://[::1]/", "http://hooks.example/", "gopher://x/"})
    EXPECT_EQ(problem_of(api.post("/webhooks", token, wanted(url))), "wrong_member") << url;
}

TEST(ApiWebhooksTest, EverythingIsForTheScopeOfTheOperator) {
  ApiHouse api;
  const std::string members = api.token(alice, "webhooks:write");
  EXPECT_EQ(problem_of(api.post("/webhooks", members, wanted(hook_url, true))), "wrong_member");
  const std::string operators = api.token(bob, "webhooks:write operator");
  EXPECT_EQ(api.post("/webhooks", operators, wanted(hook_url, true)).status, 201);
  const auto hooks = hooks_of(api.house, std::nullopt);
  ASSERT_EQ(hooks.size(), 1u);
  EXPECT_EQ(json_of(api.get("/webhooks", operators)).at("items").as_array().size(), 1u);
  EXPECT_EQ(json_of(api.get("/webhooks", members)).at("items").as_array().size(), 0u);
  EXPECT_EQ(api.send("DELETE", "/webhooks/" + id_of(hooks[0]), members).status, 404);
  EXPECT_EQ(api.send("DELETE", "/webhooks/" + id_of(hooks[0]), operators).status, 204);
}

}  // namespace
}  // namespace tertius::web
