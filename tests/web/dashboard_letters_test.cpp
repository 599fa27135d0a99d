// Any letter is found on the dashboard, with why it was read as it was.
#include <gtest/gtest.h>

#include <set>

#include "broker/explained.hpp"
#include "mail/read_letter.hpp"
#include "tests/support/web/dashboard.hpp"
#include "web/svg_writer.hpp"

namespace tertius::web {
namespace {

struct DashboardLettersTest : DashboardTest {};

TEST_F(DashboardLettersTest, ALetterIsFoundAndExplained) {
  house.ask();
  storage::add_letter(house.db, answer(house));
  house.sign_in(bob);
  for (const char* query :
       {"", "?q=CHRISTINE", "?q=%3C5%40client.example%3E", "?q=77", "?q=forward+connector&kind=human"}) {
    const auto list = house.open("/dashboard/letters" + std::string(query));
    EXPECT_TRUE(has(list, "href=\"/dashboard/letters/5\"")) << query;
  }
  EXPECT_TRUE(has(house.open("/dashboard/letters?q=nobody"), "No letter was found."));
  EXPECT_FALSE(has(house.open("/dashboard/letters?kind=bounce"), "/dashboard/letters/5"));
  const auto page = house.open("/dashboard/letters/5");
  EXPECT_TRUE(has(page, "<dt>Meaning</dt><dd>forward</dd>"));
  const Letter letter = mail::read_letter(answer(house).raw);
  for (const auto& why : explain(letter, {.notice = {}, .loop_domain = {}, .at = house.now}).why)
    EXPECT_TRUE(has(page, escaped(why))) << why;
  EXPECT_TRUE(has(page, "She is a find."));
  EXPECT_TRUE(has(page, "href=\"/dashboard/introductions/77\""));
  EXPECT_TRUE(has(page, "drafted \u2192 asked")) << "the introduction's history";
}

TEST_F(DashboardLettersTest, ALongSourceIsShownInParts) {
  storage::LetterRow row = answer(house);
  row.raw += std::string(100 << 10, 'x') + "the end";
  storage::add_letter(house.db, row);
  house.sign_in(bob);
  const auto page = house.open("/dashboard/letters/5");
  EXPECT_LT(page.body.size(), 80u << 10);
  EXPECT_TRUE(has(page, "href=\"/dashboard/letters/5?source=more\""));
  EXPECT_TRUE(has(house.open("/dashboard/letters/5?source=more"), "the end"));
  EXPECT_TRUE(has(house.open("/dashboard/letters/5/raw"), "the end"));
}

TEST_F(DashboardLettersTest, OlderLettersFollowOnTheNextPage) {
  for (int i = 1; i <= 120; ++i) {
    storage::LetterRow row = answer(house);
    row.id = LetterId{i};
    row.sha256 = std::to_string(i);
    row.introduction.reset();
    row.received_at = house.now + std::chrono::seconds{i / 7};
    storage::add_letter(house.db, row);
  }
  house.sign_in(bob);
  std::set<std::string> seen;
  std::string path = "/dashboard/letters?q=re%3A&kind=human";
  for (int pages = 1;; ++pages) {
    const std::string body = house.open(path).body;
    const std::string mark = "<li><a href=\"";
    for (auto at = body.find(mark); at != body.npos; at = body.find(mark, at + 1))
      EXPECT_TRUE(seen.insert(body.substr(at, body.find('>', at + 5) - at)).second);
    const std::string older = "class=\"button\" href=\"";
    const auto next = body.find(older);
    if (next == body.npos) {
      EXPECT_EQ(pages, 3);
      break;
    }
    path = body.substr(next + older.size(), body.find('"', next + older.size()) - next - older.size());
    for (auto at = path.find("&amp;"); at != path.npos; at = path.find("&amp;")) path.erase(at + 1, 4);
  }
  EXPECT_EQ(seen.size(), 120u);
}

}  // namespace
}  // namespace tertius::web
