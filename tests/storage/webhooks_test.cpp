#include "storage/webhooks.hpp"

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds lease{60};

class WebhooksTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    add_people(db(), 4);
    add_introduction(db(), asked_introduction(1, noon), {});
    for (const std::int64_t id : {1, 2}) add_webhook(db(), hook(id, PersonId{1}));
  }
  static Webhook hook(std::int64_t id, std::optional<PersonId> person) {
    return {.id = WebhookId{id},
            .person = person,
            .url = "https://p" + std::to_string(id) + ".example/",
            .secret = "whsec_c2VjcmV0",
            .created_at = noon};
  }
  bool queue(std::int64_t id, std::int64_t hook) {
    return queue_delivery(db(), {.id = DeliveryId{id},
                                 .webhook = WebhookId{hook},
                                 .introduction = IntroductionId{1},
                                 .shown_state = "asked",
                                 .body = "{" + std::to_string(id) + "}",
                                 .created_at = noon});
  }
  // The ids of what is claimed, by hook.
  std::map<std::int64_t, std::int64_t> claim(Time now) {
    std::map<std::int64_t, std::int64_t> out;
    for (const auto& [hook, delivery] : claim_deliveries(db(), now, lease, 10))
      out[static_cast<std::int64_t>(hook.id)] = static_cast<std::int64_t>(delivery.id);
    return out;
  }
  Delivery claim_one(Time now) { return claim_deliveries(db(), now, lease, 10).at(0).delivery; }
  Webhook first() { return find_webhook(db(), WebhookId{1}).value(); }
};
using Ids = std::map<std::int64_t, std::int64_t>;
TERTIUS_ON_EVERY_ENGINE(WebhooksTest);

TEST_P(WebhooksTest, AHookIsFoundAsItWasSaved) {
  Webhook saved = hook(7, std::nullopt);
  saved.failing_since = noon + minutes{1};
  saved.disabled_at = noon + minutes{2};
  saved.disabled_why = "gone";
  saved.dropped = 3;
  saved.ready_at = noon;
  add_webhook(db(), saved);
  const auto found = find_webhook(db(), WebhookId{7}).value();
  EXPECT_EQ(found.url, saved.url);
  EXPECT_EQ(found.secret, saved.secret);
  EXPECT_EQ(found.person, std::nullopt);
  EXPECT_EQ(found.created_at, noon);
  EXPECT_EQ(found.failing_since, saved.failing_since);
  EXPECT_EQ(found.disabled_at, saved.disabled_at);
  EXPECT_EQ(found.disabled_why, "gone");
  EXPECT_EQ(found.dropped, 3);
  EXPECT_EQ(found.ready_at, noon);
  EXPECT_EQ(webhooks_of(db(), std::nullopt).size(), 1u);
  EXPECT_EQ(webhooks_of(db(), PersonId{1}).size(), 2u);
  EXPECT_TRUE(webhooks_of(db(), PersonId{2}).empty());
}

TEST_P(WebhooksTest, TheOperatorsListenAndThePeoplesOwnButNoneThatIsTurnedOff) {
  add_webhook(db(), hook(3, PersonId{4}));
  add_webhook(db(), hook(4, std::nullopt));
  disable_webhook(db(), WebhookId{2}, "gone", noon);
  std::vector<WebhookId> heard;
  for (const auto& one : listening_webhooks(db(), PersonId{1}, PersonId{2}, PersonId{3}))
    heard.push_back(one.id);
  EXPECT_EQ(heard, (std::vector{WebhookId{1}, WebhookId{4}}));
}

TEST_P(WebhooksTest, EachHookIsToldInOrderAndOneThingAtATime) {
  for (const std::int64_t id : {10, 11}) queue(id, 1);
  queue(12, 2);
  EXPECT_EQ(claim(noon), (Ids{{1, 10}, {2, 12}}));
  EXPECT_EQ(claim(noon + seconds{1}), Ids{}) << "both are on their way";
  auto on_its_way = recent_deliveries(db(), WebhookId{1}, 5).at(1);
  EXPECT_EQ(on_its_way.attempts, 1);
  take_delivery(db(), on_its_way, "HTTP/1.1 204 No Content", noon + seconds{1});
  EXPECT_EQ(claim(noon + seconds{1}), (Ids{{1, 11}}));
  const auto taken = recent_deliveries(db(), WebhookId{1}, 5).at(1);
  EXPECT_TRUE(taken.taken);
  EXPECT_EQ(taken.settled_at, noon + seconds{1});
  EXPECT_EQ(taken.last_reply, "HTTP/1.1 204 No Content");
  EXPECT_EQ(taken.body, "") << "what was told is kept no longer than it is needed";
}

TEST_P(WebhooksTest, WhenNothingWaitsNothingIsDue) {
  queue(10, 1);
  take_delivery(db(), claim_one(noon), "ok", noon);
  EXPECT_EQ(first().ready_at, std::nullopt);
  queue(11, 1);
  EXPECT_EQ(first().ready_at, noon);
}

TEST_P(WebhooksTest, AFailureIsTriedAgainWhenItsWaitIsOverAndNothingOvertakesIt) {
  for (const std::int64_t id : {10, 11}) queue(id, 1);
  retry_delivery(db(), claim_one(noon), "HTTP/1.1 500 no", noon + minutes{5}, noon);
  EXPECT_EQ(first().failing_since, noon);
  queue(12, 1);
  EXPECT_EQ(claim(noon + minutes{4}), Ids{});
  const Delivery again = claim_one(noon + minutes{5});
  EXPECT_EQ(again.id, DeliveryId{10});
  EXPECT_EQ(again.attempts, 2);
  EXPECT_EQ(again.body, "{10}");
  retry_delivery(db(), again, "x", noon + minutes{6}, noon + minutes{5});
  EXPECT_EQ(first().failing_since, noon) << "since the first failure";
  take_delivery(db(), claim_one(noon + minutes{6}), "ok", noon + minutes{6});
  EXPECT_EQ(first().failing_since, std::nullopt);
}

TEST_P(WebhooksTest, WhatIsGivenUpLetsTheNextOneGo) {
  for (const std::int64_t id : {10, 11}) queue(id, 1);
  give_up_delivery(db(), claim_one(noon), "HTTP/1.1 500 no", noon);
  EXPECT_EQ(claim(noon), (Ids{{1, 11}}));
  const auto given_up = recent_deliveries(db(), WebhookId{1}, 5).at(1);
  EXPECT_FALSE(given_up.taken);
  EXPECT_TRUE(given_up.settled_at);
}

TEST_P(WebhooksTest, ALeaseThatHasRunOutIsClaimedAgainAndTheLateAnswerCountsForNothing) {
  queue(10, 1);
  const Delivery lost = claim_one(noon);
  EXPECT_EQ(claim(noon + lease - seconds{1}), Ids{});
  const Delivery again = claim_one(noon + lease);
  EXPECT_EQ(again.id, lost.id);
  give_up_delivery(db(), lost, "late", noon + lease);
  EXPECT_FALSE(recent_deliveries(db(), WebhookId{1}, 1).at(0).settled_at);
  take_delivery(db(), again, "ok", noon + lease);
  EXPECT_TRUE(recent_deliveries(db(), WebhookId{1}, 1).at(0).taken);
}

TEST_P(WebhooksTest, WhatADeadDaemonHadClaimedIsReleasedButNoRetryIsHurried) {
  queue(10, 1);
  queue(11, 2);
  const auto claimed = claim_deliveries(db(), noon, lease, 10);
  ASSERT_EQ(claimed.size(), 2u);
  for (const auto& one : claimed)
    if (one.hook.id == WebhookId{2}) retry_delivery(db(), one.delivery, "x", noon + minutes{5}, noon);
  EXPECT_EQ(release_webhooks(db(), noon + seconds{2}), 1);
  EXPECT_EQ(claim(noon + seconds{2}), (Ids{{1, 10}}));
}

TEST_P(WebhooksTest, AThousandWaitAndWhatIsMoreIsCounted) {
  for (int i = 0; i < most_waiting; ++i) ASSERT_TRUE(queue(100 + i, 1));
  EXPECT_FALSE(queue(5000, 1));
  EXPECT_TRUE(queue(5001, 2)) << "the others have their own";
  EXPECT_EQ(count_waiting(db(), WebhookId{1}), most_waiting);
  EXPECT_EQ(first().dropped, 1);
}

TEST_P(WebhooksTest, OneThatIsTurnedOffIsToldNothingMore) {
  for (const std::int64_t id : {10, 11}) queue(id, 1);
  const Delivery on_its_way = claim_one(noon);
  EXPECT_TRUE(disable_webhook(db(), WebhookId{1}, "gone", noon));
  EXPECT_FALSE(disable_webhook(db(), WebhookId{1}, "again", noon));
  EXPECT_FALSE(queue(12, 1));
  retry_delivery(db(), on_its_way, "late", noon, noon);
  EXPECT_EQ(claim(noon + minutes{60}), Ids{});
  EXPECT_EQ(first().disabled_why, "gone");
}

TEST_P(WebhooksTest, OldDeliveriesAreForgottenAndWaitingOnesNever) {
  for (const std::int64_t id : {10, 11}) queue(id, 1);
  take_delivery(db(), claim_one(noon), "ok", noon);
  const Time later = noon + settled_kept + minutes{1};
  retry_delivery(db(), claim_one(later), "x", later, later);
  EXPECT_EQ(recent_deliveries(db(), WebhookId{1}, 5).size(), 2u);
  queue(12, 1);
  give_up_delivery(db(), claim_one(later), "x", later);
  const auto left = recent_deliveries(db(), WebhookId{1}, 5);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].id, DeliveryId{12});
}

TEST_P(WebhooksTest, WhoIsErasedIsToldOfNoMore) {
  queue(10, 1);
  forget_deliveries_about(db(), PersonId{4});
  EXPECT_EQ(count_waiting(db(), WebhookId{1}), 1) << "no part of it is theirs";
  forget_deliveries_about(db(), PersonId{2});
  EXPECT_EQ(claim(noon), Ids{});
  EXPECT_EQ(first().ready_at, std::nullopt);
  queue(11, 1);
  EXPECT_EQ(claim(noon), (Ids{{1, 11}}));
}

TEST_P(WebhooksTest, RemovedItTakesItsDeliveriesAlong) {
  queue(10, 1);
  EXPECT_TRUE(remove_webhook(db(), WebhookId{1}));
  EXPECT_FALSE(remove_webhook(db(), WebhookId{1}));
  EXPECT_EQ(claim(noon), Ids{});
  EXPECT_EQ(recent_webhooks(db(), 5).size(), 1u);
}

class SharedWebhooksTest : public WebhooksTest {};
TERTIUS_ON_SHARED_ENGINES(SharedWebhooksTest);

TEST_P(SharedWebhooksTest, TwoDaemonsClaimEachHookOnce) {
  Database other = open_another();
  queue(10, 1);
  queue(11, 2);
  EXPECT_EQ(claim_deliveries(db(), noon, lease, 1).size(), 1u);
  EXPECT_EQ(claim_deliveries(other, noon, lease, 10).size(), 1u);
  EXPECT_EQ(claim_deliveries(db(), noon, lease, 10).size(), 0u);
}

}  // namespace
}  // namespace tertius::storage
