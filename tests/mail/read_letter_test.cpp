#include "mail/read_letter.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertius::mail {
namespace {

std::string mixed(std::string_view parts, std::string_view boundary = "b") {
  return "From: alice@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"" +
         std::string(boundary) + "\"\n\npreamble\n" + std::string(parts);
}

TEST(ReadLetterTest, OrdinaryLetterIsRead) {
  const Letter letter = read_letter(
      "From: Alice Chen <alice@Example.org>\r\nTo: intro+token@broker.test, Bob <bob@x.test>\r\nCc: "
      "c@x.test\r\n"
      "Reply-To: a2@example.org\r\nSubject: =?utf-8?Q?Caf=C3=A9?=\r\n and more\r\nMessage-ID: "
      "<1@example.org>\r\n"
      "In-Reply-To: <n3@broker.test>\r\nReferences: <n1@broker.test>\r\n "
      "<n2@broker.test>\r\n\r\nForward.\r\n\r\nAlice\r\n");
  EXPECT_EQ(letter.unreadable, "");
  EXPECT_EQ(letter.from, (std::vector<Mailbox>{{"Alice Chen", "alice@example.org"}}));
  EXPECT_EQ(letter.to, (std::vector<Mailbox>{{"", "intro+token@broker.test"}, {"Bob", "bob@x.test"}}));
  EXPECT_EQ(letter.cc, (std::vector<Mailbox>{{"", "c@x.test"}}));
  EXPECT_EQ(letter.reply_to, (std::vector<Mailbox>{{"", "a2@example.org"}}));
  EXPECT_EQ(letter.subject, "Café and more");
  EXPECT_EQ(letter.message_id, "1@example.org");
  EXPECT_EQ(letter.references,
            (std::vector<std::string>{"n1@broker.test", "n2@broker.test", "n3@broker.test"}));
  EXPECT_EQ(letter.text, "Forward.\n\nAlice\n");
  EXPECT_EQ(letter.content_type, "text/plain");
  EXPECT_EQ(letter.parts, 1U);
  EXPECT_EQ(letter.headers.size(), 8U);
  EXPECT_EQ(find_header(letter, "in-reply-to"), "<n3@broker.test>");
}

TEST(ReadLetterTest, AMessageIdLongerThanALineIsKnownByItsHash) {
  const auto id = [](const std::string& written) {
    return read_letter("Message-ID: <" + written + ">\r\nReferences: <" + written + ">\r\n\r\nHello\r\n");
  };
  EXPECT_EQ(id(std::string(998, 'x')).message_id, std::string(998, 'x'));
  const std::string a = id(std::string(999, 'a')).message_id, b = id(std::string(10'000, 'b')).message_id;
  EXPECT_EQ(a.size(), 71u);
  EXPECT_TRUE(a.starts_with("sha256 "));
  EXPECT_NE(a, b);
  EXPECT_EQ(a, id(std::string(999, 'a')).message_id);
  EXPECT_EQ(id(std::string(999, 'a')).references.front().size(), 999u);
  EXPECT_EQ(id(a).message_id, "sha256" + a.substr(7))
      << "a stranger's own id is never that of another letter";
  EXPECT_EQ(read_letter("Message-ID: " + std::string(5000, 'x') + "\r\n\r\n").message_id.size(), 71u);
}

TEST(ReadLetterTest, AlternativeGivesBothTextAndHtml) {
  const Letter letter = read_letter(
      "Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain; charset=utf-8\n"
      "Content-Transfer-Encoding: quoted-printable\n\nJ=C3=BCrgen\n--x\nContent-Type: text/html\n"
      "Content-Transfer-Encoding: base64\n\nPHA+SGk8L3A+\n--x--\n");
  EXPECT_EQ(letter.text, "Jürgen");
  EXPECT_EQ(letter.html, "<p>Hi</p>");
  EXPECT_EQ(letter.reply_html_text, "Hi\n");
  EXPECT_TRUE(letter.attachments.empty());
  EXPECT_EQ(letter.parts, 2U);
}

TEST(ReadLetterTest, TextIsMadeFromHtmlWhereThereIsNone) {
  EXPECT_EQ(read_letter("Content-Type: text/html; charset=iso-8859-1\n\n<p>caf\xE9</p><p>two</p>").text,
            "café\n\ntwo\n");
  const Letter empty_text = read_letter(
      "Content-Type: multipart/alternative; boundary=x\n\n--x\n\n \n--x\nContent-Type: "
      "text/html\n\n<b>yes</b>\n--x--\n");
  EXPECT_EQ(empty_text.text, "yes\n");
}

TEST(ReadLetterTest, AttachmentsAreNamedAndCounted) {
  const Letter letter = read_letter(
      mixed("--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: application/pdf; name=x.pdf\n"
            "Content-Disposition: attachment; filename*=utf-8''J%C3%BC.pdf\nContent-Transfer-Encoding: "
            "base64\n\nZm9v\nYmE=\n"
            "--b\nContent-Type: image/png\n\nabc\n--b--\n"));
  EXPECT_EQ(letter.text, "hello");
  ASSERT_EQ(letter.attachments.size(), 2U);
  EXPECT_EQ(letter.attachments[0].name, "Jü.pdf");
  EXPECT_EQ(letter.attachments[0].type, "application/pdf");
  EXPECT_EQ(letter.attachments[0].size, 5U);
  EXPECT_EQ(letter.attachments[1].size, 3U);
}

TEST(ReadLetterTest, BounceNamesItsRecipientAndTheMailItReturns) {
  const Letter letter = read_letter(
      "Content-Type: multipart/report; report-type=\"Delivery-Status\"; boundary=r\n\n--r\n\nIt failed.\n"
      "--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; "
      "bob@x.test\n"
      "Action: failed\nStatus: 5.1.1\n\n--r\nContent-Type: message/rfc822\n\nMessage-ID: "
      "<n1@broker.test>\nSubject: s\n\nbody\n--r--\n");
  EXPECT_EQ(letter.content_type, "multipart/report");
  EXPECT_EQ(letter.report_type, "delivery-status");
  EXPECT_EQ(letter.text, "It failed.");
  ASSERT_EQ(letter.failed_recipients.size(), 1U);
  EXPECT_EQ(letter.failed_recipients[0].address, "bob@x.test");
  EXPECT_EQ(letter.returned_message_id, "n1@broker.test");
}

TEST(ReadLetterTest, ReturnedHeaderAloneNamesItsMail) {
  const Letter letter = read_letter(
      "Content-Type: multipart/report; boundary=r\n\n--r\n\nfailed\n--r\nContent-Type: text/rfc822-headers\n"
      "Content-Transfer-Encoding: quoted-printable\n\nSubject: s\nMessage-ID: =\n<n2@broker.test>\n--r--\n");
  EXPECT_EQ(letter.returned_message_id, "n2@broker.test");
}

TEST(ReadLetterTest, FlowedTextIsJoined) {
  EXPECT_EQ(read_letter("Content-Type: text/plain; format=flowed; delsp=yes\n\nfor \nward\n").text,
            "forward\n");
}

TEST(ReadLetterTest, FieldThatMakesMimeticThrowIsRead) {
  const Letter letter =
      read_letter("To: :\nFrom: :;\nCc: <\nReply-To: ,\nSender: :\nDate: x\nSubject: s\n\nbody");
  EXPECT_EQ(letter.subject, "s");
  EXPECT_TRUE(letter.to.empty());
  EXPECT_EQ(letter.text, "body");
}

TEST(ReadLetterTest, BoundaryInMidLineIsText) {
  const Letter letter = read_letter(mixed("--b\n\nsee --b here\n --b\n--b--\n"));
  EXPECT_EQ(letter.text, "see --b here\n --b");
  EXPECT_EQ(letter.parts, 1U);
}

TEST(ReadLetterTest, LineThatBeginsLikeTheBoundaryIsText) {
  const Letter letter = read_letter(mixed("--b\n\none\n--bb\ntwo\n--b  \t\n\nthree\n--b--"));
  EXPECT_EQ(letter.text, "one\n--bb\ntwo\nthree");
  EXPECT_EQ(letter.parts, 2U);
}

TEST(ReadLetterTest, BoundaryMayHoldASemicolon) {
  const Letter letter = read_letter(mixed("--a;b\n\nyes\n--a;b--\n", "a;b"));
  EXPECT_EQ(letter.text, "yes");
  EXPECT_EQ(letter.parts, 1U);
}

// mimetic takes the value for "a", and gives the field back so.
TEST(ReadLetterTest, ContentTypeKeepsItsRawValue) {
  const Letter letter =
      read_letter("Content-Type: text/plain; name=\"a;b\"; charset=koi8-r; x*0=1\n\n\xF0\xD2");
  EXPECT_EQ(find_header(letter, "content-type"), "text/plain; name=\"a;b\"; charset=koi8-r; x*0=1");
  EXPECT_EQ(letter.text, "Пр");
}

TEST(ReadLetterTest, HtmlAloneInAnAlternativeIsTheText) {
  EXPECT_EQ(
      read_letter(
          "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>yes\n--b--")
          .text,
      "yes\n");
}

TEST(ReadLetterTest, MultipartWithoutBoundaryIsText) {
  const Letter letter = read_letter("Content-Type: multipart/mixed\n\n--\nhello\n--x\nthere\n");
  EXPECT_EQ(letter.text, "--\nhello\n--x\nthere\n");
  EXPECT_EQ(letter.unreadable, "");
  EXPECT_EQ(letter.content_type, "multipart/mixed");
}

TEST(ReadLetterTest, InnerMultipartWithoutBoundaryKeepsItsSiblings) {
  const Letter letter =
      read_letter(mixed("--b\nContent-Type: multipart/alternative\n\none\n--b\n\ntwo\n--b--\n"));
  EXPECT_EQ(letter.text, "one\ntwo");
}

TEST(ReadLetterTest, UnclosedInnerMultipartKeepsItsSiblings) {
  const Letter letter =
      read_letter(mixed("--b\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\none\n"
                        "--b\n\ntwo\n--b\nContent-Type: application/pdf\n\npdf\n--b--\n"));
  EXPECT_EQ(letter.text, "one\ntwo");
  EXPECT_EQ(letter.attachments.size(), 1U);
  EXPECT_EQ(letter.parts, 3U);
}

TEST(ReadLetterTest, ThreeUnclosedLevelsEndTogether) {
  const Letter letter =
      read_letter(mixed("--b\nContent-Type: multipart/mixed; boundary=i\n\n--i\nContent-Type: "
                        "multipart/mixed; boundary=j\n\n--j\n\none\n"
                        "--b\n\ntwo\n--b--\nepilogue\n"));
  EXPECT_EQ(letter.text, "one\ntwo");
}

TEST(ReadLetterTest, UnclosedLetterKeepsItsLastPart) {
  EXPECT_EQ(read_letter(mixed("--b\n\none\n--b\n\ntwo")).text, "one\ntwo");
}

TEST(ReadLetterTest, InnerBoundaryThatIsAPrefixOfTheOuterIsTold) {
  const Letter letter = read_letter(mixed(
      "--bb\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n--bb\n\ntwo\n--bb--\n", "bb"));
  EXPECT_EQ(letter.text, "one\ntwo");
}

TEST(ReadLetterTest, MultipartWithoutPartsDecidesNothing) {
  const Letter letter = read_letter(mixed("forward\n"));
  EXPECT_NE(letter.unreadable, "");
  EXPECT_NE(letter.text.find("forward"), std::string::npos);
  EXPECT_EQ(letter.from.size(), 1U);
}

TEST(ReadLetterTest, TwoDifferentFromFieldsDecideNothing) {
  const Letter forged = read_letter("From: alice@example.org\nFrom: Mallory <m@evil.test>\n\nforward");
  EXPECT_NE(forged.unreadable, "");
  EXPECT_EQ(forged.from.size(), 1U);
  EXPECT_EQ(read_letter("From: alice@example.org\nFrom: alice@example.org\n\nforward").unreadable, "");
}

TEST(ReadLetterTest, MboxLineDoesNotHideTheHeader) {
  EXPECT_EQ(read_letter("From x@y.test Mon Jan  1 00:00:00 2026\nSubject: s\n\nb").subject, "s");
}

TEST(ReadLetterTest, NulAndLoneCrAndEightBitNamesAreHarmless) {
  using namespace std::string_view_literals;
  const Letter letter = read_letter(
      "X-\xFC"
      "ber: 1\rSubject: s\0t\r\rbo\0dy\r"sv);
  EXPECT_EQ(letter.subject, "st");
  EXPECT_EQ(letter.text, "body\n");
}

TEST(ReadLetterTest, LastFieldOfAHeaderAloneIsRead) {
  EXPECT_EQ(read_letter("From: a@b.test\nSubject: last").subject, "last");
}

TEST(ReadLetterTest, LetterOverALimitStillHasItsHeader) {
  const Letter letter = read_letter("Subject: s\n\nbody " + std::string(100, 'x'), {.line_bytes = 50});
  EXPECT_NE(letter.unreadable.find("octets in a line"), std::string::npos);
  EXPECT_EQ(letter.subject, "s");
  EXPECT_EQ(letter.text, "");
}

TEST(ReadLetterTest, NestingHasAnEnd) {
  std::string bytes;
  for (int i = 0; i < 20; ++i) {
    const std::string boundary = "b" + std::to_string(i);
    bytes += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  EXPECT_NE(read_letter(bytes, {.depth = 10}).unreadable.find("levels of parts"), std::string::npos);
  EXPECT_EQ(read_letter(bytes, {.depth = 30}).unreadable.find("levels of parts"), std::string::npos);
}

TEST(ReadLetterTest, HugeHeaderOfAPartIsRefused) {
  std::string part = "--b\nX: y\n";
  for (int i = 0; i < 4000; ++i) part += " folded folded folded folded folded folded\n";
  const Letter letter = read_letter(mixed(part + "\nbody\n--b--\n"));
  EXPECT_NE(letter.unreadable.find("header"), std::string::npos);
}

TEST(ReadLetterTest, HugeHeaderOfAMessageAtTheTopIsRefused) {
  std::string bytes = "Content-Type: message/rfc822\n\nX: y\n";
  for (int i = 0; i < 4000; ++i) bytes += " folded folded folded folded folded folded\n";
  EXPECT_NE(read_letter(bytes + "\nbody\n").unreadable.find("header"), std::string::npos);
}

TEST(ReadLetterTest, PartsAndFieldsAreCounted) {
  std::string parts, fields;
  for (int i = 0; i < 30; ++i) parts += "--b\n\nx\n";
  for (int i = 0; i < 30; ++i) fields += "A: b\n";
  EXPECT_EQ(read_letter(mixed(parts), {.parts = 31}).unreadable, "");
  EXPECT_EQ(read_letter(mixed(parts), {.parts = 30}).unreadable, "more parts than 30");
  EXPECT_EQ(read_letter(mixed("--b\n" + fields + "\nx\n"), {.header_fields = 33}).unreadable, "");
  EXPECT_NE(read_letter(mixed("--b\n" + fields + "\nx\n"), {.header_fields = 32}).unreadable, "");
  EXPECT_NE(read_letter(fields + "\nx\n", {.header_fields = 29}).unreadable, "");
  EXPECT_EQ(read_letter(fields + "\nx\n", {.header_fields = 29}).headers.size(), 29U);
}

TEST(ReadLetterTest, EximNamesItsFailuresInTheHeader) {
  const Letter letter = read_letter("X-Failed-Recipients: bob@x.test,\n  carol@y.test\n\nfailed");
  ASSERT_EQ(letter.failed_recipients.size(), 2U);
  EXPECT_EQ(letter.failed_recipients[1].address, "carol@y.test");
  EXPECT_EQ(letter.failed_recipients[1].action, "failed");
}

TEST(ReadLetterTest, TextIsCutAtItsLimitBetweenCharacters) {
  const Letter letter = read_letter("\nJürgen", {.text_bytes = 2});
  EXPECT_EQ(letter.text, "J");
}

TEST(ReadLetterTest, NothingIsALetterToo) {
  EXPECT_EQ(read_letter("").text, "");
  EXPECT_EQ(read_letter("\n").text, "");
  EXPECT_TRUE(read_letter("just words, no header\n").text.starts_with("just words, no header\n"));
}

TEST(ReadLetterTest, EveryPrefixOfALetterIsReadWithoutHarm) {
  const std::string whole = mixed(
      "--b\nContent-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/plain; "
      "charset*=utf-8''x\n"
      "Content-Transfer-Encoding: quoted-printable\n\n=C3=BC=\n\n--i\nContent-Type: text/html\n\n<p>x<a "
      "href=\"y\">z\n--i--\n"
      "--b\nContent-Type: message/rfc822\n\nMessage-ID: <x@y>\nContent-Type: multipart/report; "
      "boundary=\"r\"\n\n--r\n\n--r--\n"
      "--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b\n\n--b--\n");
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const Letter letter = read_letter(whole.substr(0, length));
    EXPECT_LE(letter.parts, 8U);
  }
}

}  // namespace
}  // namespace tertius::mail
