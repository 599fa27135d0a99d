// Two members' files call one person differently: each sees their own words, a third one those of the member
// over whom the way goes.
#include "storage/own_words.hpp"

#include "storage/my_contacts.hpp"
#include "storage/people.hpp"
#include "storage/people_page.hpp"
#include "storage/visible_people.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

constexpr PersonId alice{1}, bob{2}, carol{3};
constexpr auto gails_address = "gail@cc.example";

class OwnWordsTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    add_people(db(), 3);
    db().run("UPDATE people SET member = 1");
  }
  ImportReport import(PersonId owner, const std::string& name, const std::string& organisation,
                      const std::string& title = "") {
    Contact contact = sample_contact(name, gails_address);
    contact.organisation = organisation;
    contact.title = title;
    ContactFile file;
    file.contacts = {contact};
    return import_contacts(db(), owner, file, noon, ids_);
  }
  Person gail() { return *find_person_by_address(db(), make_address(gails_address)); }
  OwnWords seen(PersonId viewer) { return words_of(as_seen_by(db(), viewer, gail())); }
  void know_each_other(PersonId a, PersonId b) {
    put_tie(db(), {a, b, TieSource::address_book, 0.35, {}, ""});
    put_tie(db(), {b, a, TieSource::address_book, 0.35, {}, ""});
  }
  bool finds(PersonId viewer, const std::string& words) {
    const bool found = !search_visible(db(), viewer, words, 5).people.empty();
    if (!find_contact(db(), viewer, gail().id)) return found;
    EXPECT_EQ(list_contacts(db(), viewer, words, 0, 5).total > 0, found) << words;
    EXPECT_EQ(!people_page(db(), viewer, words, {}, 5).empty(), found) << words;
    return found;
  }
  // Alice has brought her first, Bob otherwise.
  void two_words() {
    import(alice, "Gail Goodman", "Constant Contact");
    import(bob, "Gail the Great", "", "Boss");
  }

 private:
  IdSource ids_ = ids_from(100);
};
TERTIUS_ON_EVERY_ENGINE(OwnWordsTest);

TEST_P(OwnWordsTest, EachSeesTheirOwnWordsAndNothingOfTheOthers) {
  two_words();
  EXPECT_EQ(seen(alice), (OwnWords{"Gail Goodman", "Constant Contact", ""}));
  EXPECT_EQ(seen(bob), (OwnWords{"Gail the Great", "", "Boss"}));
  EXPECT_EQ(words_of(find_contact(db(), bob, gail().id)->person), seen(bob));
  EXPECT_EQ(words_of(list_contacts(db(), bob, "", 0, 5).contacts.at(0).person), seen(bob));
}

TEST_P(OwnWordsTest, AnEmptyCardShowsNotWhatTheFirstOneWrote) {
  import(alice, "Gail Goodman", "Constant Contact");
  EXPECT_EQ(import(bob, "", "").merged, 1);
  EXPECT_EQ(seen(bob), OwnWords{});
  EXPECT_EQ(import(bob, "", "").unchanged, 1);
  EXPECT_EQ(seen(bob), OwnWords{});
}

TEST_P(OwnWordsTest, WhatAFileLeavesOutIsKeptAndWhatItSaysAnewReplaces) {
  two_words();
  EXPECT_EQ(import(bob, "", "Elsewhere").merged, 1);
  EXPECT_EQ(seen(bob), (OwnWords{"Gail the Great", "Elsewhere", "Boss"}));
  EXPECT_EQ(import(bob, "", "Elsewhere").unchanged, 1);
  EXPECT_EQ(import(alice, "Gail Platt", "").merged, 1);
  EXPECT_EQ(seen(alice), (OwnWords{"Gail Platt", "Constant Contact", ""}));
  EXPECT_EQ(seen(bob).name, "Gail the Great");
}

TEST_P(OwnWordsTest, WhoSeesHerOverSomebodySeesThatOnesWords) {
  two_words();
  know_each_other(bob, carol);
  EXPECT_EQ(seen(carol), seen(bob));
  know_each_other(alice, carol);
  EXPECT_EQ(words_of(as_seen_by(db(), carol, gail(), alice)), seen(alice));
  EXPECT_EQ(words_of(as_seen_by(db(), carol, gail(), bob)), seen(bob));
}

TEST_P(OwnWordsTest, NobodyFindsByWordsTheyAreNotShown) {
  two_words();
  know_each_other(bob, carol);
  for (const PersonId viewer : {bob, carol}) {
    EXPECT_TRUE(finds(viewer, "great"));
    EXPECT_TRUE(finds(viewer, "gail boss"));
    EXPECT_FALSE(finds(viewer, "goodman"));
    EXPECT_FALSE(finds(viewer, "gail constant"));
  }
  EXPECT_TRUE(finds(alice, "goodman constant"));
  EXPECT_FALSE(finds(alice, "great"));
  EXPECT_EQ(search_visible(db(), bob, "graet", 5).people.size(), 1U) << "a slip of the finger";
  EXPECT_TRUE(search_visible(db(), bob, "godman", 5).people.empty());
}

TEST_P(OwnWordsTest, WithTheTieGoTheWordsAndTheirIndex) {
  two_words();
  forget_tie(db(), bob, gail().id, TieSource::address_book);
  forget_unneeded(db(), 10);
  EXPECT_TRUE(all_words_for(db(), gail().id).empty());
  EXPECT_FALSE(db().row("SELECT word FROM person_words WHERE word = 'great'"));
  EXPECT_FALSE(db().row("SELECT word FROM near_words WHERE word = 'great'"));
  EXPECT_TRUE(finds(alice, "goodman"));
}

TEST_P(OwnWordsTest, WhereTheFirstOneGoesTheOthersWordsStand) {
  two_words();
  forget_tie(db(), alice, gail().id, TieSource::address_book);
  forget_unneeded(db(), 10);
  EXPECT_EQ(words_of(gail()), (OwnWords{"Gail the Great", "", "Boss"}));
  EXPECT_EQ(seen(bob), words_of(gail()));
  EXPECT_TRUE(all_words_for(db(), gail().id).empty());
  EXPECT_FALSE(db().row("SELECT word FROM person_words WHERE word = 'goodman'"));
  EXPECT_EQ(import(bob, "Gail", "").merged, 1);
  EXPECT_EQ(gail().name, "Gail");
}

TEST_P(OwnWordsTest, OfAMemberOneSeesTheirOwnWordsAndFillsUpWhatTheyLeaveOpen) {
  import(alice, "Gail Goodman", "Constant Contact");
  import(bob, "Gail the Great", "", "Boss");
  keep_words_of_owners(db(), gail().id);
  Person member = with_words(gail(), {"Gail G.", "", ""});
  member.member = true;
  save_person(db(), member);
  EXPECT_EQ(seen(alice), (OwnWords{"Gail G.", "Constant Contact", ""}));
  EXPECT_EQ(seen(bob), (OwnWords{"Gail G.", "", "Boss"}));
  EXPECT_EQ(seen(carol), (OwnWords{"Gail G.", "", ""}));
  EXPECT_EQ(import(alice, "Gail Goodman", "Constant Contact").unchanged, 1);
  EXPECT_EQ(words_of(gail()), (OwnWords{"Gail G.", "", ""})) << "nobody fills up what a member says";
}

TEST_P(OwnWordsTest, WhoeverCallsThemExactlySoIsTakenAtTheirWord) {
  two_words();
  EXPECT_EQ(as_called(db(), gail(), " gail the great ").title, "Boss");
  EXPECT_EQ(as_called(db(), gail(), " gail "), gail());
}

}  // namespace
}  // namespace tertius::storage
