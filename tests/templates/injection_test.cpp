// What strangers write into names and notes, against every place where it is printed.

#include <gtest/gtest.h>

#include "templates/render.hpp"
#include "templates/template.hpp"
#include "tests/support/templates/sample.hpp"

namespace tertius::templates {
namespace {

std::string in_html(std::string_view source, const std::string& value) {
  const auto made = make_template("t.html", source, Markup::html);
  if (!made) return made.error().what;
  const auto out = expand(made.value(), {{{"X", value}}, {}});
  return out ? out.value() : out.error().what;
}

struct Place {
  const char* source;
  const char* value;
  const char* printed;
};

TEST(InjectionTest, HtmlIsEscapedByItsContext) {
  const Place places[] = {
      {"<p>{{X}}</p>", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"},
      {"<p>{{X}}</p>", "a & b \"c\" 'd'", "<p>a &amp; b &quot;c&quot; &#39;d&#39;</p>"},
      {"<p>{{X}}</p>", "&lt;b&gt;", "<p>&amp;lt;b&amp;gt;</p>"},
      {"<title>{{X}}</title>", "</title><script>", "<title>&lt;/title&gt;&lt;script&gt;</title>"},
      {"<input value=\"{{X}}\">", "\" onfocus=\"alert(1)", "<input value=\"&quot; onfocus=&quot;alert(1)\">"},
      {"<input value='{{X}}'>", "' onfocus='x", "<input value='&#39; onfocus=&#39;x'>"},
      {"<i class={{X}}>", "a onclick=alert(1)", "<i class=a_onclick=alert_1_>"},
      {"<a href=\"{{X}}\">", "javascript:alert(1)", "<a href=\"#\">"},
      {"<a href=\"{{X}}\">", " JaVaScRiPt:alert(1)", "<a href=\"#\">"},
      {"<a href=\"{{X}}\">", "java\nscript:alert(1)", "<a href=\"#\">"},
      {"<a href=\"{{X}}\">", "data:text/html,<script>", "<a href=\"#\">"},
      {"<a href=\"{{X}}\">", "vbscript:x", "<a href=\"#\">"},
      {"<a href=\"{{X}}\">", "https://a.example/?a=1&b=\"2\"",
       "<a href=\"https://a.example/?a=1&amp;b=&quot;2&quot;\">"},
      {"<form action=\"{{X}}\">", "javascript:x", "<form action=\"#\">"},
      {"<a href=\"mailto:{{X}}\">", "a@b.example\" onclick=\"x",
       "<a href=\"mailto:a@b.example&quot; onclick=&quot;x\">"},
      {"<p style=\"color: {{X}}\">", "red; background: url(https://e.example)",
       "<p style=\"color: red background urlhttpse.example\">"},
      {"<textarea>{{X:pre_escape}}</textarea>", "a\n</textarea><b>",
       "<textarea>a\n&lt;/textarea&gt;&lt;b&gt;</textarea>"},
      {"<iframe srcdoc=\"{{X:pre_escape}}\">", "<p>\n\"</p>",
       "<iframe srcdoc=\"&lt;p&gt;\n&quot;&lt;/p&gt;\">"},
      {"<p>{{X}}</p>", "{{X}} {{#Y}}", "<p>{{X}} {{#Y}}</p>"},
      {"<p>{{X}}</p>", "a\x01\x1b[31m\x7f b", "<p>a[31m b</p>"},
      {"<p>{{X}}</p>", "photo\xE2\x80\xAEgpj.exe", "<p>photogpj.exe</p>"},
      {"<p>{{X}}</p>", "\xC0\xBCscript\xFF", "<p>\xEF\xBF\xBD\xEF\xBF\xBDscript\xEF\xBF\xBD</p>"},
  };
  for (const auto& place : places)
    EXPECT_EQ(in_html(place.source, place.value), place.printed) << place.source;
}

class HostileNoticeTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(load_catalogue()); }

  static RenderedNotice with(const std::string& name, const std::string& value,
                             NoticeKind kind = NoticeKind::request) {
    auto fields = sample::notice();
    fields.values[name] = value;
    return render_notice(kind, "en", fields).value();
  }
};

TEST_F(HostileNoticeTest, NameWithALineEndMakesNoSecondSubjectLine) {
  for (const std::string end : {"\r\n", "\n", "\r", "\xE2\x80\xA8", "\xC2\x85"}) {
    const auto notice = with("TARGET_LABEL", "Gail" + end + "Bcc: everybody@example.org");
    EXPECT_EQ(notice.subject, "Introduce Alice Chen (Acme) to Gail Bcc: everybody@example.org?");
  }
}

TEST_F(HostileNoticeTest, SubjectOfThePitchStaysOneLine) {
  const auto notice = with("SUBJECT", "A\r\nX-Evil: 1\r\n\r\nbody", NoticeKind::pitch);
  EXPECT_EQ(notice.subject, "A X-Evil: 1 body");
}

TEST_F(HostileNoticeTest, NameForgesNoLineOfTheText) {
  const auto notice = with("REQUESTER_FIRST", "Alice\n\nForward to Gail:\nhttps://evil.example");
  EXPECT_EQ(notice.text.find("\nhttps://evil"), std::string::npos);
  EXPECT_EQ(notice.text.find("\nForward to Gail:\nhttps://evil"), std::string::npos);
}

TEST_F(HostileNoticeTest, PersonsWordsStandIndentedSoThatTheyForgeNoLink) {
  auto fields = sample::notice();
  fields.sections["PITCH_LINES"] = {{{{"LINE", "Forward to Gail:"}}, {}},
                                    {{{"LINE", "https://evil.example"}}, {}}};
  const auto notice = render_notice(NoticeKind::request, "en", fields).value();
  EXPECT_NE(notice.text.find("\n  Forward to Gail:\n  https://evil.example\n"), std::string::npos)
      << notice.text;
}

TEST_F(HostileNoticeTest, SubjectIsCutBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 300; ++i) name += "\xC3\xA9";
  const auto subject = with("TARGET_LABEL", name).subject;
  EXPECT_LE(subject.size(), 253u);
  EXPECT_TRUE(subject.ends_with("\xC3\xA9...")) << subject;
}

TEST_F(HostileNoticeTest, TextKeepsLinesAndLosesControlCharacters) {
  const auto notice = with("COVER_NOTE", "one\r\ntwo\x1b[2J\n\nthree", NoticeKind::changes_wanted);
  EXPECT_NE(notice.text.find("one\ntwo[2J\n\nthree\n"), std::string::npos) << notice.text;
}

TEST_F(HostileNoticeTest, EveryValueIsEscapedInEveryNotice) {
  auto fields = sample::notice();
  const std::string evil = "\"'><script>alert(1)</script>";
  for (auto& [name, value] : fields.values) value += evil;
  for (auto& [name, elements] : fields.sections)
    for (auto& element : elements)
      for (auto& [value_name, value] : element.values) value += evil;
  for (const auto& traits : notice_table()) {
    const auto notice = render_notice(traits.kind, "en", fields);
    ASSERT_TRUE(notice) << notice.error().what;
    EXPECT_EQ(notice.value().html.find("<script"), std::string::npos) << traits.name;
    EXPECT_EQ(notice.value().html.find("\"'>"), std::string::npos) << traits.name;
  }
}

}  // namespace
}  // namespace tertius::templates
