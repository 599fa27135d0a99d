// A member's request form: whose request it is, who is asked in which order, what is shown before it goes,
// and that nothing is lost where something is wrong.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "storage/people.hpp"
#include "tests/support/web/house.hpp"
#include "web/mail_frames.hpp"

namespace tertius::web {
namespace {

struct MemberAskTest : testing::Test {
  MemberAskTest() {
    house.sign_in(alice);
    house.mails = {
        {"What Bob will read", "Bob Stone", "Introduce?", "plain words",
         "<style>@media (prefers-color-scheme: dark) { a {} }</style><p>(prefers-color-scheme: dark)</p>"}};
  }
  Form form(Form more = {}) {
    Form out = {{"to", "2"}, {"cover_note", "A note"}, {"pitch", "A pitch"}, {"do", "check"}};
    for (auto& [name, value] : more) out[name] = value;
    return out;
  }
  HttpResponse check(Form more = {}) {
    more["nonce"] = house.nonce_of("/ask?to=2");
    return house.post("/ask", form(std::move(more)));
  }
  HttpResponse send(Form more = {}) {
    more["do"] = "send";
    return check(std::move(more));
  }
  House house;
};

TEST_F(MemberAskTest, TheFormKnowsWhoAsksAndWhom) {
  const auto page = house.open("/ask?to=2");
  EXPECT_TRUE(has(page, "From Alice Chen (Acme)."));
  EXPECT_TRUE(has(page, "Christine Weaver"));
  EXPECT_TRUE(has(page, "<option value=\"4\" selected>Bob Stone (Quarry), a good connection</option>"));
  EXPECT_FALSE(has(page, "name=\"requester\""));
}

TEST_F(MemberAskTest, WhoIsNotSignedInKeepsTheFormThatIsConfirmedByMail) {
  house.forget_cookies();
  const auto page = house.open("/ask?to=2");
  EXPECT_TRUE(has(page, "name=\"requester\""));
  EXPECT_FALSE(has(page, "Christine"));
  house.press("/ask", {{"requester", "alice@example.org"}, {"target", "x"}, {"to", "2"}, {"do", "send"}});
  EXPECT_TRUE(house.asked.empty());
}

TEST_F(MemberAskTest, AForgedRequesterIsNotHeard) {
  send({{"requester", "bob@example.org"}});
  ASSERT_EQ(house.asked.size(), 1U);
  EXPECT_EQ(text(house.asked[0].requester), "Alice@example.org");
}

TEST_F(MemberAskTest, SendingAsksAtOnceAndShowsTheRequest) {
  const auto page = send({{"first", "4"}, {"purpose", "advice"}, {"subject", "A subject"}});
  EXPECT_EQ(page.status, 303);
  EXPECT_TRUE(header(page, "Location").starts_with("https://intro.example.org/show/"));
  ASSERT_EQ(house.asked.size(), 1U);
  EXPECT_EQ(house.asked[0].target_person, christine);
  EXPECT_EQ(house.asked[0].purpose, "advice");
  EXPECT_EQ(house.asked[0].subject, "A subject");
  ASSERT_EQ(house.asked[0].connectors.size(), 1U);
}

TEST_F(MemberAskTest, ConnectorsAreAskedInTheOrderChosenEachOnce) {
  house.ways = {{bob, "4"}, {gail, "3"}};
  send({{"first", "3"}, {"second", "3"}, {"third", "4"}, {"connector", "new@example.net"}});
  std::vector<std::string> asked;
  for (const Address& address : house.asked.at(0).connectors) asked.push_back(text(address));
  EXPECT_EQ(asked, (std::vector<std::string>{"new@example.net", "Gail@example.org", "Bob@example.org"}));
}

TEST_F(MemberAskTest, OnlyThoseWhoAreOfferedCanBeChosen) {
  const auto page = send({{"first", "3"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(house.asked.empty());
  EXPECT_TRUE(has(page, "can no longer be asked"));
}

TEST_F(MemberAskTest, NobodyIsAskedForWhomTheMemberMayNotSee) {
  Person person = storage::load_person(house.db, gail);
  person.name = "Gail Platt";
  storage::save_person(house.db, person);
  for (const char* to : {"3", "1", "999", "x"}) {
    const auto page = send({{"to", to}});
    EXPECT_EQ(page.status, 422) << to;
    EXPECT_FALSE(has(page, "Platt")) << to;
  }
  EXPECT_TRUE(house.asked.empty());
}

TEST_F(MemberAskTest, CheckingShowsTheMailsInFramesThatDoNothing) {
  const auto page = check({{"first", "4"}});
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(house.previewed.size(), 1U);
  EXPECT_TRUE(house.asked.empty());
  EXPECT_TRUE(has(page, "sandbox srcdoc=\"&lt;style&gt;@media (width &lt; 0px)"));
  EXPECT_TRUE(has(page, "sandbox srcdoc=\"&lt;style&gt;@media (width &gt;= 0px)"));
  EXPECT_FALSE(has(page, "allow-scripts"));
  EXPECT_TRUE(has(page, "plain words"));
  EXPECT_TRUE(has(page, "value=\"send\""));
  EXPECT_TRUE(has(page, ">A pitch</textarea>")) << "to be changed";
}

TEST_F(MemberAskTest, OnlyTheMailsOwnSheetIsTurnedLightOrDark) {
  const std::string html = house.mails[0].html;
  EXPECT_EQ(in_dark(html),
            "<style>@media (width >= 0px) { a {} }</style><p>(prefers-color-scheme: dark)</p>");
  EXPECT_EQ(in_light("<p>(prefers-color-scheme: dark)</p>"), "<p>(prefers-color-scheme: dark)</p>");
}

TEST_F(MemberAskTest, AFrameIsNotLeftByWhatStandsInIt) {
  house.mails[0].html = "\"></iframe><script>alert(1)</script>";
  house.mails[0].text = house.mails[0].subject = house.mails[0].title = "</pre><script>alert(2)</script>";
  const auto page = check();
  EXPECT_FALSE(has(page, "<script>alert"));
  EXPECT_FALSE(has(page, "\"></iframe><script>"));
}

TEST_F(MemberAskTest, WhatIsWrongStandsBesideItsFieldAndNothingIsLost) {
  house.rejection = Rejected{"no", "", {}, {{"Q5", Severity::blocks, "pitch", {"Say why."}, {"Because."}}}};
  const auto page = send({{"deadline_reason", ""}, {"subject", "Kept"}, {"purpose", "job"}});
  EXPECT_EQ(page.status, 422);
  for (const char* words : {"Say why.", ">A note</textarea>", ">A pitch</textarea>", "value=\"Kept\"",
                            "<option value=\"job\" selected>", "Christine Weaver"})
    EXPECT_TRUE(has(page, words)) << words;
}

TEST_F(MemberAskTest, OfSeveralPeopleOneIsChosen) {
  house.rejection = Rejected{"Could be any of 2 people.", "", {storage::load_person(house.db, bob)}, {}};
  const auto page = house.press("/ask", {{"target", "Stone"}, {"pitch", "A pitch"}, {"do", "check"}});
  EXPECT_TRUE(has(page, "Could be any of 2 people."));
  EXPECT_TRUE(has(page, "name=\"to\" value=\"4\""));
  EXPECT_FALSE(has(page, "Bob@example.org"));
}

TEST_F(MemberAskTest, TheDeadlineIsASentenceOfTheNote) {
  check({{"deadline", "2026-03-20"}, {"deadline_reason", "the fair begins then"}});
  EXPECT_EQ(house.previewed.at(0).cover_note,
            "A note\n\nI would need it by 20 March 2026, because the fair begins then.");
  check({{"deadline", "2026-03-09"}});
  EXPECT_EQ(house.previewed.at(1).cover_note, "A note\n\nI would need it by 9 March 2026.");
}

TEST_F(MemberAskTest, ADayThatIsNoneOrPastIsSaidAndNothingSent) {
  for (const char* day : {"2026-03-08", "2026-02-30", "tomorrow", "2026-13-01", "20260320", "2026-03-2x"}) {
    EXPECT_EQ(send({{"deadline", day}}).status, 422) << day;
    EXPECT_TRUE(house.asked.empty()) << day;
  }
  EXPECT_EQ(send({{"deadline_reason", "because"}}).status, 422);
}

TEST_F(MemberAskTest, APressThatCountsNoMoreLosesNoWords) {
  const std::string nonce = house.nonce_of("/ask?to=2");
  Form twice = form({{"nonce", nonce}, {"do", "send"}});
  EXPECT_EQ(house.post("/ask", twice).status, 303);
  const auto again = house.post("/ask", twice);
  EXPECT_EQ(again.status, 409);
  EXPECT_TRUE(has(again, ">A pitch</textarea>"));
  EXPECT_TRUE(has(again, "Nothing was changed"));
  twice["nonce"] = house.nonce_of("/ask?to=2");
  house.now += std::chrono::hours{13};
  EXPECT_EQ(house.post("/ask", twice).status, 409);
  EXPECT_EQ(house.asked.size(), 1U);
}

TEST_F(MemberAskTest, APageOfSomebodyElseAsksNobody) {
  Form stolen = form({{"nonce", house.nonce_of("/ask?to=2")}, {"do", "send"}});
  EXPECT_EQ(house.post_from("/ask", stolen, {{"origin", "https://evil.example"}}).status, 403);
  EXPECT_TRUE(house.asked.empty());
}

TEST_F(MemberAskTest, ANonceOfAnotherMemberDoesNotCount) {
  const std::string nonce = house.nonce_of("/ask?to=2");
  house.forget_cookies();
  house.sign_in(bob);
  EXPECT_EQ(house.post("/ask", form({{"nonce", nonce}, {"do", "send"}})).status, 409);
  EXPECT_TRUE(house.asked.empty());
}

TEST_F(MemberAskTest, ATextWithoutEndIsRefused) {
  const auto page = send({{"pitch", std::string(1'000'000, 'x')}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "too long for a request"));
  EXPECT_TRUE(house.asked.empty());
}

struct CoachTest : MemberAskTest {
  HttpResponse coach(const std::string& body, const std::string& origin = "https://intro.example.org") {
    return house.exchange({"POST", "/coach", {}, {{"origin", origin}}, body});
  }
};

TEST_F(CoachTest, FindingsComeByField) {
  const auto answer = coach(R"({"to":"2","pitch":"Hi [name], can I pick your brain?","cover_note":""})");
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "application/json");
  const auto findings = boost::json::parse(answer.body).at("findings").as_object();
  ASSERT_TRUE(findings.contains("pitch"));
  const auto first = findings.at("pitch").as_array().at(0).as_object();
  EXPECT_EQ(first.at("severity").as_string(), "blocks");
  EXPECT_NE(answer.body.find("Christine"), std::string::npos) << "the target is known to the writer";
}

TEST_F(CoachTest, WhomOneMayNotSeeIsNotNamed) {
  const auto answer = coach(R"({"to":"3","pitch":"Hi [name], can I pick your brain?"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.find("Gail"), std::string::npos);
}

TEST_F(CoachTest, WhoWouldRatherNotBeNamedIsNotNamed) {
  house.ways = {{bob, "unnamed-1"}};
  const auto answer = coach(
      R"({"to":"2","first":"unnamed-1","pitch":"Hi","cover_note":"Could you please pass this on to her for me?"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.find("Bob"), std::string::npos);
}

TEST_F(CoachTest, WhatIsNoFormIsRefused) {
  for (const char* body : {"", "[]", "{", "\"x\"", "{\"pitch\": 3}", "{\"pitch\": {\"a\": \"b\"}}", "\xFF"})
    EXPECT_EQ(coach(body).status, 400) << body;
  EXPECT_EQ(coach(std::string(40, '[')).status, 400);
  EXPECT_EQ(coach(std::string(200'000, ' ')).status, 413);
}

TEST_F(CoachTest, ItAnswersMembersOnOurPagesAlone) {
  const std::string body = R"({"pitch":"Hi"})";
  EXPECT_EQ(coach(body, "https://evil.example").status, 403);
  house.forget_cookies();
  EXPECT_EQ(coach(body).status, 401);
  house.sign_in(gail);
  EXPECT_EQ(coach(body).status, 401);
}

TEST_F(CoachTest, ItChangesNothing) {
  const auto before = house.dump();
  coach(R"({"to":"2","pitch":"Hi","first":"4"})");
  EXPECT_EQ(house.dump(), before);
}

}  // namespace
}  // namespace tertius::web
