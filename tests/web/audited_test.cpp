// What pages and the API leave in the audit log, and what they do not.
#include <gtest/gtest.h>

#include "broker/sha256.hpp"
#include "storage/audit.hpp"
#include "storage/merging.hpp"
#include "storage/people.hpp"
#include "storage/webhooks.hpp"
#include "tests/support/web/api_house.hpp"
#include "web/api_json.hpp"

namespace tertius::web {
namespace {

class AuditedTest : public testing::Test {
 protected:
  // "who: what subject", oldest first; then they are forgotten.
  std::vector<std::string> noted() {
    std::vector<std::string> out;
    EXPECT_EQ(storage::check_audit(house.db, {}).wrong, "");
    auto entries = storage::recent_audit(house.db, {}, 100);
    for (; seen < static_cast<std::int64_t>(entries.size()); ++seen) {
      const auto& entry = entries[entries.size() - 1 - static_cast<std::size_t>(seen)];
      EXPECT_EQ(entry.at, house.now);
      out.push_back(entry.who + ": " + entry.what + (entry.subject.empty() ? "" : " ") + entry.subject);
    }
    return out;
  }
  using Lines = std::vector<std::string>;

  ApiHouse api;
  House& house = api.house;
  std::int64_t seen = 0;
};

TEST_F(AuditedTest, TheOperatorsSigningInIsNotedAndNobodyElses) {
  house.sign_in(alice);
  EXPECT_EQ(noted(), Lines{});
  house.forget_cookies();
  house.sign_in(bob);
  EXPECT_EQ(noted(), Lines{"operator: sign-in person 4"});
}

TEST_F(AuditedTest, TokensMadeAndRevokedAreNotedByNumberAlone) {
  house.sign_in(alice);
  house.press("/tokens", {{"action", "add"}, {"name", "secret plan"}, {"find", "1"}});
  const auto id = std::to_string(static_cast<std::int64_t>(storage::api_tokens_of(house.db, alice).at(0).id));
  EXPECT_EQ(noted(), Lines{"person 1: token add token " + id});
  for (int twice = 0; twice < 2; ++twice) house.press("/tokens", {{"action", "revoke"}, {"token", id}});
  EXPECT_EQ(noted(), Lines{"person 1: token revoke token " + id}) << "once";
  house.press("/tokens", {{"action", "add"}, {"name", "another"}, {"find", "1"}});
  noted();
  house.press("/browsers", {{"action", "forget_all"}});
  EXPECT_EQ(noted(), Lines{"person 1: token revoke all of person 1"});
}

TEST_F(AuditedTest, WebhooksAreNotedFromThePageAndTheApi) {
  house.sign_in(bob);
  noted();
  house.press("/webhooks", {{"action", "add"}, {"url", "https://x.example/"}, {"everything", "1"}});
  const auto hook = id_text(storage::webhooks_of(house.db, std::nullopt).at(0).id);
  house.press("/webhooks", {{"action", "enable"}, {"webhook", hook}});
  house.press("/webhooks", {{"action", "remove"}, {"webhook", hook}});
  EXPECT_EQ(noted(),
            (Lines{"operator: webhook add webhook " + hook, "operator: webhook remove webhook " + hook}));
  const std::string secret = api.token(alice, "webhooks:write");
  const auto made = api.post("/webhooks", secret, R"({"url":"https://y.example/"})");
  const std::string theirs(json_of(made).at("id").as_string());
  api.send("DELETE", "/webhooks/" + theirs, secret);
  EXPECT_EQ(noted(),
            (Lines{"person 1: webhook add webhook " + theirs, "person 1: webhook remove webhook " + theirs}));
}

TEST_F(AuditedTest, MailsThatAreSentAgainOrNotAtAllAreNoted) {
  house.ask();
  house.sign_in(bob);
  noted();
  house.press("/dashboard/notices/1", {{"action", "cancel"}});
  const std::string secret = api.token(bob, "operator");
  api.post("/operator/outbox/1/retry", secret);
  EXPECT_EQ(noted(), (Lines{"operator: outbox cancel notice 1", "person 4: outbox retry notice 1"}));
}

TEST_F(AuditedTest, MergingAndPartingAreNoted) {
  for (const std::int64_t id : {100, 101}) {
    Person person;
    person.id = PersonId{id};
    person.name = "Dora Lane";
    storage::add_person(house.db, person);
    storage::put_tie(house.db, {alice, person.id, TieSource::rating, 0.5, std::nullopt, ""});
  }
  house.sign_in(alice);
  const auto answer = [&](const char* action) {
    return house.post(
        "/contacts/alike",
        {{"nonce", house.nonce_of("/contacts")}, {"action", action}, {"one", "101"}, {"other", "100"}});
  };
  const auto kept = header(answer("same"), "Location") == "/contacts/100" ? 100 : 101;
  const std::string gone = kept == 100 ? "person 101" : "person 100";
  EXPECT_EQ(noted(), Lines{"person 1: contacts merge " + gone + " into person " + std::to_string(kept)});
  answer("two");
  EXPECT_EQ(noted(), Lines{});
}

// Whatever the method: it is all that is known of somebody.
TEST_F(AuditedTest, WhatIsTakenAlongIsNoted) {
  house.open("/settings/data/download");
  EXPECT_EQ(noted(), Lines{}) << "there was nothing to take";
  house.sign_in(alice);
  house.open("/settings/data");
  EXPECT_EQ(noted(), Lines{});
  house.open("/settings/data/download");
  house.open("/settings/data/mails");
  EXPECT_EQ(noted(), (Lines{"person 1: export person 1", "person 1: export person 1"}));
}

TEST_F(AuditedTest, WhatWasRefusedAndWhatIsOnlyLookedAtIsNot) {
  house.ask();
  house.sign_in(alice);
  house.press("/tokens", {{"action", "add"}, {"name", ""}, {"find", "1"}});
  house.press("/webhooks", {{"action", "add"}, {"url", "http://127.0.0.1/"}});
  house.post("/dashboard/notices/1", {{"action", "cancel"}, {"nonce", "forged"}});
  const std::string secret = api.token(alice, "find");
  api.post("/operator/outbox/1/cancel", secret);
  api.post("/webhooks", secret, R"({"url":"https://y.example/"})");
  EXPECT_EQ(noted(), Lines{});
}

}  // namespace
}  // namespace tertius::web
