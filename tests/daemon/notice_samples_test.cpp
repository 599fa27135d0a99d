// Every mail, to everybody who may get it, in every language it is written in: made on the road of the real
// ones, and fit to be sent.

#include "daemon/notice_samples.hpp"

#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "broker/utf8.hpp"
#include "daemon/notice_letter.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {
namespace {

struct Shown {
  std::string name;  // "receipt to the target in de"
  storage::OutboxRow row;
  templates::RenderedNotice mail;
};

class NoticeSamplesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(templates::load_catalogue());
    for (const auto& language : templates::languages()) {
      for (const auto& traits : notice_table()) {
        for (const Role to : notice_recipients(traits.kind))
          for (const auto& [way, words] : ways) show(traits.kind, to, language, way, words);
      }
    }
    ASSERT_GE(shown_.size(), notice_table().size());
  }

  void show(NoticeKind kind, Role to, const std::string& language, SampleWay way, const std::string& words) {
    const std::string name =
        std::string(notice_name(kind)) + " to the " + std::string(role_name(to)) + words + " in " + language;
    auto row = sample_notice(settings_, kind, to, language, way);
    auto mail = templates::render_notice(kind, row.language, row.fields);
    ASSERT_TRUE(mail) << name << ": " << mail.error().what;
    shown_.push_back({name, std::move(row), std::move(mail.value())});
  }

  const std::map<SampleWay, std::string> ways{{SampleWay::direct, ""},
                                              {SampleWay::first_of_two, " with the first of two asked"},
                                              {SampleWay::second_of_two, " with the second of two asked"}};
  EngineSettings settings_ = sample_settings();
  std::vector<Shown> shown_;
};

// As a browser reads an attribute: what an address can hold of them.
std::string unescaped(std::string text) {
  for (const auto& [entity, character] : {std::pair{"&amp;", "&"}, std::pair{"&#39;", "'"}})
    for (auto at = text.find(entity); at != text.npos; at = text.find(entity, at + 1))
      text.replace(at, std::string_view(entity).size(), character);
  return text;
}

std::vector<std::string> links(const std::string& html) {
  constexpr std::string_view href = "href=\"";
  std::vector<std::string> out;
  for (auto at = html.find(href); at != html.npos; at = html.find(href, at + 1)) {
    const auto begin = at + href.size();
    out.push_back(unescaped(html.substr(begin, html.find('"', begin) - begin)));
  }
  return out;
}

// The text part names the address of a mailto: link without its scheme.
std::string in_text(std::string link) {
  constexpr std::string_view mailto = "mailto:";
  if (link.starts_with(mailto) && link.find('?') == link.npos) link.erase(0, mailto.size());
  return link;
}

bool is_one_word(const std::string& line) {
  const auto from = line.find_first_not_of(' ');
  return from != line.npos && line.find(' ', from) == line.npos;
}

TEST_F(NoticeSamplesTest, NothingIsEmptyOrLeftUnfilled) {
  for (const auto& [name, row, mail] : shown_) {
    EXPECT_FALSE(mail.subject.empty()) << name;
    EXPECT_GT(mail.text.size(), 100u) << name;
    for (const auto& part : {mail.subject, mail.text, mail.html}) {
      EXPECT_EQ(part.find("{{"), part.npos) << name;
      EXPECT_EQ(part.find("{}"), part.npos) << name;
      EXPECT_EQ(part.find("()"), part.npos) << name;
    }
    EXPECT_EQ(mail.html.find("href=\"#\""), mail.html.npos) << name;
    EXPECT_EQ(mail.html.find("href=\"\""), mail.html.npos) << name;
  }
}

TEST_F(NoticeSamplesTest, EveryLinkOfTheHtmlStandsInTheText) {
  std::size_t seen = 0;
  for (const auto& [name, row, mail] : shown_) {
    for (const auto& link : links(mail.html)) {
      ++seen;
      EXPECT_NE(mail.text.find(in_text(link)), mail.text.npos) << name << ": " << link << "\n" << mail.text;
    }
  }
  EXPECT_GT(seen, shown_.size());
}

TEST_F(NoticeSamplesTest, TextFitsInATerminal) {
  for (const auto& [name, row, mail] : shown_) {
    std::istringstream lines(mail.text);
    for (std::string line; std::getline(lines, line);)
      EXPECT_TRUE(count_code_points(line) <= 72 || is_one_word(line)) << name << ": " << line;
  }
}

// No heading without what it heads, no line of spaces, no hole.
TEST_F(NoticeSamplesTest, TextHasNoHoles) {
  for (const auto& [name, row, mail] : shown_) {
    EXPECT_EQ(mail.text.find("\n\n\n"), mail.text.npos) << name << "\n" << mail.text;
    EXPECT_EQ(mail.text.find(" \n"), mail.text.npos) << name << "\n" << mail.text;
    EXPECT_NE(mail.text.front(), '\n') << name;
  }
}

TEST_F(NoticeSamplesTest, EachIsWrittenAsMail) {
  for (const auto& [name, row, mail] : shown_) {
    const auto written = write_mail(row, settings_);
    ASSERT_TRUE(written) << name << ": " << written.error().what;
    EXPECT_EQ(text(written.value().recipient), row.recipient) << name;
    EXPECT_NE(written.value().bytes.find("\r\nContent-Language: " + row.language + "\r\n"), std::string::npos)
        << name;
  }
}

// It is answered to all, with its quote.
TEST_F(NoticeSamplesTest, TheIntroductionHoldsNoLinkOfOurs) {
  for (const auto& [name, row, mail] : shown_) {
    const bool links_to_us = mail.text.find(settings_.links.public_url) != mail.text.npos;
    EXPECT_EQ(links_to_us, row.kind != NoticeKind::introduction && row.kind != NoticeKind::operator_alert)
        << name;
  }
}

TEST_F(NoticeSamplesTest, TheCoachFindsMuchInThePoorPitch) {
  const auto row = sample_notice(settings_, NoticeKind::coach_findings, Role::requester, "en");
  const auto& findings = row.fields.sections.at("FINDINGS");
  EXPECT_GE(findings.size(), 4u);
  EXPECT_TRUE(findings.front().sections.contains("BLOCKS"));
}

// Each of the two reads whom the other is, and only what they may.
TEST_F(NoticeSamplesTest, TheMailsOfALongWayNameTheOtherWhoIsAsked) {
  const auto mail = [&](SampleWay way) {
    const auto row = sample_notice(settings_, NoticeKind::request, Role::connector, "en", way);
    return templates::render_notice(row.kind, row.language, row.fields).value();
  };
  const auto first = mail(SampleWay::first_of_two), second = mail(SampleWay::second_of_two);
  EXPECT_NE(first.subject.find("through Bob Lindqvist"), first.subject.npos) << first.subject;
  EXPECT_NE(first.text.find("Forward to Bob:"), first.text.npos) << first.text;
  EXPECT_EQ(second.subject.find("through"), second.subject.npos) << second.subject;
  EXPECT_NE(second.text.find("Christine Weaver vouches for Alice Chen"), second.text.npos) << second.text;
  EXPECT_NE(second.text.find("never wastes anybody's"), second.text.npos) << second.text;
  EXPECT_EQ(second.text.find("at the alumni dinner"), second.text.npos) << "words to Christine alone";
}

// A preview may be shown to anybody: none of its links is one that a daemon takes.
TEST_F(NoticeSamplesTest, LinksOpenNothing) {
  LinkKey real{1, {}};
  real.secret.fill(7);
  const auto row = sample_notice(settings_, NoticeKind::request, Role::connector, "en");
  const std::string url = row.fields.values.at("FORWARD_URL");
  const auto from = url.find("/d/") + 3;
  const std::string token = url.substr(from, url.rfind('/') - from);
  EXPECT_TRUE(find_token(token, settings_.links.keys));
  EXPECT_FALSE(find_token(token, {real}));
}

}  // namespace
}  // namespace tertius::daemon
