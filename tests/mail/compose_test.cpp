#include "tests/support/mail/composing.hpp"

namespace tertius::mail {
namespace {

using namespace std::string_literals;

TEST(ComposeTest, WritesEveryFieldOfARequest) {
  const auto bytes = compose(sample());
  expect_fit_for_the_wire(bytes);
  EXPECT_EQ(field(bytes, "Date"), "Mon, 09 Mar 2026 14:00:05 +0000");
  EXPECT_EQ(field(bytes, "From"), "Alice Chen via Rowan Alumni <intro@broker.example>");
  EXPECT_EQ(field(bytes, "To"), "Bob <bob@example.org>");
  EXPECT_EQ(field(bytes, "Reply-To"), "intro+abcd@broker.example");
  EXPECT_EQ(field(bytes, "Subject"), "Introduce Alice Chen (Acme) to Gail Goodman (Constant Contact)?");
  EXPECT_EQ(field(bytes, "Message-ID"), "<n1.x@broker.example>");
  EXPECT_EQ(field(bytes, "References"), "<t.abcd@broker.example>");
  EXPECT_EQ(field(bytes, "X-Tertius-Loop"), "broker.example");
  EXPECT_EQ(field(bytes, "Content-Language"), "en");
  EXPECT_EQ(field(bytes, "MIME-Version"), "1.0");
  for (const auto* absent : {"Cc", "Auto-Submitted", "X-Auto-Response-Suppress", "List-Unsubscribe",
                             "List-Unsubscribe-Post", "Precedence", "In-Reply-To"})
    EXPECT_EQ(field(bytes, absent), "") << absent;
}

TEST(ComposeTest, MachineMadeNoticesSaySo) {
  auto mail = sample();
  mail.auto_submitted = AutoSubmitted::generated;
  mail.suppress_auto_replies = true;
  mail.unsubscribe_url = "https://broker.example/stop/abcd";
  mail.unsubscribe_mail = "intro+abcd@broker.example";
  const auto bytes = compose(mail);
  EXPECT_EQ(field(bytes, "Auto-Submitted"), "auto-generated");
  EXPECT_EQ(field(bytes, "X-Auto-Response-Suppress"), "OOF, AutoReply");
  EXPECT_EQ(field(bytes, "List-Unsubscribe"),
            "<https://broker.example/stop/abcd>, <mailto:intro+abcd@broker.example?subject=stop>");
  EXPECT_EQ(field(bytes, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
}

TEST(ComposeTest, AutomaticAnswersNameWhatTheyAnswer) {
  auto mail = sample();
  mail.auto_submitted = AutoSubmitted::replied;
  mail.references = {"t.abcd@broker.example", "letter@example.org"};
  const auto bytes = compose(mail);
  EXPECT_EQ(field(bytes, "Auto-Submitted"), "auto-replied");
  EXPECT_EQ(field(bytes, "In-Reply-To"), "<letter@example.org>");
  EXPECT_EQ(field(bytes, "References"), "<t.abcd@broker.example> <letter@example.org>");
}

TEST(ComposeTest, OneClickIsNotPromisedWithoutHttps) {
  auto mail = sample();
  mail.unsubscribe_mail = "intro+abcd@broker.example";
  EXPECT_EQ(field(compose(mail), "List-Unsubscribe-Post"), "");
  mail.unsubscribe_url = "http://127.0.0.1:8080/stop/abcd";
  EXPECT_EQ(field(compose(mail), "List-Unsubscribe-Post"), "");
}

TEST(ComposeTest, NoFieldCanEndItsOwnLine) {
  const auto attack = "x\r\nBcc: victim@example.org\r\n\r\nbody\0\n\rY"s;
  auto mail = sample();
  mail.from.name = mail.subject = mail.loop_domain = mail.language = attack;
  mail.message_id = mail.unsubscribe_url = mail.unsubscribe_mail = attack;
  mail.to = {{attack, "bob@example.org"}, {"Eve", "eve@example.org" + attack}};
  mail.cc = {{"Eve", "e\r\nve@example.org"}};
  mail.reply_to = {Mailbox{attack, "a b@example.org"}};
  mail.references = {attack, "ok@broker.example"};
  const auto bytes = compose(mail);
  expect_fit_for_the_wire(bytes);
  const auto headers = header_block(bytes);
  EXPECT_EQ(headers.find("\nBcc"), std::string::npos);
  EXPECT_EQ(headers.find('\0'), std::string::npos);
  EXPECT_EQ(headers.find("eve"), std::string::npos);
  EXPECT_EQ(field(bytes, "Subject"), "x Bcc: victim@example.org body Y");
  EXPECT_EQ(field(bytes, "References"), "<ok@broker.example>");
  EXPECT_EQ(field(bytes, "Cc"), "");
  EXPECT_NE(field(bytes, "MIME-Version"), "") << "the header block ended early";
}

TEST(ComposeTest, WhatReadersTakeForALineEndOrDrawBackwardsIsNotInAName) {
  auto mail = sample();
  mail.subject =
      "a\xc2\x85"
      "b\xe2\x80\xa8"
      "c\x7f\xe2\x80\xae"
      "d\xef\xbb\xbf"
      "e";  // NEL, LS, DEL, RLO, BOM
  EXPECT_EQ(field(compose(mail), "Subject"), "a b c de");
}

TEST(ComposeTest, WhatIsNoUtf8IsMarked) {
  auto mail = sample();
  mail.subject = "\xed\xa0\x80\xc0\xaf";  // a surrogate and an overlong slash
  const auto bytes = compose(mail);
  EXPECT_EQ(field(bytes, "Subject"), "=?utf-8?b?77+977+977+977+977+9?=");
}

TEST(ComposeTest, AnAddressIsWrittenWithoutMarksThatNobodySees) {
  auto mail = sample();
  mail.to = {{"",
              "a\xe2\x80\xae"
              "b@example.org"},
             {"", "\xff@example.org"},
             {"", "jos\xc3\xa9@example.org"}};
  EXPECT_EQ(field(compose(mail), "To"), "jos\xc3\xa9@example.org");
}

TEST(ComposeTest, OneClickIsNotPromisedWhereTheUrlIsLeftOut) {
  auto mail = sample();
  mail.unsubscribe_url = "https://broker.example/stop\r\nBcc: victim@example.org";
  mail.unsubscribe_mail = "intro+abcd@broker.example";
  const auto bytes = compose(mail);
  EXPECT_EQ(field(bytes, "List-Unsubscribe"), "<mailto:intro+abcd@broker.example?subject=stop>");
  EXPECT_EQ(field(bytes, "List-Unsubscribe-Post"), "");
}

TEST(ComposeTest, OnlyALanguageTagIsALanguage) {
  auto mail = sample();
  for (const char* none : {"\xc3\xa9", "de\r\nBcc: x", "=?utf-8?q?de?="}) {
    mail.language = none;
    EXPECT_EQ(field(compose(mail), "Content-Language"), "") << none;
  }
  mail.language = "zh-Hant";
  EXPECT_EQ(field(compose(mail), "Content-Language"), "zh-Hant");
}

TEST(ComposeTest, TheCommaIsWithinTheLine) {
  auto mail = sample();
  for (std::size_t length = 1; length < 60; ++length) {
    mail.to.push_back({"\xc3\xa9", std::string(length, 'b') + "@example.org"});
    mail.references.push_back(std::string(length, 'r') + "@example.org");
  }
  expect_fit_for_the_wire(compose(mail));
}

TEST(ComposeTest, ANulHidesNothingBeforeTheLineEnd) {
  auto mail = sample();
  mail.html.clear();
  mail.text = "blank \0\nFrom\0 me\n\0.\ntab\t\0\0\n"s;
  const auto bytes = compose(mail);
  expect_fit_for_the_wire(bytes);
  EXPECT_TRUE(bytes.ends_with("\r\n\r\nblank=20\r\n=46rom me\r\n=2E\r\ntab=09\r\n")) << bytes;
}

TEST(ComposeTest, ABrokenFromIsALogicErrorNotAMail) {
  auto mail = sample();
  mail.from.address = "nobody";
  EXPECT_THROW(compose(mail), std::invalid_argument);
}

TEST(ComposeTest, WithoutAnyRecipientToIsStillThere) {
  auto mail = sample();
  mail.to.clear();
  EXPECT_EQ(field(compose(mail), "To"), "undisclosed-recipients:;");
}

TEST(ComposeTest, EncodedWordsAreShortAndWhole) {
  auto mail = sample();
  for (int i = 0; i < 40; ++i) mail.subject += " \xf0\x9f\x98\x80\xc3\xa9\xe4\xb8\xad";
  const auto bytes = compose(mail);
  expect_fit_for_the_wire(bytes);
  const auto subject = field(bytes, "Subject");
  std::istringstream words(subject);
  std::size_t count = 0;
  for (std::string word; words >> word; ++count) {
    EXPECT_LE(word.size(), 75U);
    EXPECT_TRUE(word.starts_with("=?utf-8?") && word.ends_with("?=")) << word;
  }
  EXPECT_GT(count, 5U);
}

TEST(ComposeTest, SameMailSameBytesOtherMailOtherBoundary) {
  auto mail = sample();
  EXPECT_EQ(compose(mail), compose(mail));
  const auto first = field(compose(mail), "Content-Type");
  mail.message_id = "n2.x@broker.example";
  EXPECT_NE(field(compose(mail), "Content-Type"), first);
}

TEST(ComposeTest, ABoundaryInTheTextStaysInTheText) {
  auto mail = sample();
  const auto type = field(compose(mail), "Content-Type");
  const auto boundary = type.substr(type.find('"') + 1, type.rfind('"') - type.find('"') - 1);
  mail.text = "--" + boundary + "\n--" + boundary + "--\nstill here\n";
  const auto bytes = compose(mail);
  std::size_t count = 0;
  for (auto at = bytes.find("--" + boundary); at != std::string::npos;
       at = bytes.find("--" + boundary, at + 1))
    ++count;
  EXPECT_EQ(count, 3U);
}

TEST(ComposeTest, WithoutHtmlThereIsOnePlainPart) {
  auto mail = sample();
  mail.html.clear();
  EXPECT_EQ(field(compose(mail), "Content-Type"), "text/plain; charset=utf-8");
}

}  // namespace
}  // namespace tertius::mail
