// The operator's dashboard: who sees it, and that its plots and tables say what happened.
#include <gtest/gtest.h>

#include "storage/introductions.hpp"

#include "tests/support/web/dashboard.hpp"
#include "web/router.hpp"

namespace tertius::web {
namespace {

// All there is below /dashboard, in a house where Alice has asked and `answer` has come.
std::vector<std::string> every_page() {
  return {"/dashboard",
          "/dashboard?range=1y",
          "/dashboard/nothing",
          "/dashboard/letters",
          "/dashboard/letters?q=christine&kind=human&before=9999999999-9",
          "/dashboard/letters/5",
          "/dashboard/letters/5?source=more",
          "/dashboard/letters/5/raw",
          "/dashboard/letters/6",
          "/dashboard/notices",
          "/dashboard/notices?q=christine&state=due",
          "/dashboard/notices/1",
          "/dashboard/notices/1/html",
          "/dashboard/notices/99",
          "/dashboard/introductions",
          "/dashboard/introductions?id=77",
          "/dashboard/introductions/77",
          "/dashboard/introductions/78"};
}

std::string notice_state(House& house, std::int64_t id) {
  return house.db.row("SELECT state FROM outbox WHERE id = $1", {id})->text(0);
}

TEST_F(DashboardTest, WhoeverIsNotSignedInIsAskedTo) {
  house.ask();
  storage::add_letter(house.db, answer(house));
  for (const auto& path : every_page()) EXPECT_EQ(house.open(path).status, 401) << path;
  for (const char* path : {"/dashboard", "/dashboard/notices", "/dashboard/notices/1"})
    EXPECT_EQ(house.post(path, {{"action", "cancel"}}).status, 401) << path;
}

TEST_F(DashboardTest, ToAnyOtherMemberThereIsNoSuchPage) {
  house.ask();
  storage::add_letter(house.db, answer(house));
  for (const PersonId person : {alice, christine, gail}) {
    house.sign_in(person);
    const auto nowhere = house.open("/nowhere");
    for (const auto& path : every_page()) {
      const auto page = house.open(path);
      EXPECT_EQ(page.status, 404) << path;
      EXPECT_EQ(page.body, nowhere.body) << path;
    }
    const std::string nonce = house.nonce_of("/sign-out");
    EXPECT_EQ(house.post("/dashboard/notices/1", {{"action", "cancel"}, {"nonce", nonce}}).status, 404);
    EXPECT_EQ(notice_state(house, 1), "due");
    EXPECT_FALSE(has(house.open("/"), "/dashboard"));
  }
}

TEST_F(DashboardTest, WhereNoOperatorIsNamedNobodyIs) {
  house.sign_in(bob);
  Desk desk = house.desk();
  desk.operator_address.reset();
  const HttpRequest request{"GET", "/dashboard", {}, {{"cookie", house.cookie}}, {}};
  EXPECT_EQ(respond(request, desk).status, 404);
}

TEST_F(DashboardTest, TheOperatorSeesPlotsWithTheirTables) {
  house.forward();
  house.sign_in(bob);
  const auto page = house.open("/dashboard");
  ASSERT_EQ(page.status, 200);
  for (const char* id : {"introductions", "decisions", "rates", "letters", "bounces", "backlog", "domains"}) {
    const std::string figure = "<figure class=\"figure\" id=\"" + std::string(id) + "\"><svg";
    EXPECT_TRUE(has(page, figure)) << id;
    EXPECT_TRUE(has(page, id + std::string("-narrow-title"))) << id;
  }
  EXPECT_TRUE(has(page, "<title>week of 9 March 2026: with the target 1</title>"));
  EXPECT_TRUE(has(page, "<tbody>\n<tr><td>9 March 2026</td><td>0</td><td>1</td>"))
      << "and the same in the table, newest first";
  EXPECT_TRUE(has(page, "href=\"/dashboard\" aria-current=\"page\"")) << "it stands in the navigation";
}

TEST_F(DashboardTest, EveryRangeHasItsWeeks) {
  house.sign_in(bob);
  const auto rows = [&](const std::string& path) {
    const std::string body = house.open(path).body;
    const auto begin = body.find("<tbody>");
    const std::string table = body.substr(begin, body.find("</tbody>") - begin);
    std::size_t count = 0;
    for (auto at = table.find("<tr>"); at != table.npos; at = table.find("<tr>", at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(rows("/dashboard"), 4u);
  EXPECT_EQ(rows("/dashboard?range=3m"), 13u);
  EXPECT_EQ(rows("/dashboard?range=1y"), 52u);
  EXPECT_EQ(rows("/dashboard?range=%3Cb%3E"), 4u);
}

TEST_F(DashboardTest, AStrangersDomainCannotTakeAFiguresPlace) {
  house.ask();
  house.db.run(
      "UPDATE outbox SET state = 'sent', sent_at = not_before + 5, ready_at = NULL, recipient_key = $1",
      {std::string("x@<figure class=\"figure\" id=\"domains\"></figure>")});
  house.sign_in(bob);
  const auto page = house.open("/dashboard");
  EXPECT_TRUE(has(page, "&lt;figure class=&quot;figure&quot; id=&quot;domains&quot;&gt;"));
  EXPECT_EQ(page.body.find("<svg class=\"plot wide\"", page.body.find("id=\"domains\"><svg") + 24),
            page.body.find("<svg class=\"plot wide\"", page.body.find("id=\"backlog\"")));
}

TEST_F(DashboardTest, TheOperatorSeesEveryPageAndLookingChangesNothing) {
  house.ask();
  storage::add_letter(house.db, answer(house));
  house.sign_in(bob);
  house.open("/dashboard");
  const std::string before = house.dump();
  for (const auto& path : every_page()) {
    for (const char* method : {"GET", "HEAD", "OPTIONS"})
      EXPECT_LT(house.open(path, method).status, 500) << method << " " << path;
  }
  EXPECT_EQ(house.dump(), before);
  EXPECT_EQ(header(house.open("/dashboard/introductions?id=77"), "Location"), "/dashboard/introductions/77");
  for (const char* path :
       {"/dashboard/letters/6", "/dashboard/letters/x", "/dashboard/letters/5/raw/x", "/dashboard/notices/99",
        "/dashboard/notices/1/raw", "/dashboard/introductions/78"})
    EXPECT_EQ(house.open(path).status, 404) << path;
}

TEST_F(DashboardTest, NoSecretOfOthersIsOnAnyPage) {
  house.ask();
  storage::add_letter(house.db, answer(house));
  house.sign_in(bob);
  for (const auto& path : every_page()) {
    if (path.find('?') != path.npos) continue;
    EXPECT_TRUE(tokens_in(house.open(path).body, house.links.keys).empty()) << path;
  }
  EXPECT_TRUE(has(house.open("/dashboard/letters/5"), "/d/[hidden]/forward"));
  EXPECT_TRUE(has(house.open("/dashboard/letters/5/raw"), "To: <intro+[hidden]@intro.example.org>"));
  EXPECT_TRUE(has(house.open("/dashboard/notices/1/html"), "/[hidden]"));
}

TEST_F(DashboardTest, ANoticeIsCancelledAndSentAgainByAPress) {
  house.ask();
  house.sign_in(bob);
  const auto page = house.open("/dashboard/notices/1");
  EXPECT_TRUE(has(page, "Do not send it"));
  EXPECT_FALSE(has(page, "<h1 class=\"mail-subject\"></h1>")) << "its subject";
  EXPECT_TRUE(has(page, "src=\"/dashboard/notices/1/html\""));
  house.post("/dashboard/notices/1", {{"action", "cancel"}, {"nonce", "forged"}});
  EXPECT_EQ(notice_state(house, 1), "due");
  EXPECT_EQ(house.press("/dashboard/notices/1", {{"action", "cancel"}}).status, 303);
  EXPECT_EQ(notice_state(house, 1), "cancelled");
  EXPECT_FALSE(has(house.open("/dashboard/notices/1"), "Do not send it"));
  EXPECT_EQ(house.press("/dashboard/notices/1", {{"action", "retry"}}).status, 303);
  EXPECT_EQ(notice_state(house, 1), "due");
  EXPECT_EQ(house.press("/dashboard/notices/1", {{"action", "burn"}}).status, 404);
}

TEST_F(DashboardTest, WhatTheCommandLineRefusesIsRefusedHere) {
  house.ask();
  house.sign_in(bob);
  const std::string nonce = house.nonce_of("/dashboard/notices/1");
  house.db.run("UPDATE outbox SET state = 'sent', ready_at = NULL WHERE id = 1");
  EXPECT_FALSE(has(house.open("/dashboard/notices/1"), "<form method=\"post\""));
  const auto refused = house.post("/dashboard/notices/1", {{"action", "cancel"}, {"nonce", nonce}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(has(refused, "notice 1 is sent"));
  std::int64_t request = 0;
  for (const auto& row : house.db.rows("SELECT id FROM outbox WHERE kind = 'request'"))
    request = row.integer(0);
  house.apply(Withdrawn{});
  const auto vain = house.press("/dashboard/notices/" + std::to_string(request), {{"action", "retry"}});
  EXPECT_EQ(vain.status, 409);
  EXPECT_TRUE(has(vain, "asks about an introduction that has ended"));
}

TEST_F(DashboardTest, AMailsHtmlStandsInAFrameThatDoesNothing) {
  house.ask();
  house.sign_in(bob);
  const std::string policy = header(house.open("/dashboard/notices/1/html"), "Content-Security-Policy");
  for (const char* rule : {"default-src 'none'", "sandbox", "form-action 'none'", "frame-ancestors 'self'"})
    EXPECT_NE(policy.find(rule), policy.npos) << rule;
  EXPECT_EQ(policy.find("allow-"), policy.npos);
  EXPECT_TRUE(has(house.open("/dashboard/notices/1"), "sandbox=\"\""));
  const std::string around = header(house.open("/dashboard/notices/1"), "Content-Security-Policy");
  EXPECT_EQ(around.find("unsafe"), around.npos);
}

TEST_F(DashboardTest, ASignInLinkOfSomebodyElseIsHidden) {
  storage::OutboxRow row;
  row.id = NoticeId{9};
  row.kind = NoticeKind::sign_in;
  row.recipient = "alice@example.org";
  row.message_id = "9@intro.example.org";
  row.fields = {{{"SIGN_IN_URL", "https://intro.example.org/sign-in/0123456789abcdef"},
                 {"EXPIRES_AT", "soon"},
                 {"COMMUNITY", "Rowan Alumni"},
                 {"TO_NAME", "Alice"},
                 {"ASK_ADDRESS", "intro@intro.example.org"},
                 {"STOP_URL", ""},
                 {"PUBLIC_URL", "https://intro.example.org"},
                 {"REPLY_ADDRESS", "intro@intro.example.org"}},
                {}};
  storage::add_notice(house.db, row);
  house.sign_in(bob);
  for (const char* path : {"/dashboard/notices/9", "/dashboard/notices/9/html"}) {
    EXPECT_TRUE(has(house.open(path), "/sign-in/[hidden]")) << path << house.open(path).body;
    EXPECT_FALSE(has(house.open(path), "0123456789abcdef")) << path;
  }
}

TEST_F(DashboardTest, AnIntroductionShowsWhatIsHeldAndWhatWasSilent) {
  house.ask();
  house.sign_in(bob);
  EXPECT_FALSE(has(house.open("/dashboard/introductions/77"), "confidential"));
  house.apply(Decided{
      Role::connector,
      {.kind = DecisionKind::decline, .note = "too busy", .until = {}, .redirect_to = {}, .silent = true},
      Channel::reply,
      "v"});
  const auto held = house.open("/dashboard/introductions/77");
  EXPECT_TRUE(
      has(held, "Held, and not yet done: decline, silently: &quot;too busy&quot;. By the connector (reply)"));
  EXPECT_TRUE(has(held, "That is confidential"));
  house.let_hold_pass();
  const auto silent = house.open("/dashboard/introductions/77");
  EXPECT_TRUE(has(silent, ">declined silently</span>"));
  EXPECT_TRUE(has(silent, "That is confidential"));
  EXPECT_TRUE(has(silent, "<dt>The requester sees</dt><dd>waiting"));
  EXPECT_TRUE(has(silent, "Christine@example.org"));
  EXPECT_TRUE(has(silent, "Could you pass this on?"));
  EXPECT_TRUE(has(silent, "href=\"/dashboard/notices/1\""));
}

TEST_F(DashboardTest, StrangersMarkupIsWords) {
  const std::string hostile = "\"'><script>alert(1)</script><img src=x>\xE2\x80\xAE</pre></textarea>";
  storage::LetterRow row = answer(house);
  row.subject = row.outcome = row.envelope_sender = row.message_id = hostile;
  row.raw = "From: " + hostile + "\r\nSubject: " + hostile + "\r\n\r\n" + hostile + "\r\n\xFF\r\n";
  storage::add_letter(house.db, row);
  Introduction draft = house.introduction();
  draft.subject = draft.cover_note = draft.pitch = hostile;
  storage::save_introduction(house.db, draft, std::nullopt);
  house.ask();
  house.db.run("UPDATE outbox SET last_reply = $1, recipient = $1", {hostile});
  house.sign_in(bob);
  for (auto path : every_page()) {
    if (path == "/dashboard/letters/5/raw") continue;
    const auto page = house.open(path);
    EXPECT_FALSE(has(page, "<script")) << path;
    EXPECT_FALSE(has(page, "<img")) << path;
    EXPECT_FALSE(has(page, "\"'>")) << path;
    EXPECT_FALSE(has(page, "\xE2\x80\xAE")) << path;
  }
  const auto found = house.open("/dashboard/letters?q=%22%27%3E%3Cscript%3E&kind=%22%3E%3Cscript%3E");
  EXPECT_FALSE(has(found, "<script"));
  const auto raw = house.open("/dashboard/letters/5/raw");
  EXPECT_EQ(raw.content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(header(raw, "X-Content-Type-Options"), "nosniff");
  EXPECT_TRUE(header(raw, "Content-Disposition").starts_with("attachment"));
}

}  // namespace
}  // namespace tertius::web
