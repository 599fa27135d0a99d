#include "contacts/address_book_csv.hpp"

#include <gtest/gtest.h>

#include "contacts/read_contacts.hpp"

namespace tertius::contacts {
namespace {

constexpr auto old_google =
    "Name,Given Name,Additional Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Value,"
    "Organization 1 - Name,Organization 1 - Title\r\n"
    "Gail Goodman,Gail,,Goodman,* Work,gail@cc.example ::: gail@home.example,GAIL@cc.example,Constant "
    "Contact,CEO\r\n";
constexpr auto new_google =
    "First Name,Middle Name,Last Name,Organization Name,Organization Title,E-mail 1 - Label,E-mail 1 - "
    "Value\n"
    "Gail,,Goodman,Constant Contact,CEO,Work,gail@cc.example\n";
constexpr auto outlook =
    "\"Title\";\"First Name\";\"Last Name\";\"Company\";\"Job Title\";\"E-mail Address\";\"E-mail 2 "
    "Address\"\r\n"
    "\"Dr\";\"Gail\";\"Goodman\";\"Constant Contact\";\"CEO\";\"gail@cc.example\";\"\"\r\n";

TEST(AddressBookCsvTest, GoogleAndOutlookSayTheSame) {
  for (const char* text : {old_google, new_google, outlook}) {
    const auto file = read_contacts(text);
    ASSERT_TRUE(file) << text;
    ASSERT_EQ(file.value().contacts.size(), 1u) << text;
    const Contact& gail = file.value().contacts[0];
    EXPECT_EQ(gail.name, "Gail Goodman");
    EXPECT_EQ(gail.organisation, "Constant Contact");
    EXPECT_EQ(gail.title, "CEO");
    ASSERT_FALSE(gail.addresses.empty());
    EXPECT_EQ(tertius::text(gail.addresses[0]), "gail@cc.example");
    EXPECT_EQ(gail.source, TieSource::address_book);
  }
  EXPECT_EQ(read_contacts(old_google).value().contacts[0].addresses.size(), 2u) << "each address once";
}

TEST(AddressBookCsvTest, RowsWithoutANameAreSkippedWithTheReason) {
  const auto file = read_contacts("First Name,Last Name,E-mail Address\n,,x@y.example\n,,\nGail,,\n");
  ASSERT_TRUE(file);
  ASSERT_EQ(file.value().skipped.size(), 1u);
  EXPECT_EQ(file.value().skipped[0].row, 1u);
  EXPECT_EQ(file.value().contacts.size(), 1u);
}

TEST(AddressBookCsvTest, OtherTablesAreNoAddressBook) {
  EXPECT_FALSE(read_contacts("Name,Price\nTea,3\n"));
  EXPECT_FALSE(read_contacts("E-mail Address\nx@y.example\n"));
}

}  // namespace
}  // namespace tertius::contacts
