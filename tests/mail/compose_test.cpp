#include "mail/compose.hpp"
#include "tests/support/needs.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

namespace tertius::mail {
namespace {

using namespace std::string_literals;

Composition sample() {
  Composition mail;
  mail.from = {"Alice Chen via Rowan Alumni", "intro@broker.example"};
  mail.to = {{"Bob", "bob@example.org"}};
  mail.reply_to = {Mailbox{"", "intro+abcd@broker.example"}};
  mail.subject = "Introduce Alice Chen (Acme) to Gail Goodman (Constant Contact)?";
  mail.message_id = "n1.x@broker.example";
  mail.references = {"t.abcd@broker.example"};
  mail.date = from_unix_seconds(1773064805);  // 2026-03-09 14:00:05 UTC
  mail.text = "Hello\n";
  mail.html = "<p>Hello</p>\n";
  mail.loop_domain = "broker.example";
  mail.language = "en";
  return mail;
}

std::string header_block(const std::string& bytes) { return bytes.substr(0, bytes.find("\r\n\r\n") + 2); }

// Unfolded; empty where the field is absent.
std::string field(const std::string& bytes, const std::string& name) {
  auto headers = "\r\n" + header_block(bytes);
  for (auto fold = headers.find("\r\n "); fold != std::string::npos; fold = headers.find("\r\n "))
    headers.erase(fold, 2);
  const auto start = headers.find("\r\n" + name + ": ");
  if (start == std::string::npos) return {};
  const auto from = start + name.size() + 4;
  return headers.substr(from, headers.find("\r\n", from) - from);
}

void expect_fit_for_the_wire(const std::string& bytes) {
  std::size_t start = 0;
  while (start < bytes.size()) {
    const auto end = bytes.find("\r\n", start);
    ASSERT_NE(end, std::string::npos) << "the last line has no CRLF";
    const auto line = bytes.substr(start, end - start);
    EXPECT_LE(line.size(), 76U) << line;
    EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) {
      return (c >= ' ' && c < 0x7f) || c == '\t';
    })) << line;
    EXPECT_FALSE(line.starts_with(".")) << line;
    start = end + 2;
  }
}

// What Python's own reader makes of the bytes, one "key=value" per line with the value in hex.
std::map<std::string, std::string> read_by_python(const std::string& bytes) {
  static constexpr const char* script = R"(
import sys, email, email.policy
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
def say(k, v): print(k + '=' + v.encode('utf-8', 'surrogateescape').hex())
say('subject', str(m['subject']))
for k in ('from', 'to', 'cc', 'reply-to'):
    if m[k]:
        for i, a in enumerate(m[k].addresses):
            say(f'{k}{i}', f'{a.display_name}|{a.addr_spec}')
say('date', m['date'].datetime.isoformat())
say('type', m.get_content_type())
for i, p in enumerate(m.iter_parts() if m.is_multipart() else [m]):
    say(f'part{i}', p.get_content_type() + '|' + p.get_content())
say('defects', repr([str(d) for p in m.walk() for d in p.defects] + [str(d) for v in m.values() for d in v.defects]))
)";
  const auto folder = std::filesystem::temp_directory_path() / ("compose_test." + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "read.py") << script;
  std::ofstream(folder / "mail.eml", std::ios::binary) << bytes;
  const auto command =
      "/usr/bin/python3 " + (folder / "read.py").string() + " " + (folder / "mail.eml").string();
  std::map<std::string, std::string> values;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string output;
  std::array<char, 4096> buffer{};
  while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), size);
  EXPECT_EQ(::pclose(pipe), 0) << output;
  std::filesystem::remove_all(folder);
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    std::string value;
    for (auto i = equals + 1; i + 1 < line.size(); i += 2)
      value += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
    values[line.substr(0, equals)] = value;
  }
  return values;
}

#define NEEDS_PYTHON() \
  TERTIUS_NEEDS(std::filesystem::exists("/usr/bin/python3"), "python3 to read the mail with")

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

TEST(ComposeTest, PythonReadsBackWhatWasWritten) {
  NEEDS_PYTHON();
  auto mail = sample();
  mail.from.name = "Zo\xc3\xab \"Z\" O'Neil, Ph.D. \\ via R\xc3\xb6wan";
  mail.to = {{"Dr. Bob (the builder)", "bob@example.org"},
             {"\xe5\xbc\xa0\xe4\xbc\x9f",
              "zhang@b\xc3\xbc"
              "cher.example"}};
  mail.cc = {{"a \"quoted\" \\ name", "\"odd local\"@example.org"}, {"=?utf-8?q?fake?=", "f@example.org"}};
  mail.subject =
      "\xc3\x9c"
      "ber =?utf-8?q?x?= " +
      std::string(100, 'a') + " \xf0\x9f\x98\x80 end";
  mail.text =
      "Gr\xc3\xbc\xc3\x9f"
      "e =  \n.\n..dots\nFrom here\n\ttab \t\n" +
      std::string(300, 'x') + "\n\n" + std::string(75, ' ') + "\n" + std::string(76, 'y') + "\n" +
      std::string(77, 'z') + "\nlast line without end";
  mail.html = "<p style=\"a=b\">\xe4\xb8\xad\xe6\x96\x87</p>";
  const auto bytes = compose(mail);
  expect_fit_for_the_wire(bytes);
  auto read = read_by_python(bytes);
  EXPECT_EQ(read["subject"], mail.subject);
  EXPECT_EQ(read["from0"], mail.from.name + "|intro@broker.example");
  EXPECT_EQ(read["to0"], "Dr. Bob (the builder)|bob@example.org");
  EXPECT_EQ(read["to1"], mail.to[1].name + "|zhang@xn--bcher-kva.example");
  EXPECT_EQ(read["cc0"], mail.cc[0].name + "|\"odd local\"@example.org");
  EXPECT_EQ(read["cc1"], mail.cc[1].name + "|f@example.org");
  EXPECT_EQ(read["date"], "2026-03-09T14:00:05+00:00");
  EXPECT_EQ(read["type"], "multipart/alternative");
  EXPECT_EQ(read["part0"], "text/plain|" + mail.text + "\n");
  EXPECT_EQ(read["part1"], "text/html|" + mail.html + "\n");
  EXPECT_EQ(read["defects"], "[]");
}

TEST(ComposeTest, EveryLineEndBecomesCrlf) {
  NEEDS_PYTHON();
  auto mail = sample();
  mail.html.clear();
  mail.text = "one\r\ntwo\rthree\nfour\r\r\nfive\0six\r"s;
  const auto bytes = compose(mail);
  expect_fit_for_the_wire(bytes);
  EXPECT_EQ(read_by_python(bytes)["part0"], "text/plain|one\ntwo\nthree\nfour\n\nfivesix\n");
}

TEST(ComposeTest, EveryLineLengthRoundTrips) {
  NEEDS_PYTHON();
  auto mail = sample();
  mail.html.clear();
  mail.text.clear();
  for (std::size_t length = 60; length < 90; ++length)
    for (const std::string tail : {"", "=", " ", ".", "\xc3\xa9", "\t "})
      mail.text += std::string(length, 'a') + tail + "\n";
  const auto bytes = compose(mail);
  expect_fit_for_the_wire(bytes);
  EXPECT_EQ(read_by_python(bytes)["part0"], "text/plain|" + mail.text);
}

}  // namespace
}  // namespace tertius::mail
