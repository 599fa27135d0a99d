#include "mail/date.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9} + std::chrono::hours{12}};

TEST(DateTest, OneMomentInEveryFormThatMailHolds) {
  for (const auto* field :
       {"Mon, 9 Mar 2026 12:00:00 +0000", "Mon, 09 Mar 2026 14:00:00 +0200 (CEST)", "9 Mar 2026 12:00:00 GMT",
        "Mon, 9 Mar 26 07:00:00 EST", "mon, 9 mar 2026 12:00 +0000", "Mon,  9 Mar 2026 12:00:00 -0000 (UTC)"})
    EXPECT_EQ(read_date(field), noon) << field;
}

TEST(DateTest, WhatIsNoDateIsNone) {
  for (const auto* field : {"", "yesterday", "Mon, 32 Mar 2026 12:00:00 +0000", "(9 Mar 2026)", "\xff\xfe",
                            "Thu, 1 Jan 1970 00:00:00 +0000"})
    EXPECT_FALSE(read_date(field)) << field;
  EXPECT_FALSE(read_date(std::string(1'000'000, '9')));
}

}  // namespace
}  // namespace tertius::mail
