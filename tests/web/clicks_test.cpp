// What a click on a decision link needs, in which browser and under which policy; and how browsers become
// known.
#include <gtest/gtest.h>

#include "broker/sha256.hpp"
#include "templates/render.hpp"
#include "tests/support/web/clicks.hpp"

namespace tertius::web {
namespace {

TEST_F(ClicksTest, EachPolicyAsksForMoreThanTheOneBefore) {
  struct Row {
    ClickPolicy policy;
    bool unknown_itself, known_at_once;
  };
  for (const Row& row : {Row{ClickPolicy::one_click, true, true}, Row{ClickPolicy::bound, false, true},
                         Row{ClickPolicy::strict, false, false}}) {
    SCOPED_TRACE(click_policy_name(row.policy));
    House fresh;
    std::swap(house.policy, fresh.policy);
    house.policy.click = row.policy;
    house.forget_cookies();
    for (const char* word : {"forward", "decline"}) {
      const auto unknown = house.open(link(word));
      EXPECT_EQ(posts_itself(unknown), row.unknown_itself);
      EXPECT_FALSE(has(unknown, at_once));
      EXPECT_TRUE(has(unknown, "<button class=\"button ")) << "a button is always there";
    }
    know_this_browser();
    for (const char* word : {"forward", "decline"})
      EXPECT_EQ(posts_at_once(house.open(link(word))), row.known_at_once);
    storage::forget_browsers_of(house.db, christine);
  }
}

TEST_F(ClicksTest, WhatNeedsWordsOrAChoiceIsNeverOneClick) {
  know_this_browser();
  for (const char* word : {"changes", "try", "later"}) EXPECT_FALSE(posts_itself(house.open(link(word))));
  house.forget_cookies();
  for (const char* word : {"changes", "try", "later"}) EXPECT_FALSE(posts_itself(house.open(link(word))));
}

// It is not held, so that nobody could take it back.
TEST_F(ClicksTest, AWordOnTheOutcomeIsPressed) {
  house.forward();
  house.apply(Decided{Role::target,
                      {.kind = DecisionKind::accept, .note = {}, .until = {}, .redirect_to = {}},
                      Channel::command,
                      "t"});
  ASSERT_EQ(house.introduction().state, State::introduced);
  house.sign_in(alice);
  const auto page = house.open(link("spoke", Role::requester));
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(posts_itself(page));
}

TEST_F(ClicksTest, OnlyOurOwnScriptMayRun) {
  const auto page = house.open(link("forward"));
  const std::string policy = header(page, "Content-Security-Policy");
  EXPECT_TRUE(policy.starts_with("default-src 'none';")) << policy;
  const std::string hash = "script-src 'sha256-" + base64_sha256(templates::decision_script()) + "'";
  EXPECT_NE(policy.find(hash), std::string::npos) << policy;
  EXPECT_NE(policy.find("form-action 'self'"), std::string::npos);
  house.policy.click = ClickPolicy::strict;
  EXPECT_EQ(header(house.open(link("forward")), "Content-Security-Policy").find("script-src"),
            std::string::npos);
}

TEST_F(ClicksTest, APageFetchedAheadWaitsForItsButton) {
  know_this_browser();
  const std::string path = link("forward");
  const std::vector<std::pair<std::string, std::string>> hints = {
      {"sec-purpose", "prefetch"},
      {"sec-purpose", "prefetch;prerender"},
      {"sec-purpose", "prefetch;anonymous-client-ip"},
      {"purpose", "prefetch"},
      {"x-moz", "prefetch"},
      {"x-purpose", "preview"}};
  for (const auto& hint : hints) {
    const auto page = house.exchange({"GET", path, {}, {hint}, {}});
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(posts_itself(page)) << hint.first << ": " << hint.second;
  }
  EXPECT_TRUE(posts_at_once(house.open(path)));
}

TEST_F(ClicksTest, OpeningAndLookingWritesNothing) {
  know_this_browser();
  const auto before = house.writes();
  for (const ClickPolicy policy :
       {ClickPolicy::one_click, ClickPolicy::bound, ClickPolicy::strict, ClickPolicy::reply_only}) {
    house.policy.click = policy;
    for (const char* method : {"GET", "HEAD", "OPTIONS"}) {
      for (const char* word : {"forward", "decline", "changes", "later", "try"})
        EXPECT_EQ(house.open(link(word), method).status, 200);
      house.open(standing(), method);
    }
    house.now += days{2};  // seen_at would be due
  }
  EXPECT_EQ(house.writes(), before);
}

// ---- how a browser becomes known ----

TEST_F(ClicksTest, AnAnswerThatOutlivesItsHoldMakesItsBrowserKnown) {
  const auto answer = decide("forward");
  EXPECT_TRUE(header(answer, "Set-Cookie").starts_with("__Host-tertius="));
  ASSERT_EQ(browsers().size(), 1U);
  EXPECT_EQ(browsers().front().pending_visit, house.introduction().held->visit);
  EXPECT_FALSE(has(house.open(link("decline")), at_once)) << "not before the hold has passed";
  house.let_hold_pass();
  EXPECT_EQ(browsers().front().pending_visit, "");
}

TEST_F(ClicksTest, AKnownBrowserIsHeldShortlyWithoutAReceipt) {
  know_this_browser();
  const auto notices = house.notices().size();
  house.now += days{2};
  const auto answer = decide("forward");
  EXPECT_EQ(header(answer, "Set-Cookie"), "") << "it has one";
  ASSERT_TRUE(house.introduction().held);
  EXPECT_EQ(house.introduction().held->channel, Channel::bound_browser);
  EXPECT_EQ(house.introduction().held->effective_at, house.now + house.policy.hold_bound);
  EXPECT_EQ(house.notices().size(), notices);
  EXPECT_EQ(browsers().front().seen_at, house.now);
}

TEST_F(ClicksTest, SentNowItIsKnownToo) {
  decide("forward");
  house.press(standing(), {{"action", "now"}});
  ASSERT_EQ(house.introduction().state, State::forwarded);
  EXPECT_EQ(browsers().front().pending_visit, "");
}

TEST_F(ClicksTest, AnAnswerThatIsTakenBackLeavesItsBrowserUnknown) {
  const std::vector<Event> ends = {
      Undone{Role::connector},  Withdrawn{},  Bounced{Role::connector, "550"},
      Stopped{Role::connector}, TargetLeft{}, Unclear{Role::connector, {"wait"}}};
  for (const Event& end : ends) {
    House fresh;
    fresh.ask();
    fresh.press(fresh.path("d", fresh.token(Role::connector), "forward"), {{"action", "forward"}});
    EXPECT_EQ(storage::browsers_of(fresh.db, christine, fresh.now).size(), 1U);
    fresh.apply(end);
    EXPECT_TRUE(storage::browsers_of(fresh.db, christine, fresh.now).empty()) << event_name(end);
  }
}

TEST_F(ClicksTest, AContradictionForgetsBothAndWantsAKnownBrowserFromThenOn) {
  decide("forward");
  house.forget_cookies();
  decide("decline");
  EXPECT_FALSE(house.introduction().held);
  EXPECT_TRUE(browsers().empty());
  EXPECT_EQ(storage::load_preferences(house.db, christine).click_policy, ClickPolicy::bound);
  EXPECT_FALSE(posts_itself(house.open(link("forward"))));
  EXPECT_TRUE(posts_itself(house.open(link("accept", Role::target))) ||
              house.open(link("accept", Role::target)).status == 409);
}

TEST_F(ClicksTest, AContradictionMakesAStricterWishNoWeaker) {
  set(christine, ClickPolicy::strict);
  decide("forward");
  decide("decline");
  EXPECT_EQ(storage::load_preferences(house.db, christine).click_policy, ClickPolicy::strict);
}

// Somebody may have set their wish back since: this introduction's links still wait.
TEST_F(ClicksTest, AfterAContradictionTheseLinksWaitWhateverThePersonHasSet) {
  decide("forward");
  decide("decline");
  storage::save_preferences(house.db, christine, {});
  EXPECT_FALSE(posts_itself(house.open(link("forward"))));
  house.apply(Decided{Role::connector,
                      {.kind = DecisionKind::forward, .note = {}, .until = {}, .redirect_to = {}},
                      Channel::command,
                      "test"});
  EXPECT_TRUE(posts_itself(house.open(link("accept", Role::target)))) << "the target has not contradicted";
}

TEST_F(ClicksTest, APersonMaySetMoreThanTheCommunityAndNotLess) {
  set(christine, ClickPolicy::bound);
  EXPECT_FALSE(posts_itself(house.open(link("forward"))));
  house.policy.click = ClickPolicy::bound;
  set(christine, ClickPolicy::one_click);
  EXPECT_FALSE(posts_itself(house.open(link("forward"))));
}

TEST_F(ClicksTest, ABrowserIsKnownForOnePerson) {
  know_this_browser();
  house.forward();
  EXPECT_FALSE(has(house.open(link("accept", Role::target)), at_once)) << "Christine's, not Gail's";
}

TEST_F(ClicksTest, SigningInMakesABrowserKnownAndSigningOutLeavesItKnown) {
  house.sign_in(christine);
  EXPECT_TRUE(posts_at_once(house.open(link("forward"))));
  house.press("/sign-out", {});
  EXPECT_TRUE(posts_at_once(house.open(link("forward"))));
  house.sign_in(christine);
  house.press("/sign-out", {{"action", "everywhere"}});
  EXPECT_FALSE(has(house.open(link("forward")), at_once));
}

TEST_F(ClicksTest, AfterHalfAYearABrowserIsUnknownAgain) {
  house.sign_in(christine);
  house.now += days{179};
  EXPECT_TRUE(posts_at_once(house.open(link("forward"))));
  house.now += days{2};
  EXPECT_FALSE(has(house.open(link("forward")), at_once));
}

TEST_F(ClicksTest, ACopiedNonceOpensNoKnownBrowser) {
  house.sign_in(christine);
  const std::string nonce = house.nonce_of(link("forward"));
  house.forget_cookies();
  house.post(link(""), {{"action", "forward"}, {"nonce", nonce}});
  ASSERT_TRUE(house.introduction().held);
  EXPECT_EQ(house.introduction().held->channel, Channel::unbound_browser) << "held long, with a receipt";
  EXPECT_EQ(house.notices().back(), "receipt to Christine@example.org");
}

TEST_F(ClicksTest, RememberingWantsTheNonceOfItsPage) {
  decide("forward");
  house.post(standing(), {{"action", "remember"}, {"nonce", "forged"}});
  EXPECT_EQ(browsers().front().pending_visit, house.introduction().held->visit);
  EXPECT_TRUE(has(house.open(standing()), "Remember this browser"));
  EXPECT_EQ(house.press(standing(), {{"action", "remember"}}).status, 303);
  EXPECT_EQ(browsers().front().pending_visit, "");
  EXPECT_FALSE(has(house.open(standing()), "Remember this browser"));
  house.press(standing(), {{"action", "undo"}});
  EXPECT_TRUE(posts_at_once(house.open(link("forward"))))
      << "it was pressed; an undo takes the answer back alone";
}

TEST_F(ClicksTest, RememberingWantsAnAnswerThatIsHeld) {
  const std::string nonce = house.nonce_of(standing());
  EXPECT_EQ(house.post(standing(), {{"action", "remember"}, {"nonce", nonce}}).status, 409);
  EXPECT_TRUE(browsers().empty());
}

// ---- robots ----

// ---- reply_only ----

TEST_F(ClicksTest, WhereAnswersAreMailedThePageShowsAndTakesNothing) {
  const std::string nonce = house.nonce_of(link("forward"));
  house.policy.click = ClickPolicy::reply_only;
  house.sign_in(christine);
  for (const char* word : {"forward", "decline", "changes", "later", "try"}) {
    const auto page = house.open(link(word));
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(has(page, "<form")) << word;
    EXPECT_FALSE(has(page, "<script"));
    const std::string address = reply_address(house.links, house.token(Role::connector, TokenUse::reply));
    EXPECT_TRUE(has(page, "mailto:" + address + "?subject=" + word)) << page.body;
  }
  EXPECT_TRUE(has(house.open(link("forward")), "May I ask you twenty minutes"));
  const auto answer = house.post(link(""), {{"action", "forward"}, {"nonce", nonce}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_FALSE(house.introduction().held);
}

TEST_F(ClicksTest, WhereAnswersAreMailedAPageMayStillTakeBack) {
  house.policy.click = ClickPolicy::reply_only;
  house.apply(Decided{Role::connector,
                      {.kind = DecisionKind::forward, .note = {}, .until = {}, .redirect_to = {}},
                      Channel::reply,
                      "letter1"});
  const auto page = house.open(standing());
  EXPECT_TRUE(has(page, "value=\"undo\""));
  for (const char* action : {"now", "remember", "edit"}) {
    EXPECT_FALSE(has(page, std::string("value=\"") + action + "\"")) << action;
    EXPECT_EQ(house.press(standing(), {{"action", action}, {"note", "x"}}).status, 403) << action;
  }
  EXPECT_TRUE(house.introduction().held);
  EXPECT_EQ(house.press(standing(), {{"action", "undo"}}).status, 303);
  EXPECT_FALSE(house.introduction().held);
}

// ---- receipts ----

TEST_F(ClicksTest, AnUnknownBrowsersAnswerIsReceiptedToItsPersonWithAnUndoLink) {
  house.forward();
  decide("accept", Role::target);
  ASSERT_TRUE(house.introduction().held);
  EXPECT_EQ(house.notices().back(), "receipt to Gail@example.org");
  const auto fields = house.db.row("SELECT fields FROM outbox_fields ORDER BY notice DESC LIMIT 1")->text(0);
  const std::string undo = house.path("undo", house.token(Role::target, TokenUse::undo));
  EXPECT_NE(fields.find(undo), std::string::npos) << fields;
  house.forget_cookies();
  EXPECT_EQ(house.press(undo, {{"action", "undo"}}).status, 303);
  EXPECT_FALSE(house.introduction().held);
}

}  // namespace
}  // namespace tertius::web
