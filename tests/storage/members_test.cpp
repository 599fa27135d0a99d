#include "storage/members.hpp"

#include "storage/forgotten.hpp"
#include "storage/own_words.hpp"
#include "tests/support/storage/engines.hpp"

namespace tertius::storage {
namespace {

Address address(const std::string& text) { return parse_address(text).value(); }

class MembersTest : public OnEngine {
 protected:
  IdSource ids = [next = std::int64_t{100}]() mutable { return ++next; };
  std::vector<ListedMember> list{{1, address("alice@x.example"), "Alice Chen", "Acme", "Founder"},
                                 {2, address("bob@x.example"), "Bob Stone", "", ""}};

  static Person said(const std::string& text, const std::string& name) {
    Person person;
    person.address = address(text);
    person.name = name;
    return person;
  }
  Person found(const std::string& text) { return find_person_by_address(db(), address(text)).value(); }
};
TERTIUS_ON_EVERY_ENGINE(MembersTest);

TEST_P(MembersTest, AListBroughtAgainChangesNothing) {
  EXPECT_EQ(join_all(db(), list, ids).added, 2U);
  EXPECT_EQ(join_all(db(), list, ids).unchanged, 2U);
  list[1].organisation = "Rowan Bank";
  list[0].title.clear();
  const auto report = join_all(db(), list, ids);
  EXPECT_EQ(report.changed, 1U);
  EXPECT_EQ(report.unchanged, 1U);
  EXPECT_EQ(found("bob@x.example").organisation, "Rowan Bank");
  EXPECT_EQ(found("alice@x.example").title, "Founder") << "what is left empty stays";
}

TEST_P(MembersTest, AContactWhoJoinsHasTheirOwnWordsAndTheOwnerKeepsTheirs) {
  join_all(db(), std::span(list).first(1), ids);
  Person card;
  card.id = PersonId{7};
  card.name = "Bobby";
  card.organisation = "The pub";
  card.address = address("bob@x.example");
  add_person(db(), card);
  const PersonId alice = found("alice@x.example").id;
  put_tie(db(), {alice, card.id, TieSource::address_book, 0.35, {}, "in the address book"});
  EXPECT_EQ(join_all(db(), list, ids).changed, 1U);
  const Person bob = found("bob@x.example");
  EXPECT_TRUE(bob.member);
  EXPECT_EQ(bob.name, "Bob Stone");
  EXPECT_EQ(bob.organisation, "");
  EXPECT_EQ(said_by(db(), alice, bob).name, "Bobby");
}

TEST_P(MembersTest, WhoeverWasErasedComesBackAsTheyWent) {
  Person alice = join(db(), said("alice@x.example", "Alice Chen"), ids).person;
  alice.stopped = true;
  alice.consent = Consent::never;
  keep_refusals(db(), alice);
  db().run("DELETE FROM people WHERE id = $1", {std::int64_t{number(alice.id)}});
  const Person again = join(db(), said("alice@x.example", "Alice Chen"), ids).person;
  EXPECT_TRUE(again.stopped);
  EXPECT_EQ(again.consent, Consent::never);
}

TEST_P(MembersTest, RatingsWantAMemberAndSomebodyWhoIsKnown) {
  join_all(db(), list, ids);
  Person gail;
  gail.id = PersonId{7};
  gail.name = "Gail";
  gail.address = address("gail@x.example");
  add_person(db(), gail);
  const std::vector<ListedTie> ties{{1, address("alice@x.example"), address("gail@x.example"), 0.8},
                                    {2, address("gail@x.example"), address("alice@x.example"), 0.8},
                                    {3, address("alice@x.example"), address("nobody@x.example"), 0.8}};
  const auto report = rate_all(db(), ties);
  EXPECT_EQ(report.added, 1U);
  ASSERT_EQ(report.skipped.size(), 2U);
  EXPECT_EQ(report.skipped[0].row, 2U);
  EXPECT_NE(report.skipped[1].why.find("nobody@x.example"), std::string::npos);
  EXPECT_EQ(find_tie(db(), found("alice@x.example").id, gail.id, TieSource::rating)->strength, 0.8);
  EXPECT_EQ(rate_all(db(), std::span(ties).first(1)).unchanged, 1U);
}

}  // namespace
}  // namespace tertius::storage
