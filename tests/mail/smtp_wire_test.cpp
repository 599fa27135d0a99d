#include "mail/smtp_wire.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

OutgoingMail mail_to(Address recipient) {
  return {Address{"b+tok", "broker.example"}, std::move(recipient), "n 1+x", "hello\r\n"};
}

RelayOffer everything() { return {true, true, true, true, 1000}; }

WireMail wire(const OutgoingMail& mail, const RelayOffer& offer) {
  auto made = make_wire_mail(mail, offer);
  const auto* refusal = std::get_if<DeliveryResult>(&made);
  EXPECT_EQ(refusal, nullptr) << refusal->text;
  return refusal ? WireMail{} : std::get<WireMail>(made);
}

std::string refusal(const OutgoingMail& mail, const RelayOffer& offer) {
  const auto made = make_wire_mail(mail, offer);
  const auto* result = std::get_if<DeliveryResult>(&made);
  if (result == nullptr) return "none";
  EXPECT_EQ(result->delivery, Delivery::bounced);
  return result->enhanced;
}

TEST(SmtpWireTest, ReadsWhatTheRelayOffers) {
  EXPECT_EQ(parse_offer({"250-mx.example hello\r\n", "250-PIPELINING\r\n", "250-SIZE 1000\r\n",
                         "250-8bitmime\r\n", "250-SmtpUTF8\r\n", "250-AUTH PLAIN\r\n", "250 DSN\r\n"}),
            everything());
  EXPECT_EQ(parse_offer({"250 old.example\r\n"}), RelayOffer{});
  EXPECT_EQ(parse_offer({"250-SIZE\r\n"}).size, 0U);
  EXPECT_EQ(parse_offer({"250 SIZE 99999999999999999999999\r\n"}).size, 0U);
  EXPECT_EQ(parse_offer({"250-PIPELININGX\r\n", "250", "", "250-\r\n"}), RelayOffer{});
}

TEST(SmtpWireTest, AsksForWhatIsOfferedAndNothingElse) {
  const auto full = wire(mail_to({"bob+tag", "example.org"}), everything());
  EXPECT_EQ(full.mail, "MAIL FROM:<b+tok@broker.example> SIZE=7 RET=HDRS ENVID=n+201+2Bx\r\n");
  EXPECT_EQ(full.recipient,
            "RCPT TO:<bob+tag@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;bob+2Btag@example.org\r\n");
  const auto bare = wire(mail_to({"bob", "example.org"}), {});
  EXPECT_EQ(bare.mail, "MAIL FROM:<b+tok@broker.example>\r\n");
  EXPECT_EQ(bare.recipient, "RCPT TO:<bob@example.org>\r\n");
  EXPECT_EQ(bare.content, "hello\r\n.\r\n");
}

TEST(SmtpWireTest, TheNullSenderIsEmptyBrackets) {
  auto mail = mail_to({"bob", "example.org"});
  mail.sender.reset();
  EXPECT_EQ(wire(mail, {}).mail, "MAIL FROM:<>\r\n");
}

TEST(SmtpWireTest, InternationalAddresses) {
  EXPECT_EQ(wire(mail_to({"bob",
                          "b\xc3\xbc"
                          "cher.example"}),
                 {})
                .recipient,
            "RCPT TO:<bob@xn--bcher-kva.example>\r\n");
  const auto utf8 = mail_to({"bj\xc3\xb6rn", "example.org"});
  EXPECT_EQ(refusal(utf8, {}), "5.6.7");
  const auto taken = wire(utf8, everything());
  EXPECT_NE(taken.mail.find(" SMTPUTF8"), std::string::npos);
  EXPECT_EQ(taken.recipient, "RCPT TO:<bj\xc3\xb6rn@example.org> NOTIFY=FAILURE,DELAY\r\n");
}

TEST(SmtpWireTest, AHeaderBeyondAsciiNeedsSmtpUtf8) {  // an introduction names the others
  auto mail = mail_to({"bob", "example.org"});
  mail.bytes = "To: bob@example.org, bj\xc3\xb6rn@example.org\r\n\r\nhello\r\n";
  EXPECT_EQ(refusal(mail, {}), "5.6.7");
  EXPECT_NE(wire(mail, everything()).mail.find(" SMTPUTF8"), std::string::npos);
}

TEST(SmtpWireTest, EightBitContentIsAnnounced) {
  auto mail = mail_to({"bob", "example.org"});
  mail.bytes =
      "Subject: x\r\n\r\ngr\xc3\xbc\xc3\x9f"
      "e\r\n";
  EXPECT_NE(wire(mail, everything()).mail.find(" BODY=8BITMIME"), std::string::npos);
  EXPECT_EQ(wire(mail, {}).mail.find("BODY"), std::string::npos);
}

TEST(SmtpWireTest, AnAddressCannotSpeakSmtp) {
  for (const Address& bad :
       {Address{"bob", "example.org>\r\nRCPT TO:<eve@example.org"}, Address{"bob\r\nDATA", "example.org"},
        Address{"bob", ""}, Address{"", "example.org"}, Address{"bob>", "example.org"},
        Address{std::string("bo\0b", 4), "example.org"}, Address{"bob", "exa mple.org"}})
    EXPECT_EQ(refusal(mail_to(bad), everything()), "5.1.3") << text(bad);
  auto mail = mail_to({"bob", "example.org"});
  mail.sender = Address{"b>\r\n", "broker.example"};
  EXPECT_EQ(refusal(mail, everything()), "5.1.7");
}

TEST(SmtpWireTest, SizeIsHeldAgainstTheOffer) {
  auto mail = mail_to({"bob", "example.org"});
  mail.bytes = std::string(1001, 'x');
  EXPECT_EQ(refusal(mail, everything()), "5.3.4");
  auto unlimited = everything();
  unlimited.size = 0;
  EXPECT_EQ(refusal(mail, unlimited), "none");
}

TEST(SmtpWireTest, DotsAreStuffedAndOnlyCrlfEndsALine) {
  const std::pair<std::string, std::string> cases[] = {
      {"", ""},
      {"a", "a\r\n"},
      {".\r\n", "..\r\n"},
      {"..a\r\nb.\r\n", "...a\r\nb.\r\n"},
      {"a\r\n.\r\nb", "a\r\n..\r\nb\r\n"},
      {"a\n.\nMAIL FROM:<x>", "a\r\n..\r\nMAIL FROM:<x>\r\n"},
      {"a\r.\rb", "a\r\n..\r\nb\r\n"},
      {"a\n.\r\nb", "a\r\n..\r\nb\r\n"},
      {"a\r\r\nb", "a\r\n\r\nb\r\n"},
      {"a\r", "a\r\n"},
      {"\r\n\r\n", "\r\n\r\n"},
  };
  for (const auto& [bytes, stuffed] : cases) EXPECT_EQ(dot_stuffed(bytes), stuffed) << bytes;
}

}  // namespace
}  // namespace tertius::mail
