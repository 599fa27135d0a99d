#include "contacts/mail_evidence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "contacts/read_contacts.hpp"

namespace tertius::contacts {
namespace {

Time day(int year, unsigned month, unsigned day_) {
  return std::chrono::sys_days{std::chrono::year{year} / month / day_};
}

Interaction beth() {
  return {parse_address("beth@x.example").value(),
          "Beth \"B\" Chen",
          8,
          6,
          12,
          day(2025, 3, 9),
          day(2026, 10, 30)};
}

const std::string header = "Address,Name,Sent,Received,First,Last,Interaction\r\n";

ContactFile read(const std::string& text) {
  const auto file = read_contacts(text);
  EXPECT_TRUE(file) << file.error().what;
  return file ? file.value() : ContactFile{};
}

TEST(MailEvidenceTest, WhatWasWrittenIsReadAsATieByMail) {
  const auto file = read(write_mail_evidence(std::vector{beth()}));
  ASSERT_EQ(file.contacts.size(), 1U);
  EXPECT_TRUE(file.skipped.empty());
  const Contact& contact = file.contacts.front();
  EXPECT_EQ(contact.name, "Beth \"B\" Chen");
  EXPECT_EQ(text(contact.addresses.at(0)), "beth@x.example");
  EXPECT_EQ(contact.source, TieSource::mail);
  EXPECT_EQ(contact.evidence, "wrote to each other 14 times since March 2025");
  EXPECT_EQ(contact.since, day(2026, 10, 30));
  EXPECT_NEAR(contact.strength, 1 - std::exp(-1), 1e-9);
}

TEST(MailEvidenceTest, MoreMailIsAStrongerTieAndNeverAboveOne) {
  double before = 0;
  for (const double score : {0.01, 0.5, 3.0, 40.0, 1e9}) {
    Interaction one = beth();
    one.score = score;
    const auto file = read(write_mail_evidence(std::vector{one}));
    ASSERT_EQ(file.contacts.size(), 1U);
    EXPECT_GT(file.contacts.front().strength, before);
    EXPECT_LE(file.contacts.front().strength, 1);
    before = file.contacts.front().strength;
  }
}

TEST(MailEvidenceTest, ANameIsNoFormulaAndNoSecondLine) {
  Interaction one = beth();
  one.name = "=HYPERLINK(\"http://x\")\r\nEve";
  const std::string written = write_mail_evidence(std::vector{one});
  EXPECT_NE(written.find("\"'=HYPERLINK"), std::string::npos);
  EXPECT_EQ(std::ranges::count(written, '\n'), 2);
}

TEST(MailEvidenceTest, RowsThatSayNothingAreSkippedWithTheReason) {
  const auto file = read(header +
                         "nobody,X,1,1,2026-01-01,2026-01-01,1\r\n"
                         "a@x.example,X,0,9,2026-01-01,2026-01-01,1\r\n"
                         "b@x.example,X,1,1,then,2026-01-01,1\r\n"
                         "c@x.example,X,1,1,2026-01-01,2026-01-01,nan\r\n"
                         "d@x.example,X,1,1,2026-01-01,2026-01-01,-5\r\n"
                         "e@x.example,X\r\n"
                         "f@x.example,,1,1,2026-01-01,2026-01-01,1\r\n");
  EXPECT_EQ(file.skipped.size(), 6U);
  for (const auto& row : file.skipped) EXPECT_FALSE(row.why.empty());
  ASSERT_EQ(file.contacts.size(), 1U);
  EXPECT_EQ(text(file.contacts.front().addresses.at(0)), "f@x.example");
}

}  // namespace
}  // namespace tertius::contacts
