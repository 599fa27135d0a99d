// The operator's dashboard: who sees it, and that its plots and tables say what happened.
#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"
#include "web/router.hpp"

namespace tertius::web {
namespace {

struct DashboardTest : testing::Test {  // the house's operator is Bob
  House house;
};

std::vector<std::string> every_page() { return {"/dashboard", "/dashboard?range=1y", "/dashboard/nothing"}; }

TEST_F(DashboardTest, WhoeverIsNotSignedInIsAskedTo) {
  for (const auto& path : every_page()) EXPECT_EQ(house.open(path).status, 401) << path;
  EXPECT_EQ(house.post("/dashboard", {}).status, 401);
}

TEST_F(DashboardTest, ToAnyOtherMemberThereIsNoSuchPage) {
  for (const PersonId person : {alice, christine, gail}) {
    house.sign_in(person);
    const auto nowhere = house.open("/nowhere");
    for (const auto& path : every_page()) {
      const auto page = house.open(path);
      EXPECT_EQ(page.status, 404) << path;
      EXPECT_EQ(page.body, nowhere.body) << path;
    }
    EXPECT_EQ(house.post("/dashboard", {}).status, 404);
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
  EXPECT_TRUE(has(page, "<tr><td>9 March 2026</td><td>0</td><td>1</td>")) << "and the same in the table";
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

}  // namespace
}  // namespace tertius::web
