// Every notice, in words and in HTML, filled with one whole introduction.

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "broker/reply_meaning.hpp"
#include "templates/paragraphs.hpp"
#include "templates/render.hpp"
#include "templates/sources.hpp"
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

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Each notice in each language, as `check(notice, where it is from, traits)`.
template <class Check>
void for_every_notice(const Fields& fields, Check check) {
  for (const auto& language : languages())
    for (const auto& traits : notice_table())
      check(rendered(traits.kind, fields, language), language + "/" + std::string(traits.name), traits);
}

class NoticesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto loaded = load_catalogue();
    ASSERT_TRUE(loaded) << loaded.error().what;
  }
};

TEST_F(NoticesTest, EveryKindRendersForEveryRoleInEveryLanguage) {
  EXPECT_EQ(std::ranges::count(languages(), "en"), 1);
  EXPECT_GT(languages().size(), 1U);
  for (const auto role : roles)
    for_every_notice(sample::notice(role), [](const auto& notice, const auto& where, const auto&) {
      const std::string language = where.substr(0, where.find('/'));
      EXPECT_FALSE(notice.subject.empty()) << where;
      EXPECT_GT(notice.text.size(), 100u) << where;
      EXPECT_TRUE(notice.html.starts_with("<!doctype html>\n<html lang=\"" + language + "\"")) << where;
      EXPECT_TRUE(notice.html.ends_with("</html>")) << where;
    });
}

TEST_F(NoticesTest, NoLanguageLacksANoticeOrAPart) {
  const auto loaded = load_sources(std::nullopt);
  const auto& sources = loaded.value();
  for (const auto& [name, text] : sources) {
    if (!name.starts_with("notices/en/") || name.ends_with("/frame.html")) continue;  // it has no words
    for (const auto& language : languages())
      EXPECT_TRUE(sources.contains("notices/" + language + name.substr(10))) << language << " lacks " << name;
  }
}

TEST_F(NoticesTest, NothingOfTheTemplateLanguageIsLeft) {
  for_every_notice(sample::notice(), [](const auto& notice, const auto& where, const auto&) {
    for (const auto& part : {notice.subject, notice.text, notice.html}) {
      EXPECT_EQ(part.find("{{"), part.npos) << where;
      EXPECT_EQ(part.find("}}"), part.npos) << where;
    }
  });
}

TEST_F(NoticesTest, TextLinesAreAtMostSeventyTwoColumnsButForLinks) {
  for_every_notice(sample::notice(), [](const auto& notice, const auto& where, const auto&) {
    std::istringstream lines{notice.text};
    for (std::string line; std::getline(lines, line);) {
      if (line.find("://") != line.npos || line.find("mailto:") != line.npos) continue;
      EXPECT_LE(code_points(line), text_columns) << where << ": " << line;
    }
  });
}

TEST_F(NoticesTest, LinksStandOnLinesOfTheirOwn) {
  auto fields = sample::notice();
  fields.values["PITCH"] = "";
  fields.sections["PITCH_LINES"].clear();
  for_every_notice(fields, [](const auto& notice, const auto& where, const auto&) {
    std::istringstream lines{notice.text};
    for (std::string line; std::getline(lines, line);) {
      const auto at = std::min(line.find("https://"), line.find("mailto:"));
      if (at == line.npos) continue;
      EXPECT_EQ(at, 0u) << where << ": " << line;
      EXPECT_EQ(line.find(' '), line.npos) << where << ": " << line;
    }
  });
}

TEST_F(NoticesTest, TextHasNoSpaceAtALinesEndAndNoTwoEmptyLines) {
  for_every_notice(sample::notice(), [](const auto& notice, const auto& where, const auto&) {
    EXPECT_EQ(notice.text.find(" \n"), std::string::npos) << where;
    EXPECT_EQ(notice.text.find("\n\n\n"), std::string::npos) << where;
    EXPECT_TRUE(notice.text.ends_with('\n') && !notice.text.starts_with('\n')) << where;
  });
}

TEST_F(NoticesTest, NobodyShoutsAtTheReader) {
  for_every_notice(sample::notice(), [](const auto& notice, const auto& where, const auto&) {
    EXPECT_EQ(notice.subject.find('!'), std::string::npos) << where;
    EXPECT_EQ(notice.text.find('!'), std::string::npos) << where;
  });
}

TEST_F(NoticesTest, HtmlLoadsNothingFromOutside) {
  for_every_notice(sample::notice(), [](const auto& notice, const auto& where, const auto&) {
    for (const auto word : {"<img", "src=", "url(", "@import", "<link", "<script"})
      EXPECT_EQ(notice.html.find(word), std::string::npos) << where << " has " << word;
  });
}

TEST_F(NoticesTest, EveryElementWithAClassCarriesItsStyle) {
  for_every_notice(sample::notice(), [](const auto& notice, const auto& where, const auto&) {
    EXPECT_EQ(count(notice.html, " class=\""), count(notice.html, "\" style=\"")) << where;
  });
}

TEST_F(NoticesTest, ThreadKeepsItsSubject) {
  const auto subject = "Introduce Alice Chen (Acme) to Gail Goodman (Constant Contact)?";
  using enum NoticeKind;
  for (const auto kind : {request, reminder, could_not_tell, conflict, receipt})
    EXPECT_EQ(rendered(kind, sample::notice(Role::connector)).subject, subject) << notice_name(kind);
  const auto to_target = sample::notice(Role::target);
  for (const auto& language : languages()) {
    const auto asked = rendered(request, sample::notice(Role::connector), language).subject;
    for (const auto kind : {reminder, could_not_tell, conflict, receipt})
      EXPECT_EQ(rendered(kind, sample::notice(Role::connector), language).subject, asked)
          << language << "/" << notice_name(kind);
    for (const auto kind : {pitch, target_reminder, could_not_tell, conflict, receipt})
      EXPECT_EQ(rendered(kind, to_target, language).subject, to_target.values.at("SUBJECT"))
          << language << "/" << notice_name(kind);
  }
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

TEST_F(NoticesTest, WhatAStepRemarksIsShown) {
  for (const auto kind : {NoticeKind::status_asked, NoticeKind::status_ended, NoticeKind::could_not_tell,
                          NoticeKind::redirect_suggested}) {
    for (const auto& language : languages()) {
      const auto notice = rendered(kind, sample::notice(), language);
      for (const auto& part : {notice.text, notice.html})
        EXPECT_NE(part.find("There was no answer within fourteen days."), part.npos)
            << notice_name(kind) << " in " << language;
    }
  }
}

TEST_F(NoticesTest, AddressesStandInTheIntroductionOnly) {
  for_every_notice(sample::notice(), [](const auto& notice, const auto& where, const auto& traits) {
    const bool introduces = traits.kind == NoticeKind::introduction;
    for (const auto& part : {notice.text, notice.html}) {
      EXPECT_EQ(part.find("alice@acme.example") != part.npos, introduces) << where;
    }
  });
}

TEST_F(NoticesTest, AnswersGoToWhoeverIsAsked) {
  for (const auto& language : languages())
    for (const auto kind : {NoticeKind::could_not_tell, NoticeKind::conflict}) {
      const auto connector = rendered(kind, sample::notice(Role::connector), language);
      const auto target = rendered(kind, sample::notice(Role::target), language);
      for (const auto& part : {connector.text, connector.html}) {
        EXPECT_NE(part.find("/forward"), part.npos) << language;
        EXPECT_EQ(part.find("/accept"), part.npos) << language;
      }
      for (const auto& part : {target.text, target.html}) {
        EXPECT_EQ(part.find("/forward"), part.npos) << language;
        EXPECT_NE(part.find("/accept"), part.npos) << language;
      }
    }
}

// "Or just reply: forward, decline, later 2w, try bob@example.org, or what to change; ..."
std::vector<std::string> taught_answers(const std::string& text) {
  const auto begin = text.find(':', text.find("/changes\n") + 9) + 1;
  std::string words = text.substr(begin, text.find(';', begin) - begin);
  std::replace(words.begin(), words.end(), '\n', ' ');
  std::vector<std::string> answers;
  std::istringstream pieces{words};
  for (std::string piece; std::getline(pieces, piece, ',');) answers.push_back(piece);
  return answers;
}

TEST_F(NoticesTest, AnswersThatTheRequestTeachesAreUnderstood) {
  using enum MeaningKind;
  for (const auto& language : languages()) {
    const auto text = rendered(NoticeKind::request, sample::notice(), language).text;
    const auto answers = taught_answers(text);
    ASSERT_GT(answers.size(), 4U) << language << "\n" << text;
    std::size_t i = 0;
    for (const auto kind : {forward, decline, later, redirect}) {
      const auto meaning = reply_meaning(answers[i], Role::connector, Time{});
      EXPECT_EQ(meaning_name(meaning.kind), meaning_name(kind)) << language << ":" << answers[i];
      EXPECT_EQ(meaning.until.has_value(), kind == later) << language << ":" << answers[i];
      ++i;
    }
  }
}

TEST_F(NoticesTest, AnswersThatThePitchTeachesAreUnderstood) {
  for (const auto& language : languages()) {
    const auto text = rendered(NoticeKind::pitch, sample::notice(Role::target), language).text;
    const auto link = text.find("/decline\n\n") + 10;
    const auto line =
        text.substr(link, text.find(".\n", link) - link);  // "Or just reply: accept, or decline"
    const auto first = line.find(": ") + 2, last = line.rfind(' ') + 1;
    const auto accept = line.substr(first, line.find_first_of(", ", first) - first);
    EXPECT_EQ(reply_meaning(accept, Role::target, Time{}).kind, MeaningKind::accept) << language << line;
    EXPECT_EQ(reply_meaning(line.substr(last), Role::target, Time{}).kind, MeaningKind::decline)
        << language << line;
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
