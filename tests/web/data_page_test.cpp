#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

TEST(DataPageTest, NobodyGetsAnythingWithoutSigningIn) {
  House house;
  EXPECT_EQ(house.open("/settings/data").status, 401);
  EXPECT_EQ(house.open("/settings/data/download").status, 401);
  EXPECT_EQ(house.post("/settings/data", {{"word", "erase"}}).status, 401);
  EXPECT_TRUE(house.erased.empty());
}

TEST(DataPageTest, EverybodyDownloadsTheirOwn) {
  House house;
  house.sign_in(gail);  // no member
  const auto file = house.open("/settings/data/download");
  EXPECT_EQ(file.body, "{\"person\":3}");
  EXPECT_TRUE(header(file, "Content-Disposition").starts_with("attachment"));
  EXPECT_EQ(header(file, "Cache-Control"), "no-store");
}

TEST(DataPageTest, TheMailsAreAFileThatMailProgramsOpen) {
  House house;
  EXPECT_EQ(house.open("/settings/data/mails").status, 401);
  house.sign_in(gail);
  const auto file = house.open("/settings/data/mails");
  EXPECT_EQ(file.body, "From p3\n");
  EXPECT_EQ(file.content_type, "application/mbox");
  EXPECT_EQ(header(file, "Content-Disposition"), "attachment; filename=\"my-mails.mbox\"");
  EXPECT_TRUE(has(house.open("/settings/data"), "href=\"/settings/data/mails\""));
}

TEST(DataPageTest, ErasingWantsTheWordAndTheNonce) {
  House house;
  house.sign_in(alice);
  EXPECT_EQ(house.press("/settings/data", {{"word", "yes"}}).status, 422);
  EXPECT_EQ(house.post("/settings/data", {{"word", "erase"}}).status, 409);
  EXPECT_TRUE(house.erased.empty());
  EXPECT_TRUE(has(house.press("/settings/data", {{"word", "erase"}}), "You are erased"));
  EXPECT_EQ(house.erased, std::set<PersonId>{alice});
}

}  // namespace
}  // namespace tertius::web
