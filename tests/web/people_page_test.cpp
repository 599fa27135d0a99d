// The people one may meet: who is shown to whom, with what, and what strangers' words do there.
#include <gtest/gtest.h>

#include "storage/people.hpp"
#include "tests/support/storage/turned_round.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

struct PeoplePageTest : testing::Test {
  void tie(PersonId owner, PersonId contact) {
    const Tie tie{owner, contact, TieSource::mail, 0.5, {}, "wrote"};
    storage::put_tie(house.db, tie);
    if (storage::load_person(house.db, contact).member) storage::put_tie(house.db, turned_round(tie));
  }
  void rename(PersonId id, const std::string& name, const std::string& organisation) {
    Person person = storage::load_person(house.db, id);
    person.name = name;
    person.organisation = organisation;
    storage::save_person(house.db, person);
  }
  House house;
  const std::string gails = "/people/3";
};

TEST_F(PeoplePageTest, WhoIsNotSignedInSeesNobody) {
  for (const char* path : {"/people", "/people?q=bob", "/people/4"}) {
    const auto page = house.open(path);
    EXPECT_EQ(page.status, 401) << path;
    EXPECT_FALSE(has(page, "Bob")) << path;
  }
}

TEST_F(PeoplePageTest, WhoIsNoMemberSeesNobodyEither) {
  house.sign_in(gail);
  EXPECT_EQ(house.open("/people?q=bob").status, 401);
  EXPECT_EQ(house.open("/people/4").status, 401);
}

TEST_F(PeoplePageTest, AMemberFindsMembersByTheBeginningOfAWord) {
  house.sign_in(alice);
  EXPECT_TRUE(has(house.open("/people?q=sto"), "href=\"/people/4\""));
  EXPECT_TRUE(has(house.open("/people?q=quarry+bo"), "Bob Stone"));
  EXPECT_TRUE(has(house.open("/people?q=stoen"), "Bob Stone")) << "a slip of the finger";
  EXPECT_TRUE(has(house.open("/people?q=zzz"), "Nobody whom you could meet here"));
}

TEST_F(PeoplePageTest, AStrangersContactIsTheSameAsNobody) {
  rename(gail, "Gail Platt", "Lenses");
  tie(bob, gail);
  house.sign_in(alice);
  EXPECT_FALSE(has(house.open("/people?q=gail"), "Platt"));
  const auto hidden = house.open(gails), nobody = house.open("/people/999");
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(hidden.body, nobody.body);
  EXPECT_FALSE(has(house.open("/ask?to=3"), "Platt"));
}

TEST_F(PeoplePageTest, AContactsContactIsShownWithoutAnAddress) {
  tie(bob, gail);
  tie(alice, bob);
  house.sign_in(alice);
  const auto page = house.open(gails);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "Gail Goodman"));
  EXPECT_TRUE(has(page, "Constant Contact"));
  EXPECT_FALSE(has(page, "example.org"));
  EXPECT_FALSE(has(house.open("/people?q=gail"), "example.org"));
}

TEST_F(PeoplePageTest, WhoWantsToMeetNobodyCannotBeAskedFor) {
  Person person = storage::load_person(house.db, gail);
  person.consent = Consent::never;
  storage::save_person(house.db, person);
  tie(bob, gail);
  tie(alice, bob);
  house.sign_in(alice);
  EXPECT_EQ(house.open(gails).status, 404);
  tie(alice, gail);
  const auto page = house.open(gails);
  EXPECT_TRUE(has(page, "do not want to be introduced"));
  EXPECT_FALSE(has(page, "/ask?to"));
}

TEST_F(PeoplePageTest, WhoHasNoNameIsNotCalledByTheirAddress) {
  rename(gail, "", "Constant Contact");
  tie(alice, gail);
  house.sign_in(alice);
  const auto found = house.open("/people?q=constant"), page = house.open(gails),
             form = house.open("/ask?to=3");
  for (const auto& shown : {found, page, form}) {
    EXPECT_TRUE(has(shown, "Somebody at Constant Contact"));
    EXPECT_FALSE(has(shown, "gail@"));
    EXPECT_FALSE(has(shown, "Gail@"));
  }
}

TEST_F(PeoplePageTest, StrangeNumbersAreNobody) {
  house.sign_in(alice);
  for (const char* id : {"0", "-3", "3x", " 3", "3.0", "99999999999999999999", "", "%00", "1"})
    EXPECT_NE(house.open(std::string("/people/") + id).status, 500) << id;
  EXPECT_EQ(house.open("/people/1").status, 404) << "oneself";
  EXPECT_EQ(house.open("/people/4x").status, 404);
}

TEST_F(PeoplePageTest, TheWayIsDrawnAndSaid) {
  house.sign_in(alice);
  const auto page = house.open("/people/2");
  EXPECT_TRUE(has(page, "<svg class=\"path\" role=\"img\" aria-labelledby=\"path-title path-text\""));
  EXPECT_TRUE(
      has(page, "Between you and Christine Weaver there is one person: Bob Stone, a good connection."));
  EXPECT_TRUE(has(page, "old friends"));
  EXPECT_TRUE(has(page, "class=\"good\""));
  EXPECT_FALSE(has(page, "0.5")) << "never the number";
}

TEST_F(PeoplePageTest, ALongWayHasTwoPeopleAndTheSecondIsSomebody) {
  house.ways = {{bob, "long-1"}};
  house.sign_in(alice);
  const auto page = house.open("/people/2");
  EXPECT_TRUE(
      has(page, "Between you and Christine Weaver there are two people: Bob Stone, and somebody they know."));
  EXPECT_TRUE(has(page, ">they know</text>")) << page.body;
  EXPECT_TRUE(
      has(house.open("/ask?to=2"),
          "Bob Stone (Quarry), who knows somebody who knows Christine Weaver: two people have to agree"));
}

TEST_F(PeoplePageTest, WhoWouldRatherNotBeNamedIsSomebody) {
  house.ways = {{bob, "unnamed-1"}};
  house.sign_in(alice);
  for (const char* path : {"/people/2", "/ask?to=2"}) {
    const auto page = house.open(path);
    EXPECT_TRUE(has(page, "Somebody who knows Christine Weaver")) << path;
    EXPECT_FALSE(has(page, "Bob")) << path;
    EXPECT_FALSE(has(page, "Quarry")) << path;
  }
}

TEST_F(PeoplePageTest, NoWayIsSaidAndNothingIsDrawn) {
  house.ways.clear();
  house.sign_in(alice);
  const auto page = house.open("/people/2");
  EXPECT_TRUE(has(page, "Nobody we know of can introduce you"));
  EXPECT_FALSE(has(page, "<svg"));
}

TEST_F(PeoplePageTest, ManyWaysFitTheDrawing) {
  for (int i = 0; i < 40; ++i) house.ways.emplace_back(bob, "h" + std::to_string(i));
  house.sign_in(alice);
  EXPECT_TRUE(has(house.open("/people/2"), "39 others"));
}

TEST_F(PeoplePageTest, StrangersWordsStayWords) {
  const std::string hostile = "\"><script>alert(1)</script><img src=x>\xE2\x80\xAE";
  rename(christine, hostile, hostile);
  rename(bob, "</desc></svg>" + hostile, hostile);
  house.sign_in(alice);
  for (const char* path :
       {"/people?q=script", "/people/2", "/ask?to=2", "/people?q=%22%3E%3Cscript%3Ealert(1)"}) {
    const auto page = house.open(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_FALSE(has(page, "<script>alert")) << path;
    EXPECT_FALSE(has(page, "<img")) << path;
    EXPECT_FALSE(has(page, "</desc></svg>")) << path;
    EXPECT_FALSE(has(page, "\xE2\x80\xAE")) << path << ": the reading direction is turned";
    EXPECT_TRUE(has(page, "&lt;script&gt;")) << path;
  }
}

TEST_F(PeoplePageTest, OpeningChangesNothing) {
  house.sign_in(alice);
  const auto before = house.dump();
  for (const char* path : {"/people?q=gial", "/people/2", "/ask?to=2", "/coach", "/script/search.js"})
    for (const char* method : {"GET", "HEAD", "OPTIONS"}) house.open(path, method);
  EXPECT_EQ(house.dump(), before);
}

TEST_F(PeoplePageTest, ScriptsAreOursAndNoOther) {
  house.sign_in(alice);
  for (const char* path : {"/people", "/ask?to=2"}) {
    const std::string policy = header(house.open(path), "Content-Security-Policy");
    EXPECT_NE(policy.find("script-src 'self'; connect-src 'self'"), std::string::npos) << path;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << path;
  }
  EXPECT_EQ(header(house.open("/people/2"), "Content-Security-Policy").find("script-src"), std::string::npos);
  for (const char* name : {"search.js", "coach.js"}) {
    const auto script = house.open(std::string("/script/") + name);
    EXPECT_EQ(script.status, 200);
    EXPECT_EQ(script.content_type, "text/javascript; charset=utf-8");
  }
  for (const char* path :
       {"/script/", "/script/nothing.js", "/script/../pages/ask.html", "/script/a/search.js"})
    EXPECT_EQ(house.open(path).status, 404) << path;
}

}  // namespace
}  // namespace tertius::web
