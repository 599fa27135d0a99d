#include "contacts/listed_csv.hpp"

#include <gtest/gtest.h>

namespace tertius::contacts {
namespace {

TEST(ListedCsvTest, MembersAreReadWithTheirColumnsInAnyOrder) {
  for (const auto* text :
       {"email,name,organisation,title\nAlice@acme.example,\"Dr. Alice Chen, PhD\",Acme,Founder\n",
        "Name;Title;Organisation;Email\r\nAlice Chen;Founder;Acme;Alice@acme.example\r\n"}) {
    const auto listed = read_listed_members(text);
    ASSERT_TRUE(listed) << listed.error().what;
    ASSERT_EQ(listed.value().rows.size(), 1U);
    const ListedMember& alice = listed.value().rows.front();
    EXPECT_EQ(tertius::text(alice.address), "Alice@acme.example");
    EXPECT_EQ(alice.name, "Alice Chen");
    EXPECT_EQ(alice.organisation, "Acme");
    EXPECT_EQ(alice.title, "Founder");
    EXPECT_EQ(alice.row, 1U);
  }
}

TEST(ListedCsvTest, RowsThatCannotBeReadAreSkippedWithTheReason) {
  const auto members =
      read_listed_members("email,name\nalice,Alice\nbob@x.example,\nc@x.example,Carol\n\"open,\n");
  ASSERT_TRUE(members);
  EXPECT_EQ(members.value().rows.size(), 1U);
  EXPECT_EQ(members.value().rows.front().row, 3U);
  ASSERT_EQ(members.value().skipped.size(), 3U);
  const auto ties = read_listed_ties(
      "owner,contact,rating\na@x.example,b@x.example,0.5\na@x.example,A@x.example,1\na@x.example,b@x.example,"
      "0\n"
      "a@x.example,b@x.example,1.1\na@x.example,b@x.example,nan\na@x.example,b@x.example\n,b@x.example,1\n");
  ASSERT_TRUE(ties);
  EXPECT_EQ(ties.value().rows.size(), 1U);
  EXPECT_EQ(ties.value().skipped.size(), 6U);
  for (const auto& row : ties.value().skipped) EXPECT_FALSE(row.why.empty());
}

TEST(ListedCsvTest, WithoutAHeaderTheColumnsAreNamed) {
  for (const auto* text : {"", "alice@x.example,Alice\n", "email\n"}) {
    const auto listed = read_listed_members(text);
    ASSERT_FALSE(listed) << text;
    EXPECT_NE(listed.error().hint.find("email,name,organisation,title"), std::string::npos);
  }
  EXPECT_FALSE(read_listed_ties("owner,contact\na@x.example,b@x.example\n"));
}

}  // namespace
}  // namespace tertius::contacts
