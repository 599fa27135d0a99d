#include <gtest/gtest.h>

#include "storage/merging.hpp"
#include "storage/people.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

constexpr PersonId by_card{100}, by_profile{101};

class AlikePageTest : public testing::Test {
 protected:
  AlikePageTest() {
    Person person;
    person.name = "Dora Lane";
    person.organisation = "Harbour";
    person.id = by_card;
    person.address = parse_address("dora@harbour.example").value();
    storage::add_person(house.db, person);
    person.id = by_profile;
    person.address = std::nullopt;
    person.profile_url = "https://www.linkedin.com/in/dora";
    storage::add_person(house.db, person);
    tie(alice, by_card, TieSource::address_book);
    tie(alice, by_profile, TieSource::linkedin);
    house.sign_in(alice);
  }
  void tie(PersonId owner, PersonId contact, TieSource source) {
    storage::put_tie(house.db, {owner, contact, source, 0.35, std::nullopt, "evidence"});
  }
  HttpResponse answer(const std::string& action, PersonId one = by_card, PersonId other = by_profile) {
    return house.post("/contacts/alike", {{"nonce", house.nonce_of("/contacts")},
                                          {"action", action},
                                          {"one", std::to_string(number(one))},
                                          {"other", std::to_string(number(other))}});
  }
  std::size_t ties() { return storage::ties_of(house.db, alice).size(); }

  House house;
};

TEST_F(AlikePageTest, TwoOfOneNameAndOrganisationAreAskedAboutWithWhatTellsThemApart) {
  const auto page = house.open("/contacts");
  EXPECT_TRUE(has(page, "Are these the same?") && has(page, "Dora Lane, Harbour"));
  EXPECT_TRUE(has(page, "dora@harbour.example; Address book") &&
              has(page, "https://www.linkedin.com/in/dora; LinkedIn"));
  EXPECT_FALSE(has(house.open("/contacts?q=dora"), "Are these the same?"));
}

TEST_F(AlikePageTest, MergedTheyAreOneAndCanBePartedAgain) {
  EXPECT_EQ(header(answer("same"), "Location"), "/contacts/100");
  const auto merged = house.open("/contacts/100");
  EXPECT_TRUE(has(merged, "LinkedIn") && has(merged, "Address book") &&
              has(merged, "Two that you have made one"));
  EXPECT_EQ(house.open("/contacts/101").status, 404);
  EXPECT_FALSE(has(house.open("/contacts"), "Are these the same?"));
  EXPECT_EQ(answer("unmerge", by_profile).status, 303);
  EXPECT_EQ(house.open("/contacts/101").status, 200);
  EXPECT_FALSE(has(house.open("/contacts"), "Are these the same?")) << "answered";
}

TEST_F(AlikePageTest, ANoIsKept) {
  EXPECT_EQ(answer("two").status, 303);
  EXPECT_FALSE(has(house.open("/contacts"), "Are these the same?"));
  EXPECT_EQ(ties(), 2u);
}

TEST_F(AlikePageTest, NobodyMergesAnotherMembersContacts) {
  house.forget_cookies();
  house.sign_in(christine);
  for (const char* action : {"same", "two", "unmerge", "other"})
    EXPECT_EQ(answer(action).status, 404) << action;
  tie(christine, by_card, TieSource::address_book);
  EXPECT_EQ(answer("same").status, 404) << "one of them is not hers";
  EXPECT_EQ(ties(), 2u);
}

TEST_F(AlikePageTest, NothingIsMergedWithoutTheNonce) {
  EXPECT_EQ(house.post("/contacts/alike", {{"action", "same"}, {"one", "100"}, {"other", "101"}}).status,
            409);
  EXPECT_EQ(storage::merged_as(house.db, alice, by_profile), by_profile);
}

}  // namespace
}  // namespace tertius::web
