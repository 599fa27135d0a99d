// Every page of the table, with all its sections and with none.

#include <gtest/gtest.h>

#include <set>

#include "templates/page_fields.hpp"
#include "templates/render.hpp"
#include "tests/support/templates/sample.hpp"

namespace tertius::templates {
namespace {

std::set<std::string> pages() {
  std::set<std::string> names;
  for (const auto& row : page_fields)
    if (row.page != layout_page) names.emplace(row.page);
  return names;
}

std::size_t count(std::string_view text, std::string_view word) {
  std::size_t found = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
  return found;
}

class PagesTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(load_catalogue()); }

  static std::string rendered(const std::string& page, const Fields& fields) {
    auto html = render_page(page, fields);
    if (html) return html.value();
    ADD_FAILURE() << html.error().what;
    return {};
  }
};

TEST_F(PagesTest, EveryPageRenders) {
  for (const auto& page : pages()) {
    const auto html = rendered(page, sample::page(page));
    EXPECT_TRUE(html.starts_with("<!doctype html>")) << page;
    EXPECT_NE(html.find("</html>"), html.npos) << page;
    EXPECT_EQ(html.find("{{"), html.npos) << page;
    EXPECT_EQ(count(html, "<h1"), 1u) << page;
  }
}

TEST_F(PagesTest, EveryPageRendersWithoutItsSections) {
  for (const auto& page : pages()) {
    auto fields = sample::page(page);
    fields.sections.clear();
    EXPECT_NE(rendered(page, fields).find("</html>"), std::string::npos) << page;
  }
}

// A value in the table that no page shows is a promise the web keeps for nothing.
TEST_F(PagesTest, EveryValueOfTheTableIsWantedByItsPage) {
  for (const auto& row : page_fields) {
    if (!row.section.empty() || row.page == layout_page) continue;
    const auto whole = sample::page(row.page);
    for (const auto& [name, value] : whole.values) {
      auto fields = whole;
      fields.values[name] = "/unheard";
      EXPECT_NE(rendered(std::string{row.page}, fields).find("/unheard"), std::string::npos)
          << row.page << " does not show " << name;
    }
  }
}

TEST_F(PagesTest, MissingValueIsAnErrorThatNamesPageAndValue) {
  auto fields = sample::page("decision");
  fields.values.erase("NONCE");
  const auto html = render_page("decision", fields);
  ASSERT_FALSE(html);
  EXPECT_EQ(html.error().what, "pages/decision.html shows {{NONCE}}, and nothing fills it");
}

TEST_F(PagesTest, UnknownPageIsAnError) {
  EXPECT_EQ(render_page("nonsense", {}).error().what, "there is no page nonsense");
  EXPECT_FALSE(render_page("layout", sample::page("index")));
}

TEST_F(PagesTest, EveryValueIsEscaped) {
  const std::string evil = "\"'><script>alert(1)</script>";
  for (const auto& page : pages()) {
    auto fields = sample::page(page);
    const auto scripts = count(rendered(page, fields), "<script");
    for (auto& [name, value] : fields.values) value += evil;
    for (auto& [name, elements] : fields.sections)
      for (auto& element : elements)
        for (auto& [value_name, value] : element.values) value += evil;
    const auto html = rendered(page, fields);
    EXPECT_EQ(count(html, "<script"), scripts) << page;
    EXPECT_EQ(html.find("\"'>"), html.npos) << page;
  }
}

TEST_F(PagesTest, ScriptIsOnTheDecisionPageAloneAndOnlyWhereWanted) {
  auto fields = sample::page("decision");
  fields.sections.erase("AT_ONCE");
  const auto html = rendered("decision", fields);
  EXPECT_NE(html.find("<script>" + std::string{decision_script()} + "</script>"), html.npos);
  EXPECT_EQ(html.find("data-when"), html.npos);
  fields.sections.erase("ONE_CLICK");
  EXPECT_EQ(rendered("decision", fields).find("<script"), std::string::npos);
  fields.sections["AT_ONCE"] = {Fields{}};
  EXPECT_NE(rendered("decision", fields).find(" data-when=\"at-once\""), std::string::npos);
  for (const auto& page : pages()) {
    if (page == "decision") continue;
    EXPECT_EQ(rendered(page, sample::page(page)).find("<script>"), std::string::npos) << page;
  }
}

TEST_F(PagesTest, DecisionPagePostsNonceAndAction) {
  const auto html = rendered("decision", sample::page("decision"));
  EXPECT_NE(html.find("<input type=\"hidden\" name=\"nonce\" value=\"NONCE\">"), html.npos);
  EXPECT_NE(html.find("<input type=\"hidden\" name=\"action\" value=\"forward\">"), html.npos);
  EXPECT_NE(html.find("<textarea id=\"note\" name=\"endorsement\""), html.npos);
}

TEST_F(PagesTest, DecoyIsHiddenFromPeopleAndAssistiveTechnology) {
  const auto html = rendered("decision", sample::page("decision"));
  const auto decoy = html.find("<form class=\"aside\"");
  ASSERT_NE(decoy, html.npos);
  const auto form = html.substr(decoy, html.find("</form>", decoy) - decoy);
  EXPECT_NE(form.find("aria-hidden=\"true\""), form.npos);
  EXPECT_NE(form.find("tabindex=\"-1\""), form.npos);
  EXPECT_NE(form.find("name=\"decoy\""), form.npos);
  EXPECT_NE(stylesheet().find(".aside { position: absolute"), std::string_view::npos);
}

// A label for each control that a person fills in: WCAG 1.3.1.
TEST_F(PagesTest, EveryControlHasALabel) {
  for (const auto& page : pages()) {
    const auto html = rendered(page, sample::page(page));
    for (auto at = html.find(" id=\""); at != html.npos; at = html.find(" id=\"", at + 1)) {
      const auto tag = html.substr(html.rfind('<', at) + 1, 8);
      if (!tag.starts_with("input") && !tag.starts_with("textarea") && !tag.starts_with("select")) continue;
      const auto id = html.substr(at + 5, html.find('"', at + 5) - at - 5);
      EXPECT_NE(html.find("<label for=\"" + id + "\""), html.npos) << page << ": " << id;
    }
  }
}

TEST_F(PagesTest, MailIsShownInAFrameThatRunsNothing) {
  auto fields = sample::page("try_mail");
  fields.values["HTML"] = "<p>\"hello\"</p><script>alert(1)</script>";
  const auto html = rendered("try_mail", fields);
  EXPECT_NE(html.find("&lt;p&gt;&quot;hello&quot;&lt;/p&gt;&lt;script&gt;"), html.npos);
  EXPECT_NE(html.find(" sandbox=\""), html.npos);
  EXPECT_EQ(html.find("allow-scripts"), html.npos);
  EXPECT_EQ(html.find("allow-same-origin"), html.npos);
}

TEST_F(PagesTest, LinesOfAMailSurvive) {
  const auto html = rendered("decision", sample::page("decision"));
  EXPECT_NE(html.find("should talk.\n\nAlice writes:"), html.npos);
}

}  // namespace
}  // namespace tertius::templates
