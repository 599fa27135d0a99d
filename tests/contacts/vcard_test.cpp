#include "contacts/vcard.hpp"

#include <gtest/gtest.h>

namespace tertius::contacts {
namespace {

ContactFile read(const std::string& text) {
  auto file = read_vcard(text);
  EXPECT_TRUE(file) << file.error().what;
  return file ? std::move(file.value()) : ContactFile{};
}

// The one contact of a card with these lines.
Contact card(const std::string& lines) {
  const auto file = read("BEGIN:VCARD\r\nVERSION:3.0\r\n" + lines + "END:VCARD\r\n");
  EXPECT_EQ(file.contacts.size(), 1u);
  return file.contacts.empty() ? Contact{} : file.contacts.front();
}

TEST(VcardTest, ReadsTheFieldsOfACard) {
  const auto gail = card(
      "N:Goodman;Gail;;Dr.;\r\nFN:Dr. Gail Goodman\r\nORG:Constant Contact;Board\r\nTITLE:CEO\r\n"
      "EMAIL;TYPE=INTERNET:gail@example.com\r\nURL:https://www.linkedin.com/in/gail\r\n");
  EXPECT_EQ(gail.name, "Gail Goodman");
  EXPECT_EQ(gail.organisation, "Constant Contact");
  EXPECT_EQ(gail.title, "CEO");
  EXPECT_EQ(gail.profile_url, "https://www.linkedin.com/in/gail");
  ASSERT_EQ(gail.addresses.size(), 1u);
  EXPECT_EQ(text(gail.addresses[0]), "gail@example.com");
  EXPECT_EQ(gail.source, TieSource::address_book);
  EXPECT_DOUBLE_EQ(gail.strength, 0.35);
  EXPECT_EQ(gail.evidence, "in the address book");
}

TEST(VcardTest, FoldedLinesAndGroupsAndEscapesAreUndone) {
  const auto gail = card(
      "FN:Gail Good\r\n man\r\nitem1.ORG:Smith\\, Jones\\; Co\\nLtd;Board\r\nitem1.X-ABLabel:Work\r\n"
      "item2.EMAIL;type=INTERNET:ga\r\n\til@example.com\r\nNOTE:a\\\\b\r\n");
  EXPECT_EQ(gail.name, "Gail Goodman");
  EXPECT_EQ(gail.organisation, "Smith, Jones; Co Ltd");
  EXPECT_EQ(text(gail.addresses.at(0)), "gail@example.com");
}

TEST(VcardTest, ThePreferredAddressComesFirstInEveryVersion) {
  for (const std::string preferred : {"EMAIL;TYPE=work,pref", "EMAIL;PREF=1", "EMAIL;INTERNET;PREF",
                                      "EMAIL;type=WORK;type=pref", "item1.EMAIL;TYPE=\"work,pref\""}) {
    const auto gail =
        card("FN:G\r\nEMAIL;TYPE=home:home@example.com\r\n" + preferred + ":work@example.com\r\n");
    ASSERT_EQ(gail.addresses.size(), 2u) << preferred;
    EXPECT_EQ(gail.addresses[0].local, "work") << preferred;
  }
  EXPECT_EQ(
      card("FN:G\r\nEMAIL;PREF=50:b@example.com\r\nEMAIL;PREF=2:a@example.com\r\n").addresses.at(0).local,
      "a");
}

TEST(VcardTest, BrokenAndDoubledAddressesAreLeftOut) {
  const auto gail =
      card("FN:G\r\nEMAIL:broken\r\nEMAIL:mailto:a@example.com\r\nEMAIL:A@EXAMPLE.com\r\nEMAIL:\r\n");
  ASSERT_EQ(gail.addresses.size(), 1u);
  EXPECT_EQ(text(gail.addresses[0]), "a@example.com");
}

TEST(VcardTest, RelationsSetTheStrength) {
  const std::pair<std::string, double> rows[] = {{"friend", 0.8},    {"colleague", 0.6},
                                                 {"co-worker", 0.6}, {"acquaintance", 0.3},
                                                 {"met", 0.3},       {"spouse", 0.35}};
  for (const auto& [type, strength] : rows)
    EXPECT_DOUBLE_EQ(card("FN:G\r\nRELATED;TYPE=" + type + ":urn:uuid:x\r\n").strength, strength) << type;
  const auto both = card("FN:G\r\nRELATED;TYPE=\"met,colleague\":x\r\nRELATED;TYPE=friend:x\r\n");
  EXPECT_DOUBLE_EQ(both.strength, 0.8);
  EXPECT_EQ(both.evidence, "a friend in the address book");
}

TEST(VcardTest, Version21QuotedPrintableAndLatin1AreRead) {
  const auto jose = card(
      "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Jos=C3=A9\r\nORG;ENCODING=QUOTED-PRINTABLE;"
      "CHARSET=UTF-8:Caf=C3=A9 =\r\n"
      "del Mar\r\nTITLE;CHARSET=ISO-8859-1:Due\xF1o\r\n");
  EXPECT_EQ(jose.name, "José Muñoz");
  EXPECT_EQ(jose.organisation, "Café del Mar");
  EXPECT_EQ(jose.title, "Dueño");
}

TEST(VcardTest, PhotographsAndForeignCharsetsArePassedOver) {
  const auto gail = card(
      "FN:Gail\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJRg\r\n "
      "ABAQ==\r\nTITLE;CHARSET=SHIFT_JIS:\x8E\xD0\r\n"
      "TITLE:CEO\r\n");
  EXPECT_EQ(gail.name, "Gail");
  EXPECT_EQ(gail.title, "CEO");
}

TEST(VcardTest, OutlooksReversedNamesAreTurnedRound) {
  EXPECT_EQ(card("FN:Goodman, Gail\r\nN:Goodman;Gail;;;\r\n").name, "Gail Goodman");
  EXPECT_EQ(card("N:Goodman;Gail;;;\r\nFN:\r\n").name, "Gail Goodman");
  EXPECT_EQ(card("FN:Gail Goodman, PhD\r\nN:Goodman;Gail;;;PhD\r\n").name, "Gail Goodman");
}

TEST(VcardTest, ManyCardsAndPlainLineFeeds) {
  const auto file = read("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n\nbegin:vcard\nFN:B\nend:vcard");
  ASSERT_EQ(file.contacts.size(), 2u);
  EXPECT_EQ(file.contacts[1].name, "B");
}

TEST(VcardTest, CardsThatAreNoPersonAreSkippedWithTheirReason) {
  const auto file = read(
      "BEGIN:VCARD\nKIND:org\nFN:Acme\nEND:VCARD\nBEGIN:VCARD\nX-ABShowAs:COMPANY\nFN:Acme\nEND:VCARD\n"
      "BEGIN:VCARD\nEMAIL:a@example.com\nEND:VCARD\nBEGIN:VCARD\nFN:Cut\nBEGIN:VCARD\nKIND:individual\nFN:"
      "Whole\nEND:VCARD\n"
      "BEGIN:VCARD\nFN:Cut too\n");
  ASSERT_EQ(file.contacts.size(), 1u);
  EXPECT_EQ(file.contacts[0].name, "Whole");
  ASSERT_EQ(file.skipped.size(), 5u);
  EXPECT_EQ(file.skipped[0].why, "not a person's card: org");
  EXPECT_EQ(file.skipped[1].why, "not a person's card: company");
  EXPECT_EQ(file.skipped[2].why, "the card has no name");
  EXPECT_EQ(file.skipped[3].why, "the card has no END:VCARD");
  EXPECT_EQ(file.skipped[3].row, 4u);
  EXPECT_EQ(file.skipped[4].row, 6u);
}

TEST(VcardTest, ACardInsideACardBelongsToItsAgent) {
  const auto file = read(
      "BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Secretary\nEMAIL:s@example.com\nEND:VCARD\nEND:VCARD\n");
  ASSERT_EQ(file.contacts.size(), 1u);
  EXPECT_EQ(file.contacts[0].name, "Boss");
  EXPECT_TRUE(file.contacts[0].addresses.empty());
}

TEST(VcardTest, ACompanysPageIsNoProfile) {
  EXPECT_EQ(card("FN:G\r\nURL:https://www.acme.example/\r\n").profile_url, "");
  EXPECT_EQ(card("FN:G\r\nURL:https://www.linkedin.com/company/acme\r\n").profile_url, "");
  EXPECT_EQ(card("FN:G\r\nURL:javascript:alert(1)\r\n").profile_url, "");
  EXPECT_EQ(card("FN:G\r\nURL:https://linkedin.com.evil.example/in/g\r\n").profile_url, "");
  EXPECT_EQ(
      card("FN:G\r\nX-SOCIALPROFILE;type=linkedin:http://de.linkedin.com/in/G-1/?trk=x\r\n").profile_url,
      "https://www.linkedin.com/in/g-1");
}

TEST(VcardTest, AProfileHasOneSpelling) {
  for (const std::string slug : {"j%C3%A4ne-s", "j%c3%a4ne-s", "jäne-s", "J%C3%A4NE-S", "j%C3%A4ne%2Ds"})
    EXPECT_EQ(card("FN:J\r\nURL:https://www.linkedin.com/in/" + slug + "\r\n").profile_url,
              "https://www.linkedin.com/in/j%c3%a4ne-s")
        << slug;
  const std::string long_name(180, 'x'), longer = long_name + long_name;
  EXPECT_EQ(card("FN:J\r\nURL:https://www.linkedin.com/in/" + long_name + "%zz\r\n").profile_url,
            "https://www.linkedin.com/in/" + long_name + "%25zz");
  EXPECT_EQ(card("FN:J\r\nURL:https://www.linkedin.com/in/" + longer + "\r\n").profile_url, "");
}

TEST(VcardTest, ControlCharactersNeverReachAContact) {
  const auto gail = card("FN:Gail\x01\\n\x1b[31mBcc: x\r\nTITLE:a\\nb\r\n");
  EXPECT_EQ(gail.name.find_first_of("\r\n\x01\x1b"), std::string::npos);
  EXPECT_EQ(gail.title, "a b");
}

}  // namespace
}  // namespace tertius::contacts
