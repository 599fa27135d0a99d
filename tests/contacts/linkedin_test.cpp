#include "contacts/linkedin.hpp"

#include <gtest/gtest.h>

#include "tests/support/contacts/load_file.hpp"

namespace tertius::contacts {
namespace {

Time day(int year, unsigned month, unsigned day_) {
  using namespace std::chrono;
  return sys_days{std::chrono::year{year} / month / day_};
}

const std::string header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

ContactFile read(const std::string& text) {
  auto file = read_linkedin(text);
  EXPECT_TRUE(file) << file.error().what;
  return file ? std::move(file.value()) : ContactFile{};
}

TEST(LinkedinTest, TheThreeErasGiveTheSameContact) {
  for (const auto* name : {"linkedin_2016.csv", "linkedin_2019.csv", "linkedin_2024.csv"}) {
    const auto file = read(load_file(name));
    ASSERT_GE(file.contacts.size(), 2u) << name;
    const auto& gail = file.contacts.front();
    EXPECT_EQ(file.format, "LinkedIn Connections.csv");
    EXPECT_EQ(gail.name, "Gail Goodman") << name;
    EXPECT_EQ(gail.organisation, "Constant Contact");
    ASSERT_EQ(gail.addresses.size(), 1u) << name;
    EXPECT_EQ(text(gail.addresses.front()), "gail@example.com");
    ASSERT_TRUE(gail.since) << name;
    EXPECT_EQ(*gail.since, day(2019, 3, 9)) << name;
    EXPECT_EQ(gail.source, TieSource::linkedin);
    EXPECT_DOUBLE_EQ(gail.strength, 0.35);
    EXPECT_EQ(gail.evidence, "connected on LinkedIn since March 2019");
  }
}

TEST(LinkedinTest, HiddenMembersAreCountedAndNothingMore) {
  EXPECT_EQ(read(load_file("linkedin_2016.csv")).hidden, 1u);
  EXPECT_EQ(read(load_file("linkedin_2024.csv")).hidden, 2u);
  EXPECT_EQ(read(load_file("linkedin_2024.csv")).contacts.size(), 3u);
}

TEST(LinkedinTest, TheNewestEraHasProfilesDegreesAndLineEnds) {
  const auto file = read(load_file("linkedin_2024.csv"));
  EXPECT_EQ(file.contacts[0].profile_url, "https://www.linkedin.com/in/gail-goodman");
  EXPECT_EQ(file.contacts[0].title, "CEO \"emerita\"");
  EXPECT_EQ(file.contacts[1].name, "Jane Smith");
  EXPECT_EQ(file.contacts[1].organisation, "Acme Holdings");
  EXPECT_EQ(file.contacts[1].profile_url, "https://www.linkedin.com/in/j%c3%a4nesmith");
}

TEST(LinkedinTest, MalformedRowsAreSkippedWithTheirReason) {
  const auto file = read(load_file("linkedin_2024.csv"));
  ASSERT_EQ(file.skipped.size(), 2u);
  EXPECT_EQ(file.skipped[0].row, 5u);
  EXPECT_EQ(file.skipped[0].why, "3 fields where the header has 7");
  EXPECT_EQ(file.skipped[1].row, 6u);
  EXPECT_EQ(file.skipped[1].why, "8 fields where the header has 7");
}

TEST(LinkedinTest, WhatIsUnreadableInARowIsLeftOutOfTheContact) {
  const auto kenji = read(load_file("linkedin_2024.csv")).contacts.back();
  EXPECT_EQ(kenji.name, "Kenji Watanabe");
  EXPECT_EQ(kenji.profile_url, "");
  EXPECT_TRUE(kenji.addresses.empty());
  EXPECT_FALSE(kenji.since);
  EXPECT_EQ(kenji.evidence, "connected on LinkedIn");
}

TEST(LinkedinTest, OneDayAboveTwelveMakesTheWholeFileDayFirst) {
  const auto american = read(header + "A,B,,,,,03/09/19\n");
  EXPECT_EQ(*american.contacts[0].since, day(2019, 3, 9));
  const auto european = read(header + "A,B,,,,,03/09/19\nC,D,,,,,23/04/19\n");
  EXPECT_EQ(*european.contacts[0].since, day(2019, 9, 3));
  EXPECT_EQ(*european.contacts[1].since, day(2019, 4, 23));
}

TEST(LinkedinTest, SemicolonsTabsAndMovedColumnsAreRead) {
  EXPECT_EQ(read("Connected On;Last Name;First Name\n09 Mar 2019;Goodman;Gail\n").contacts.at(0).name,
            "Gail Goodman");
  EXPECT_EQ(read("First Name\tLast Name\tConnected On\nGail\tGoodman\t2019-03-09\n").contacts.at(0).name,
            "Gail Goodman");
}

TEST(LinkedinTest, WithoutItsHeaderAFileIsRefused) {
  EXPECT_FALSE(read_linkedin(""));
  EXPECT_FALSE(read_linkedin("Gail,Goodman,gail@example.com\n"));
  EXPECT_FALSE(read_linkedin("First Name,Last Name,E-mail Address\nGail,Goodman,gail@example.com\n"));
  EXPECT_TRUE(read(header).contacts.empty());
}

TEST(LinkedinTest, ImpossibleDatesAreNone) {
  for (const std::string date :
       {"31 Feb 2019", "0/0/00", "13/13/13", "99999999999999999999 Mar 2019", "Mar", "09 Foo 2019", "1/2"})
    EXPECT_FALSE(read(header + "A,B,,,,," + date + "\n").contacts.at(0).since) << date;
}

}  // namespace
}  // namespace tertius::contacts
