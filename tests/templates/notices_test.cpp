// Every notice, in words and in HTML, filled with one whole introduction.

#include <gtest/gtest.h>

#include <sstream>

#include "templates/paragraphs.hpp"
#include "templates/render.hpp"
#include "tests/support/templates/sample.hpp"

namespace tertius::templates {
namespace {

constexpr Role roles[] = {Role::requester, Role::connector, Role::target};

RenderedNotice rendered(NoticeKind kind, const Fields& fields, std::string_view language = "en") {
  auto notice = render_notice(kind, language, fields);
  if (notice) return notice.value();
  ADD_FAILURE() << notice.error().what;
  return {};
}

std::size_t count(std::string_view text, std::string_view word) {
  std::size_t found = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
  return found;
}

// Where each of these stands after the one before it.
void expect_in_order(std::string_view text, std::initializer_list<std::string_view> words) {
  std::size_t at = 0;
  for (const auto word : words) {
    const auto next = text.find(word, at);
    ASSERT_NE(next, text.npos) << word << "\nis not behind place " << at << " of\n" << text;
    at = next + word.size();
  }
}

class NoticesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto loaded = load_catalogue();
    ASSERT_TRUE(loaded) << loaded.error().what;
  }
};

TEST_F(NoticesTest, EveryKindRendersForEveryRole) {
  for (const auto& traits : notice_table()) {
    for (const auto role : roles) {
      const auto notice = rendered(traits.kind, sample::notice(role));
      EXPECT_FALSE(notice.subject.empty()) << traits.name;
      EXPECT_GT(notice.text.size(), 100u) << traits.name;
      EXPECT_TRUE(notice.html.starts_with("<!doctype html>\n<html lang=\"en\"")) << traits.name;
      EXPECT_TRUE(notice.html.ends_with("</html>")) << traits.name;
    }
  }
}

TEST_F(NoticesTest, NothingOfTheTemplateLanguageIsLeft) {
  for (const auto& traits : notice_table()) {
    const auto notice = rendered(traits.kind, sample::notice());
    for (const auto& part : {notice.subject, notice.text, notice.html}) {
      EXPECT_EQ(part.find("{{"), part.npos) << traits.name;
      EXPECT_EQ(part.find("}}"), part.npos) << traits.name;
    }
  }
}

TEST_F(NoticesTest, TextLinesAreAtMostSeventyTwoColumnsButForLinks) {
  for (const auto& traits : notice_table()) {
    std::istringstream lines{rendered(traits.kind, sample::notice()).text};
    for (std::string line; std::getline(lines, line);) {
      if (line.find("://") != line.npos || line.find("mailto:") != line.npos) continue;
      EXPECT_LE(line.size(), text_columns) << traits.name << ": " << line;
    }
  }
}

TEST_F(NoticesTest, LinksStandOnLinesOfTheirOwn) {
  auto fields = sample::notice();
  fields.values["PITCH"] = "";
  fields.sections["PITCH_LINES"].clear();
  for (const auto& traits : notice_table()) {
    std::istringstream lines{rendered(traits.kind, fields).text};
    for (std::string line; std::getline(lines, line);) {
      const auto at = std::min(line.find("https://"), line.find("mailto:"));
      if (at == line.npos) continue;
      EXPECT_EQ(at, 0u) << traits.name << ": " << line;
      EXPECT_EQ(line.find(' '), line.npos) << traits.name << ": " << line;
    }
  }
}

TEST_F(NoticesTest, TextHasNoSpaceAtALinesEndAndNoTwoEmptyLines) {
  for (const auto& traits : notice_table()) {
    const auto text = rendered(traits.kind, sample::notice()).text;
    EXPECT_EQ(text.find(" \n"), text.npos) << traits.name;
    EXPECT_EQ(text.find("\n\n\n"), text.npos) << traits.name;
    EXPECT_TRUE(text.ends_with('\n') && !text.starts_with('\n')) << traits.name;
  }
}

TEST_F(NoticesTest, NobodyShoutsAtTheReader) {
  for (const auto& traits : notice_table()) {
    const auto notice = rendered(traits.kind, sample::notice());
    EXPECT_EQ(notice.subject.find('!'), std::string::npos) << traits.name;
    EXPECT_EQ(notice.text.find('!'), std::string::npos) << traits.name;
  }
}

TEST_F(NoticesTest, HtmlLoadsNothingFromOutside) {
  for (const auto& traits : notice_table()) {
    const auto html = rendered(traits.kind, sample::notice()).html;
    for (const auto word : {"<img", "src=", "url(", "@import", "<link", "<script"})
      EXPECT_EQ(html.find(word), html.npos) << traits.name << " has " << word;
  }
}

TEST_F(NoticesTest, EveryElementWithAClassCarriesItsStyle) {
  for (const auto& traits : notice_table()) {
    const auto html = rendered(traits.kind, sample::notice()).html;
    EXPECT_EQ(count(html, " class=\""), count(html, "\" style=\"")) << traits.name;
  }
}

TEST_F(NoticesTest, ThreadKeepsItsSubject) {
  const auto subject = "Introduce Alice Chen (Acme) to Gail Goodman (Constant Contact)?";
  using enum NoticeKind;
  for (const auto kind : {request, reminder, could_not_tell, conflict, receipt})
    EXPECT_EQ(rendered(kind, sample::notice(Role::connector)).subject, subject) << notice_name(kind);
  const auto to_target = sample::notice(Role::target);
  for (const auto kind : {pitch, target_reminder, could_not_tell, conflict, receipt})
    EXPECT_EQ(rendered(kind, to_target).subject, to_target.values.at("SUBJECT")) << notice_name(kind);
}

TEST_F(NoticesTest, RequestTellsItsStoryInOrder) {
  const auto notice = rendered(NoticeKind::request, sample::notice());
  expect_in_order(
      notice.text,
      {"Alice Chen asks: will you forward a short note to Gail Goodman?", "Hello Christine,",
       "former CEO, Constant Contact", "wrote to each other 14 times", "Founder, Acme",
       "connected on LinkedIn since 2019", "  Dear Gail,", "/forward", "/decline", "/changes",
       "Or just reply: forward, decline, later 2w, try bob@example.org, or what", "No more mail"});
  expect_in_order(
      notice.html,
      {"Alice Chen asks: will you forward a short note to Gail Goodman?", "Hello Christine,",
       "former CEO, Constant Contact", "wrote to each other 14 times", "Founder, Acme",
       "connected on LinkedIn since 2019", "Dear Gail,", "/forward\"", "/decline\"", "/changes\"",
       "Or just reply: forward, decline, later 2w, try bob@example.org, or what", "No more mail"});
}

TEST_F(NoticesTest, PitchNamesTheConnectorFirst) {
  const auto notice = rendered(NoticeKind::pitch, sample::notice(Role::target));
  expect_in_order(notice.text,
                  {"Christine Herron thought you two should talk", "most thoughtful", "Dear Gail,", "/accept",
                   "/decline", "Declining is\nsilent: Alice sees only that nothing came of it."});
  EXPECT_TRUE(notice.text.starts_with("Christine Herron"));
  expect_in_order(notice.html, {"Christine Herron thought you two should talk", "most thoughtful",
                                "Dear Gail,", "/accept\"", "/decline\""});
}

TEST_F(NoticesTest, AddressesStandInTheIntroductionOnly) {
  for (const auto& traits : notice_table()) {
    const auto notice = rendered(traits.kind, sample::notice());
    const bool introduces = traits.kind == NoticeKind::introduction;
    for (const auto& part : {notice.text, notice.html}) {
      EXPECT_EQ(part.find("alice@acme.example") != part.npos, introduces) << traits.name;
    }
  }
}

TEST_F(NoticesTest, AnswersGoToWhoeverIsAsked) {
  for (const auto kind : {NoticeKind::could_not_tell, NoticeKind::conflict}) {
    const auto connector = rendered(kind, sample::notice(Role::connector));
    const auto target = rendered(kind, sample::notice(Role::target));
    for (const auto& part : {connector.text, connector.html}) {
      EXPECT_NE(part.find("/forward"), part.npos);
      EXPECT_EQ(part.find("/accept"), part.npos);
    }
    for (const auto& part : {target.text, target.html}) {
      EXPECT_EQ(part.find("/forward"), part.npos);
      EXPECT_NE(part.find("/accept"), part.npos);
    }
  }
}

TEST_F(NoticesTest, NoticeThatDiffersByRecipientWantsToKnowWhoItIs) {
  auto fields = sample::notice();
  fields.sections.erase("TO_CONNECTOR");
  for (const auto kind : {NoticeKind::receipt, NoticeKind::could_not_tell, NoticeKind::conflict})
    EXPECT_FALSE(render_notice(kind, "en", fields)) << notice_name(kind);
  EXPECT_TRUE(render_notice(NoticeKind::request, "en", fields));
}

TEST_F(NoticesTest, MissingValueIsAnErrorThatNamesFileAndValue) {
  for (const std::string name : {"REQUESTER", "TARGET_FIRST", "FORWARD_URL", "COMMUNITY"}) {
    auto fields = sample::notice();
    fields.values.erase(name);
    const auto notice = render_notice(NoticeKind::request, "en", fields);
    ASSERT_FALSE(notice) << name;
    EXPECT_EQ(notice.error().what.find("notices/en/request."), 0u) << notice.error().what;
    EXPECT_NE(notice.error().what.find("{{" + name), std::string::npos) << notice.error().what;
  }
}

TEST_F(NoticesTest, MissingValueInAListIsAnErrorToo) {
  auto fields = sample::notice();
  fields.sections["CONNECTORS"][1].values.erase("CHOOSE_URL");
  const auto notice = render_notice(NoticeKind::connector_choices, "en", fields);
  ASSERT_FALSE(notice);
  EXPECT_EQ(notice.error().what,
            "notices/en/connector_choices.txt shows {{CHOOSE_URL}}, and nothing fills it");
}

TEST_F(NoticesTest, EmptyValuesLeaveNoTrace) {
  auto fields = sample::notice();
  for (const std::string name : {"COVER_NOTE", "CONNECTOR_KNOWS_TARGET", "CONNECTOR_KNOWS_REQUESTER",
                                 "TARGET_ABOUT", "REQUESTER_ABOUT", "STOP_URL", "FORWARD_MAILTO"})
    fields.values[name].clear();
  const auto notice = rendered(NoticeKind::request, fields);
  EXPECT_EQ(notice.text.find("writes to you"), std::string::npos);
  EXPECT_EQ(notice.text.find("How you know"), std::string::npos);
  EXPECT_NE(notice.text.find("Who Gail is: Gail Goodman\n"), std::string::npos) << notice.text;
  EXPECT_EQ(notice.text.find("No more mail"), std::string::npos);
  EXPECT_EQ(notice.html.find("writes to you"), std::string::npos);
  EXPECT_EQ(notice.html.find("No more mail"), std::string::npos);
}

TEST_F(NoticesTest, UnknownLanguageFallsBackToEnglish) {
  const auto english = rendered(NoticeKind::request, sample::notice());
  for (const auto language : {"xx", "", "en-GB", "EN", "../en", "de_DE.UTF-8"})
    EXPECT_EQ(rendered(NoticeKind::request, sample::notice(), language).text, english.text) << language;
}

}  // namespace
}  // namespace tertius::templates
