// /me and /me/<id>: each of the three sees and does what is theirs, everybody else nothing.
#include <gtest/gtest.h>

#include "storage/introductions.hpp"
#include "storage/preferences.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

constexpr auto one = "/me/77";
constexpr auto pitch = "May I ask you twenty minutes about email for small shops?";
constexpr auto note = "Could you pass this on?";

struct MyIntroductionsTest : testing::Test {
  HttpResponse seen_by(PersonId person, const std::string& path = one) {
    house.forget_cookies();
    house.sign_in(person);
    return house.open(path);
  }
  void decide(Role by, DecisionKind kind, const std::string& words = {}, bool silent = false) {
    house.apply(Decided{by,
                        {.kind = kind, .note = words, .until = {}, .redirect_to = {}, .silent = silent},
                        Channel::command,
                        "test"});
  }
  House house;
};

TEST_F(MyIntroductionsTest, NobodyAndStrangersSeeAndChangeNothing) {
  house.ask();
  for (const char* path : {"/me", one, "/me/77/revise", "/settings"}) {
    EXPECT_EQ(house.open(path).status, 401) << path;
    EXPECT_EQ(house.post(path, {{"action", "withdraw"}}).status, 401) << path;
  }
  // Bob is another member, the operator, and on the list of connectors; he has not been asked.
  for (const PersonId person : {bob, gail}) {
    EXPECT_EQ(seen_by(person).status, 404);
    EXPECT_EQ(house.open(one).body, house.open("/me/78").body) << "it is there, and it shows";
    EXPECT_EQ(house.open("/me/77/revise").status, 404);
    const Form form{{"action", "withdraw"}, {"nonce", house.nonce_of("/settings")}};
    EXPECT_EQ(house.post(one, form).status, 404);
    EXPECT_FALSE(has(house.open("/me"), "/me/77"));
  }
  EXPECT_EQ(house.introduction().state, State::asked);
}

TEST_F(MyIntroductionsTest, ConnectorAndTargetCannotDoWhatIsTheRequesters) {
  house.forward();
  for (const PersonId person : {christine, gail}) {
    ASSERT_EQ(seen_by(person).status, 200);
    for (const char* action : {"withdraw", "nudge", "spoke", "check", "send"})
      EXPECT_EQ(house.post(one, {{"action", action}, {"pitch", "x"}, {"nonce", house.nonce_of("/settings")}})
                    .status,
                404)
          << action;
    EXPECT_EQ(house.open("/me/77/revise").status, 404);
  }
  EXPECT_EQ(house.introduction().state, State::forwarded);
}

TEST_F(MyIntroductionsTest, ThePageNeedsItsNonceAndOurOrigin) {
  house.ask();
  house.sign_in(alice);
  EXPECT_EQ(house.post(one, {{"action", "withdraw"}}).status, 409);
  const Form form{{"action", "withdraw"}, {"nonce", house.nonce_of(one)}};
  EXPECT_EQ(house.post_from(one, form, {{"origin", "https://elsewhere.example"}}).status, 403);
  house.forget_cookies();
  house.sign_in(christine);
  EXPECT_NE(house.post(one, form).status, 303) << "Alice's nonce, in Christine's hands";
  EXPECT_EQ(house.introduction().state, State::asked);
}

TEST_F(MyIntroductionsTest, EachSeesTheTextsThatWereMeantForThem) {
  house.forward();
  for (const auto& [person, sees_note] : {std::pair{alice, true}, {christine, true}, {gail, false}}) {
    const auto page = seen_by(person);
    EXPECT_TRUE(has(page, pitch));
    EXPECT_EQ(has(page, note), sees_note) << number(person);
    EXPECT_FALSE(has(page, "@example.org")) << number(person) << " reads an address";
  }
}

TEST_F(MyIntroductionsTest, TheTargetSeesNothingBeforeTheForward) {
  house.ask();
  EXPECT_FALSE(has(seen_by(gail, "/me"), "Alice"));
  decide(Role::connector, DecisionKind::forward);
  EXPECT_TRUE(has(seen_by(gail, "/me"), "Alice Chen (Acme) to you"));
}

TEST_F(MyIntroductionsTest, WhoIsAwaitedHasTheirOwnButtonsAlone) {
  house.forward();
  for (const auto& [person, role] : {std::pair{christine, Role::connector}, {gail, Role::target}}) {
    for (const char* path : {"/me", one}) {
      const auto page = seen_by(person, path);
      for (const Token& token : tokens_in(page.body, house.links.keys)) EXPECT_EQ(token.role, role);
      EXPECT_EQ(has(page, "/accept"), person == gail) << path;
    }
  }
  EXPECT_EQ(seen_by(gail, house.path("d", house.token(Role::target), "accept")).status, 200);
}

// Two houses, alike but for what this person may not know.
void expect_same_page(PersonId person, const std::function<void(House&)>& secret,
                      const std::function<void(House&)>& before, seconds later) {
  std::string pages[2][2];
  for (int with : {0, 1}) {
    House house;
    before(house);
    const Time start = house.now;
    if (with) secret(house);
    house.now = start + std::chrono::minutes{20};
    if (const auto at = later; at > seconds{0}) {
      house.now = start + at;
      while (true) {
        const auto due = next_deadline(house.introduction(), house.policy);
        if (!due || *due > house.now) break;
        house.apply(DeadlineReached{});
      }
    }
    house.visits = 0;
    house.sign_in(person);
    pages[with][0] = house.open("/me").body;
    pages[with][1] = house.open(one).body;
  }
  EXPECT_TRUE(pages[0][1].find("What happened so far") != std::string::npos);
  EXPECT_EQ(pages[0][0], pages[1][0]);
  EXPECT_EQ(pages[0][1], pages[1][1]);
}

Decided silent_no(Role by, Channel channel = Channel::command) {
  return {by,
          {.kind = DecisionKind::decline, .note = {}, .until = {}, .redirect_to = {}, .silent = true},
          channel,
          "quiet"};
}

TEST_F(MyIntroductionsTest, ASilentNoOrAHeldAnswerLooksLikeWaitingToTheOthers) {
  const auto asked = [](House& h) { h.ask(); };
  const auto forwarded = [](House& h) { h.forward(); };
  const auto connectors_no = [](House& h) { h.apply(silent_no(Role::connector)); };
  const auto connectors_held = [](House& h) {
    h.policy.hold_unbound = days{1};
    h.apply(silent_no(Role::connector, Channel::unbound_browser));
  };
  const auto targets_no = [](House& h) { h.apply(silent_no(Role::target)); };
  const auto targets_stop = [](House& h) { h.apply(Stopped{Role::target}); };
  for (const seconds later : {seconds{0}, seconds{days{6}}}) {
    expect_same_page(alice, connectors_no, asked, later);
    expect_same_page(alice, targets_no, forwarded, later);
    expect_same_page(christine, targets_no, forwarded, later);
    expect_same_page(christine, targets_stop, forwarded, later);
  }
  expect_same_page(alice, connectors_held, asked, seconds{0});
  expect_same_page(christine, targets_no, forwarded, days{30});
  expect_same_page(alice, targets_no, forwarded, days{30});
}

TEST_F(MyIntroductionsTest, TheConnectorSeesTheirOwnSilentNo) {
  house.ask();
  house.apply(silent_no(Role::connector));
  EXPECT_TRUE(has(seen_by(christine), "You declined, silently"));
  EXPECT_FALSE(has(seen_by(alice), "eclined"));
}

TEST_F(MyIntroductionsTest, AConnectorOfAnEarlierRoundSeesNeitherTheWordsNorTheNextOne) {
  house.ask();
  decide(Role::connector, DecisionKind::decline);
  ASSERT_EQ(house.introduction().asks.back().connector, bob);
  const auto page = seen_by(christine);
  EXPECT_TRUE(has(page, "you declined"));
  for (const char* secret : {pitch, note, "Bob"}) EXPECT_FALSE(has(page, secret)) << secret;
  EXPECT_TRUE(tokens_in(page.body, house.links.keys).empty());
  EXPECT_TRUE(has(seen_by(bob), pitch));
}

TEST_F(MyIntroductionsTest, WhoWantsNoNameIsNamedOnceTheyHaveAnswered) {
  storage::save_preferences(
      house.db, christine,
      {.click_policy = {}, .shown = Shown::anonymous, .quiet_from = {}, .quiet_to = {}, .max_open_asks = {}});
  house.ask();
  for (const char* path : {"/me", one}) EXPECT_FALSE(has(seen_by(alice, path), "Christine")) << path;
  decide(Role::connector, DecisionKind::forward);
  EXPECT_TRUE(has(seen_by(alice), "Christine"));
}

TEST_F(MyIntroductionsTest, ThatAConnectorPutItOffIsNotSeenInTheDate) {
  house.ask();
  house.sign_in(alice);
  const std::string end = date_text(house.now + house.policy.connector_expiry);
  EXPECT_TRUE(has(house.open(one), end));
  Decision later{.kind = DecisionKind::later, .note = {}, .until = house.now + days{30}, .redirect_to = {}};
  house.apply(Decided{Role::connector, later, Channel::command, "mail"});
  house.let_hold_pass();
  ASSERT_EQ(house.introduction().state, State::snoozed);
  EXPECT_TRUE(has(house.open(one), end));
  house.now += days{20};
  EXPECT_FALSE(has(house.open(one), "Their time is over on"));
}

TEST_F(MyIntroductionsTest, RemindingMailsTheConnectorOnceInFourDays) {
  house.ask();
  EXPECT_FALSE(has(seen_by(alice), "value=\"nudge\""));
  EXPECT_EQ(house.press(one, {{"action", "nudge"}}).status, 409);
  house.now += days{4};
  ASSERT_TRUE(has(house.open(one), "value=\"nudge\""));
  EXPECT_EQ(house.press(one, {{"action", "nudge"}}).status, 303);
  EXPECT_EQ(house.notices().back(), "reminder to Christine@example.org");
  EXPECT_TRUE(has(house.open(one), "You asked us to remind the connector"));
  const auto sent = house.notices().size();
  EXPECT_EQ(house.press(one, {{"action", "nudge"}}).status, 409);
  EXPECT_EQ(house.notices().size(), sent);
}

TEST_F(MyIntroductionsTest, RemindingAfterASilentNoLooksTheSameAndMailsNobody) {
  house.ask();
  house.apply(silent_no(Role::connector));
  house.now += days{4};
  house.sign_in(alice);
  const auto sent = house.notices().size();
  EXPECT_EQ(house.press(one, {{"action", "nudge"}}).status, 303);
  EXPECT_TRUE(has(house.open(one), "You asked us to remind the connector"));
  EXPECT_EQ(house.notices().size(), sent);
}

TEST_F(MyIntroductionsTest, ANewVersionIsShownWordByWordAndThenSent) {
  house.ask();
  decide(Role::connector, DecisionKind::revise, "Shorter, please.");
  ASSERT_TRUE(has(seen_by(alice), "/me/77/revise"));
  ASSERT_TRUE(has(house.open("/me/77/revise"), "Shorter, please."));
  const std::string fresh =
      "Gail, I am Alice Chen, founder of Acme; we do the books for 400 small shops. You built the mail that "
      "they use. Could we talk for 20 minutes on the phone in the next two weeks about email for small "
      "shops?";
  const auto post = [&](const char* action, const std::string& words) {
    return house.post(one, {{"action", action},
                            {"cover_note", note},
                            {"pitch", words},
                            {"nonce", house.nonce_of("/me/77/revise")}});
  };
  const auto checked = post("check", fresh);
  EXPECT_EQ(checked.status, 200) << checked.body;
  EXPECT_TRUE(has(checked, "<ins>")) << checked.body;
  EXPECT_TRUE(has(checked, "<del>"));
  EXPECT_TRUE(has(checked, "value=\"send\""));
  EXPECT_EQ(house.introduction().state, State::revising) << "checking sends nothing";
  const auto bad = post("send", "Hi! [name], can I pick your brain?");
  EXPECT_EQ(bad.status, 422);
  EXPECT_TRUE(has(bad, "can I pick your brain?")) << "what was typed is kept";
  EXPECT_EQ(house.introduction().state, State::revising);
  EXPECT_EQ(post("send", fresh).status, 303);
  EXPECT_EQ(house.introduction().state, State::asked);
  EXPECT_EQ(house.introduction().pitch, fresh);
  EXPECT_EQ(house.introduction().revision, 2);
}

TEST_F(MyIntroductionsTest, TheRequesterTellsHowItWent) {
  house.forward();
  decide(Role::target, DecisionKind::accept);
  ASSERT_TRUE(has(seen_by(alice), "Yes, we spoke"));
  EXPECT_EQ(house.press(one, {{"action", "spoke"}}).status, 303);
  EXPECT_EQ(house.introduction().outcome, Outcome::spoke);
}

TEST_F(MyIntroductionsTest, TheMailedLinkShowsTheSameAndDoesTheSame) {
  house.ask();
  const std::string show = house.path("show", house.token(Role::requester, TokenUse::show));
  EXPECT_TRUE(has(house.open(show), pitch));
  EXPECT_EQ(house.press(show, {{"action", "withdraw"}}).status, 303);
  EXPECT_EQ(house.introduction().state, State::withdrawn);
}

TEST_F(MyIntroductionsTest, ALongListIsPaged) {
  Introduction copy = house.introduction();
  for (int i = 0; i < 45; ++i) {
    copy.id = IntroductionId{1000 + i};
    copy.created_at += seconds{1};
    storage::add_introduction(house.db, copy, std::nullopt);
  }
  const auto count = [](const std::string& body) {
    std::size_t rows = 0;
    for (auto at = body.find("class=\"subject\""); at != body.npos;
         at = body.find("class=\"subject\"", at + 1))
      ++rows;
    return rows;
  };
  EXPECT_EQ(count(seen_by(alice, "/me").body), 20u);
  EXPECT_EQ(count(house.open("/me?page=3").body), 6u);
  EXPECT_FALSE(has(house.open("/me?page=3"), "Older"));
  for (const char* odd : {"/me?page=0", "/me?page=-1", "/me?page=x", "/me?page=99999999999999999999"})
    EXPECT_EQ(count(house.open(odd).body), 20u) << odd;
}

}  // namespace
}  // namespace tertius::web
