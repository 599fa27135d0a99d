// Loading: the files inside, the operator's over them, and what is refused.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "templates/catalogue.hpp"
#include "templates/embedded.hpp"
#include "templates/mail_style.hpp"
#include "templates/render.hpp"
#include "tests/support/templates/sample.hpp"

namespace tertius::templates {
namespace {

namespace fs = std::filesystem;

class CatalogueTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{testing::TempDir()} / ("templates_" + std::to_string(getpid()) + "_" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    ASSERT_TRUE(load_catalogue());
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream{folder_ / name, std::ios::binary} << text;
  }

  std::string refusal() const {
    const auto loaded = load_catalogue(folder_);
    return loaded ? "" : loaded.error().what;
  }

  static std::string text(NoticeKind kind, std::string_view language = "en") {
    return render_notice(kind, language, sample::notice()).value().text;
  }

  fs::path folder_;
};

TEST_F(CatalogueTest, EmbeddedFilesAreTheFilesOfTheFolder) {
  for (const auto& file : embedded_files())
    EXPECT_NE(is_source_name(file.name), file.name.starts_with("script/")) << file.name;
  const auto style = std::find_if(embedded_files().begin(), embedded_files().end(),
                                  [](const auto& file) { return file.name == "style.css"; });
  ASSERT_NE(style, embedded_files().end());
  EXPECT_EQ(style->text, stylesheet());
  EXPECT_TRUE(style->text.ends_with("}\n"));
}

TEST_F(CatalogueTest, OperatorsFileWins) {
  write("notices/en/thanks.txt", "Subject: Thanks\n\nThank you, {{TO_FIRST}}.\n");
  write("style.css", "body { color: red; }\n");
  ASSERT_EQ(refusal(), "");
  const auto notice = render_notice(NoticeKind::thanks, "en", sample::notice()).value();
  EXPECT_EQ(notice.subject, "Thanks");
  EXPECT_TRUE(notice.text.starts_with("Thank you, Christine.\n\nSent by")) << notice.text;
  EXPECT_NE(notice.html.find("the two have spoken"), std::string::npos);
  EXPECT_EQ(stylesheet(), "body { color: red; }\n");
}

TEST_F(CatalogueTest, OtherLanguageStandsBesideEnglish) {
  write("notices/da/thanks.txt", "Subject: Tak\n\nTak, {{TO_FIRST}}.\n");
  write("notices/da/thanks.html", "<p class=\"p\">Tak, {{TO_FIRST}}.</p>\n");
  ASSERT_EQ(refusal(), "");
  EXPECT_TRUE(text(NoticeKind::thanks, "da").starts_with("Tak, Christine."));
  EXPECT_TRUE(text(NoticeKind::thanks, "da-DK").starts_with("Tak, Christine."));
  EXPECT_TRUE(text(NoticeKind::thanks, "en").starts_with("Thank you"));
  EXPECT_TRUE(text(NoticeKind::request, "da").starts_with("Alice Chen asks"));
}

TEST_F(CatalogueTest, PartsOfALanguageComeBeforeTheEnglishOnes) {
  write("notices/da/thanks.txt", "Subject: Tak\n\nTak.\n");
  write("notices/da/thanks.html", "<p class=\"p\">Tak.</p>\n");
  write("notices/da/parts/frame.txt", "{{>body}}\n\nIkke flere mails: {{STOP_URL}}\n");
  ASSERT_EQ(refusal(), "");
  EXPECT_NE(text(NoticeKind::thanks, "da").find("Ikke flere mails"), std::string::npos);
  EXPECT_EQ(text(NoticeKind::thanks, "en").find("Ikke flere mails"), std::string::npos);
}

TEST_F(CatalogueTest, CarriageReturnsOfAnEditorAreTakenAway) {
  write("notices/en/thanks.txt", "Subject: Thanks\r\n\r\nThank you.\r\n");
  ASSERT_EQ(refusal(), "");
  EXPECT_TRUE(text(NoticeKind::thanks).starts_with("Thank you.\n"));
}

struct Wrong {
  const char* file;
  const char* text;
  const char* refusal;
};

TEST_F(CatalogueTest, WrongFileIsRefusedByName) {
  const Wrong wrong[] = {
      {"notices/en/thanks.txt", "Thank you.\n", "notices/en/thanks.txt does not begin with one line"},
      {"notices/en/thanks.txt", "Subject: a\nb\n\nc\n", "notices/en/thanks.txt does not begin with one line"},
      {"notices/en/thanks.txt", "Subject: a\n\n{{TO_FRIST}}\n",
       "notices/en/thanks.txt: nothing ever fills {{TO_FRIST}}"},
      {"notices/en/thanks.txt", "Subject: {{LABEL}}\n\nb\n",
       "notices/en/thanks.txt: nothing ever fills {{LABEL}}"},
      {"notices/en/thanks.txt", "Subject: a\n\n{{#HAS_NOTHING}}x{{/HAS_NOTHING}}\n",
       "notices/en/thanks.txt: nothing ever fills {{#HAS_NOTHING}}"},
      {"notices/en/thanks.txt", "Subject: a\n\n\n{{#CONNECTORS}}\n",
       "notices/en/thanks.txt: {{#CONNECTORS}} is never closed"},
      {"notices/en/thanks.txt", "Subject: a\n\n{{/CONNECTORS}}\n",
       "notices/en/thanks.txt: {{/CONNECTORS}} is not allowed here"},
      {"notices/en/thanks.txt", "Subject: a\n\n{{>nothing.txt}}\n",
       "notices/en/thanks.txt: notices/en/parts/nothing.txt is missing"},
      {"notices/en/thanks.txt", "Subject: a\n\n{{TO_FIRST\n",
       "notices/en/thanks.txt: {{TO_FIRST}} is not allowed here"},
      {"notices/en/thanks.html", "{{TO_FIRST:none}}",
       "notices/en/thanks.html: {{TO_FIRST:none}} is not allowed here"},
      {"notices/en/thanks.html", "{{%AUTOESCAPE context=\"JAVASCRIPT\"}}",
       "notices/en/thanks.html: {{%AUTOESCAPE"},
      {"notices/en/thanks.html", "{{=<< >>=}}<<TO_FIRST:none>>", "notices/en/thanks.html: {{=<<"},
      {"notices/en/thanks.html", "<p class=\"unheard\">x</p>",
       "notices/en/thanks.html: class \"unheard\" has no rule in notices/mail.css"},
      {"notices/en/thansk.txt", "Subject: a\n\nb\n", "/notices/en/thansk.txt is not the name of a template"},
      {"notices/../evil.txt/x.html", "", "evil.txt/x.html is not the name of a template"},
      {"notices/da/thanks.html", "<p>x</p>", "notices/da/thanks.txt is missing"},
      {"pages/decision.html", "{{NONSENSE}}", "pages/decision.html: nothing ever fills {{NONSENSE}}"},
      {"pages/nonsense.html", "", "pages/nonsense.html is not the name of a template"},
      {"notices/mail.css", "p { color: red }", "notices/mail.css: not a rule"},
  };
  for (const auto& row : wrong) {
    fs::remove_all(folder_);
    write(row.file, row.text);
    EXPECT_NE(refusal().find(row.refusal), std::string::npos) << row.text << "\n -> " << refusal();
  }
}

TEST_F(CatalogueTest, FolderThatIsNotThereIsRefused) {
  fs::remove_all(folder_);
  EXPECT_NE(refusal().find("cannot be read"), std::string::npos) << refusal();
}

TEST_F(CatalogueTest, BackupsAndNotesBesideTheTemplatesAreLeftAlone) {
  write("README", "mine");
  write("notices/en/thanks.txt~", "old");
  EXPECT_EQ(refusal(), "");
}

TEST_F(CatalogueTest, RefusedFolderLeavesTheOldCatalogue) {
  write("notices/en/thanks.txt", "nonsense");
  ASSERT_NE(refusal(), "");
  EXPECT_TRUE(text(NoticeKind::thanks).starts_with("Thank you, Christine."));
}

TEST(MailStyleTest, ClassesBecomeStyles) {
  const auto style =
      make_mail_style("/* c { } */ .a { color: red; }\n.b {\n  margin: 0\n    auto; }").value();
  EXPECT_EQ(
      with_inline_style("<p class=\"a\">x</p><i class=\"a b\">", style).value(),
      "<p class=\"a\" style=\"color: red;\">x</p><i class=\"a b\" style=\"color: red; margin: 0 auto;\">");
  EXPECT_FALSE(with_inline_style("<p class=\"c\">", style));
  EXPECT_FALSE(make_mail_style(".a { content: \"x\" }"));
  EXPECT_FALSE(make_mail_style(".a { color: red"));
}

}  // namespace
}  // namespace tertius::templates
