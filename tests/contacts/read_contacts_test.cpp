#include "contacts/read_contacts.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/contacts/load_file.hpp"

namespace tertius::contacts {
namespace {

using namespace std::string_literals;

const std::string vcard =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Gail Goodman\r\nEMAIL;PREF=1:gail@example.com\r\nEND:VCARD\r\n";

TEST(ReadContactsTest, TheContentTellsTheFormat) {
  EXPECT_EQ(read_contacts(load_file("linkedin_2024.csv")).value().format, "LinkedIn Connections.csv");
  EXPECT_EQ(read_contacts(vcard).value().format, "vCard");
  EXPECT_EQ(read_contacts("\xEF\xBB\xBF" + vcard).value().contacts.size(), 1u);
  EXPECT_EQ(read_contacts("\n\n" + vcard).value().contacts.size(), 1u);
}

TEST(ReadContactsTest, AFileWithoutAKnownHeaderIsAnErrorThatNamesWhatIsRead) {
  for (const auto& text :
       {""s, " "s, "hello"s, "Name,Mail\nGail,gail@example.com\n"s, std::string(1000, ',')}) {
    const auto file = read_contacts(text);
    ASSERT_FALSE(file) << text;
    EXPECT_NE(file.error().hint.find("Connections.csv"), std::string::npos);
    EXPECT_NE(file.error().hint.find("vCard"), std::string::npos);
  }
}

TEST(ReadContactsTest, FilesOfAnotherKindAreNamed) {
  EXPECT_NE(read_contacts("PK\x03\x04rest").error().what.find("archive"), std::string::npos);
  EXPECT_NE(read_contacts("\xFF\xFE"
                          "F\0i\0"s)
                .error()
                .what.find("UTF-16"),
            std::string::npos);
  EXPECT_NE(read_contacts("<!DOCTYPE html>").error().what.find("web page"), std::string::npos);
  EXPECT_NE(read_contacts("First Name\0"s).error().what.find("NUL"), std::string::npos);
}

// Every file cut at every place, and with octets changed at random: something comes back, and nothing with a
// control character in it.
void expect_harmless(const std::string& text) {
  const auto file = read_contacts(text);
  if (!file) return;
  for (const auto& contact : file.value().contacts) {
    EXPECT_FALSE(contact.name.empty());
    EXPECT_GT(contact.strength, 0);
    EXPECT_LE(contact.strength, 1);
    for (const auto& field :
         {contact.name, contact.organisation, contact.title, contact.profile_url, contact.evidence})
      EXPECT_EQ(field.find_first_of("\r\n\t\x7f\x1b"), std::string::npos);
  }
  for (const auto& row : file.value().skipped) EXPECT_FALSE(row.why.empty());
}

TEST(ReadContactsTest, CutAndChangedFilesDoNoHarm) {
  std::mt19937 random(11);
  for (const auto& whole : {load_file("linkedin_2016.csv"), load_file("linkedin_2024.csv"), vcard + vcard}) {
    for (std::size_t size = 0; size < whole.size(); ++size) expect_harmless(whole.substr(0, size));
    for (int round = 0; round < 2000; ++round) {
      auto changed = whole;
      for (int i = 0; i < 5; ++i) changed[random() % changed.size()] = "\",;:\n\r\\=\x80 \xC3"[random() % 11];
      expect_harmless(changed);
    }
  }
}

TEST(ReadContactsTest, LargeFilesAreReadToTheEnd) {
  std::string csv = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
  std::string cards;
  for (int i = 0; i < 20'000; ++i) {
    csv += "A" + std::to_string(i) + ",\"B, PhD\",,a" + std::to_string(i) + "@example.com,C,D,09 Mar 2019\n";
    cards += "BEGIN:VCARD\nFN:A" + std::to_string(i) + "\nEMAIL:a@example.com\nEND:VCARD\n";
  }
  EXPECT_EQ(read_contacts(csv).value().contacts.size(), 20'000u);
  EXPECT_EQ(read_contacts(cards).value().contacts.size(), 20'000u);
}

TEST(ReadContactsTest, HostileFilesEndInLinearTime) {
  const std::string header = "First Name,Last Name,Connected On\n";
  for (const auto& text :
       {header + std::string(2'000'000, '"'), header + std::string(2'000'000, ','),
        header + std::string(2'000'000, '\n'), "BEGIN:VCARD\n" + std::string(2'000'000, ';'),
        "BEGIN:VCARD\nFN" + std::string(1'000'000, ';') + ":x\n",
        "BEGIN:VCARD\nFN:x" + std::string(2'000'000, '\n'),
        "BEGIN:VCARD\nFN;QUOTED-PRINTABLE:" + std::string(1'000'000, '='),
        "BEGIN:VCARD\nEMAIL:" + std::string(2'000'000, 'a') + "@b\nEND:VCARD"})
    expect_harmless(text);
  std::string quotes = header;
  for (int i = 0; i < 200'000; ++i) quotes += "a,\"\n";
  expect_harmless(quotes);
}

}  // namespace
}  // namespace tertius::contacts
