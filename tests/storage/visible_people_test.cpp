// Who sees whom, and what a slip of the finger still finds.
#include "storage/visible_people.hpp"

#include "storage/my_contacts.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/turned_round.hpp"

namespace tertius::storage {
namespace {

constexpr PersonId viewer{1}, friend_of_viewer{2}, stranger{3}, outsider{4}, other_member{5};

class VisiblePeopleTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (testing::Test::IsSkipped()) return;
    add(viewer, "Alice Chen", true);
    add(friend_of_viewer, "Christine Weaver", true);
    add(stranger, "Samir Nasser", true);
    add(outsider, "Gail Goodman", false, "Constant Contact");
    add(other_member, "Maya Goldberg", true);
  }
  void add(PersonId id, const std::string& name, bool member, const std::string& organisation = "") {
    Person person;
    person.id = id;
    person.name = name;
    person.organisation = organisation;
    person.member = member;
    add_person(db(), person);
  }
  void tie(PersonId owner, PersonId contact, double strength = 0.5) {
    const Tie tie{owner, contact, TieSource::mail, strength, {}, "wrote"};
    put_tie(db(), tie);
    if (load_person(db(), contact).member) put_tie(db(), turned_round(tie));
  }
  void hide(PersonId person, Shown shown) {
    Preferences preferences;
    preferences.shown = shown;
    save_preferences(db(), person, preferences);
  }

  using Ids = std::vector<std::int64_t>;
  Ids found(const std::string& words, PersonId by = viewer) {
    Ids ids;
    for (const Person& person : search_visible(db(), by, words, 10).people) ids.push_back(number(person.id));
    return ids;
  }
  // Both ways of looking have one rule.
  bool sees(PersonId by, PersonId person) {
    const bool may = may_see(db(), by, person);
    EXPECT_EQ(!found(load_person(db(), person).name, by).empty(), may);
    return may;
  }
};
TERTIUS_ON_EVERY_ENGINE(VisiblePeopleTest);

TEST_P(VisiblePeopleTest, MembersSeeEachOther) {
  EXPECT_TRUE(sees(viewer, stranger));
  EXPECT_TRUE(sees(stranger, viewer));
}

TEST_P(VisiblePeopleTest, NobodySeesWhomNobodyTheyKnowKnows) {
  EXPECT_FALSE(sees(viewer, outsider));
  tie(stranger, outsider);
  EXPECT_FALSE(sees(viewer, outsider)) << "a contact of somebody whom the viewer does not know";
  EXPECT_TRUE(sees(stranger, outsider)) << "their owner does";
}

TEST_P(VisiblePeopleTest, AContactOfAContactIsSeenWhicheverOfTheTwoHasTheOther) {
  tie(friend_of_viewer, outsider);
  tie(viewer, friend_of_viewer);
  EXPECT_TRUE(sees(viewer, outsider));
  EXPECT_FALSE(sees(stranger, outsider));
  tie(other_member, outsider);
  tie(other_member, stranger);
  EXPECT_TRUE(sees(stranger, outsider));
}

// Anybody may write anybody into a file.
TEST_P(VisiblePeopleTest, OnesOwnWordOpensNobodysAddressBook) {
  tie(friend_of_viewer, outsider);
  for (const TieSource source :
       {TieSource::linkedin, TieSource::address_book, TieSource::mail, TieSource::rating}) {
    put_tie(db(), {viewer, friend_of_viewer, source, 1, {}, "mine"});
    EXPECT_FALSE(sees(viewer, outsider)) << static_cast<int>(source);
    EXPECT_FALSE(has_way_over(db(), viewer, friend_of_viewer));
  }
  put_tie(db(), {friend_of_viewer, viewer, TieSource::address_book, 0, {}, "without strength"});
  EXPECT_FALSE(sees(viewer, outsider));
  put_tie(db(), {friend_of_viewer, viewer, TieSource::linkedin, 0.35, {}, "theirs"});
  EXPECT_TRUE(sees(viewer, outsider));
  EXPECT_TRUE(has_way_over(db(), viewer, friend_of_viewer));
}

TEST_P(VisiblePeopleTest, TheThirdDegreeIsNotSeen) {
  tie(viewer, friend_of_viewer);
  tie(friend_of_viewer, stranger);
  tie(stranger, outsider);
  EXPECT_FALSE(sees(viewer, outsider));
}

TEST_P(VisiblePeopleTest, ATieWithoutStrengthIsNoPath) {
  tie(viewer, friend_of_viewer);
  tie(friend_of_viewer, outsider, 0);
  EXPECT_FALSE(sees(viewer, outsider));
}

TEST_P(VisiblePeopleTest, WhoWantsNotToBeOfferedShowsNobodyTheirContacts) {
  tie(viewer, friend_of_viewer);
  tie(friend_of_viewer, outsider);
  hide(friend_of_viewer, Shown::anonymous);
  EXPECT_TRUE(sees(viewer, outsider));
  hide(friend_of_viewer, Shown::no);
  EXPECT_FALSE(sees(viewer, outsider));
}

TEST_P(VisiblePeopleTest, WhoIsNotToBeAskedByTheViewerShowsThemNobody) {
  tie(viewer, friend_of_viewer);
  tie(friend_of_viewer, outsider);
  add_do_not_ask(db(), friend_of_viewer, viewer);
  EXPECT_FALSE(sees(viewer, outsider));
}

TEST_P(VisiblePeopleTest, WhomTheViewerShallNotMeetIsSeenAsIfThereWereNoPath) {
  tie(viewer, friend_of_viewer);
  tie(friend_of_viewer, outsider);
  add_do_not_ask(db(), outsider, viewer);
  EXPECT_FALSE(sees(viewer, outsider));
  tie(viewer, outsider);
  EXPECT_TRUE(sees(viewer, outsider)) << "what somebody has in their own contacts stays theirs";
  add_do_not_ask(db(), stranger, viewer);
  EXPECT_TRUE(sees(viewer, stranger)) << "members stand in the list";
}

TEST_P(VisiblePeopleTest, NobodyFindsThemselves) { EXPECT_EQ(found("alice"), Ids{}); }

TEST_P(VisiblePeopleTest, ASlipOfTheFingerFindsTheSame) {
  tie(viewer, outsider);
  for (const char* typed : {"godman", "goodmann", "goudman", "ogodman", "goodmna", "oodman", "gail goodmam",
                            "gial", "constatn", "goodm conts", "gaodma"})
    EXPECT_EQ(found(typed), Ids{4}) << typed;
  EXPECT_TRUE(search_visible(db(), viewer, "goodman", 10).as_typed);
  EXPECT_FALSE(search_visible(db(), viewer, "goodmam", 10).as_typed);
}

TEST_P(VisiblePeopleTest, TwoSlipsAndShortWordsAreNotGuessedAt) {
  tie(viewer, outsider);
  for (const char* typed : {"gudmam", "gl", "gxl", "gali goodmam", "weather"})
    EXPECT_EQ(found(typed), Ids{}) << typed;
}

TEST_P(VisiblePeopleTest, ASlipShowsNobodyMore) {
  tie(stranger, outsider);
  EXPECT_EQ(found("goodmam"), Ids{});
  EXPECT_EQ(found("goodmam", stranger), Ids{4});
}

TEST_P(VisiblePeopleTest, WhatIsTypedRightIsNotSetRight) {
  add(PersonId{6}, "Gale Goodmann", true);
  tie(viewer, outsider);
  EXPECT_EQ(found("goodman"), (Ids{4, 6}));
  EXPECT_EQ(found("goodmann"), Ids{6});
}

TEST_P(VisiblePeopleTest, ANameThatNobodyBearsAnyMoreIsForgotten) {
  tie(viewer, outsider);
  Person person = load_person(db(), outsider);
  person.name = "Gail Platt";
  save_person(db(), person);
  EXPECT_EQ(found("goodmam"), Ids{});
  EXPECT_EQ(found("platr"), Ids{4});
  EXPECT_FALSE(db().row("SELECT word FROM near_words WHERE word = 'goodman'"));
  EXPECT_TRUE(db().row("SELECT word FROM near_words WHERE word = 'contact'"));
}

TEST_P(VisiblePeopleTest, AnotherPersonsNameIsKept) {
  add(PersonId{6}, "Rosa Goodman", true);
  forget_words(db(), outsider);
  EXPECT_EQ(found("goodmam"), Ids{6});
}

TEST_P(VisiblePeopleTest, AContactWhomNobodyHasAnyMoreLeavesNoName) {
  tie(viewer, outsider);
  forget_tie(db(), viewer, outsider, TieSource::mail);
  forget_unneeded(db(), 10);
  ASSERT_FALSE(find_person(db(), outsider));
  EXPECT_FALSE(db().row("SELECT word FROM near_words WHERE word = 'goodman'"));
  EXPECT_TRUE(db().row("SELECT word FROM near_words WHERE word = 'goldberg'"));
}

TEST_P(VisiblePeopleTest, NoMoreThanWanted) {
  for (int i = 10; i < 20; ++i) add(PersonId{i}, "Gail Number" + std::to_string(i), true);
  const PeopleFound some = search_visible(db(), viewer, "gail", 7);
  EXPECT_EQ(some.people.size(), 7U);
  EXPECT_TRUE(some.more);
  EXPECT_FALSE(search_visible(db(), viewer, "gail", 10).more);
}

TEST_P(VisiblePeopleTest, OfVeryManyItIsSaidThatThereAreMore) {
  db().run(
      "INSERT INTO person_words SELECT 'smith' || n, 3 FROM (WITH RECURSIVE series (n) AS (SELECT 1000 UNION "
      "ALL "
      "SELECT n + 1 FROM series WHERE n < 1999) SELECT n FROM series) AS numbered");
  db().run("UPDATE people SET title = 'Smith1999' WHERE id = 3");
  EXPECT_TRUE(search_visible(db(), viewer, "smith", 10).more);
  EXPECT_FALSE(search_visible(db(), viewer, "smith1", 10).people.empty());
  EXPECT_FALSE(search_visible(db(), viewer, "smith19", 10).more);
}

// Both words are frequent, and whoever has the two comes behind all the others.
TEST_P(VisiblePeopleTest, AWholeNameOfTwoFrequentWordsIsFound) {
  for (const char* word : {"kabi", "fafu"})
    db().run(
        "INSERT INTO person_words SELECT $1 || n, 3 FROM (WITH RECURSIVE series (n) AS (SELECT 1000 UNION "
        "ALL "
        "SELECT n + 1 FROM series WHERE n < 2999) SELECT n FROM series) AS numbered",
        {std::string(word)});
  add(PersonId{6}, "Kabin Fafun", true);
  EXPECT_EQ(found("kabi fafu"), Ids{6});
  EXPECT_EQ(found("fafun kabin"), Ids{6});
  EXPECT_FALSE(search_visible(db(), viewer, "kabi fafu", 10).more);
  EXPECT_TRUE(search_visible(db(), viewer, "kabi", 10).more);
}

// A thousand bear the whole name, and not one of those who were looked at may be seen.
TEST_P(VisiblePeopleTest, OfANameOfVeryManyItIsSaidToo) {
  for (int i = 0; i < 1'000; ++i) add(PersonId{100 + i}, "Kabin Fafun", false);
  EXPECT_EQ(found("kabin fafun"), Ids{});
  EXPECT_TRUE(search_visible(db(), viewer, "kabin fafun", 10).more);
  forget_words(db(), PersonId{100});
  EXPECT_FALSE(search_visible(db(), viewer, "kabin fafun", 10).more);
}

TEST_P(VisiblePeopleTest, WhateverIsTypedIsNoStatement) {
  for (const char* typed : {"'; DROP TABLE people; --", "%", "_____", "\" OR 1=1", "a a a a a a a a a a a a",
                            "\xFF\xFE", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"})
    EXPECT_EQ(found(typed), Ids{}) << typed;
  EXPECT_EQ(found("samir"), Ids{3});
}

}  // namespace
}  // namespace tertius::storage
