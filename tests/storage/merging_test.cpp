// Two contacts are one person as their owner says, for the owner alone, until it is taken back.
#include "storage/merging.hpp"

#include <algorithm>

#include "storage/imports.hpp"
#include "storage/people.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

constexpr PersonId alice{1}, bob{2};

class MergingTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    add_people(db(), 2);
    db().run("UPDATE people SET member = 1");
  }
  static Contact card(const std::string& address = "gail@cc.example", const std::string& title = "") {
    Contact contact = sample_contact("Gail Goodman", address);
    contact.organisation = "Constant Contact";
    contact.title = title;
    contact.strength = 0.5;
    contact.evidence = "has a card";
    return contact;
  }
  static Contact connection(const std::string& slug = "gail") {
    Contact contact = sample_contact("Gail Goodman", "");
    contact.organisation = "Constant Contact";
    contact.title = "CEO";
    contact.profile_url = "https://www.linkedin.com/in/" + slug;
    contact.source = TieSource::linkedin;
    contact.strength = 0.35;
    contact.evidence = "connected";
    return contact;
  }
  ImportRow import(const std::vector<Contact>& contacts, PersonId owner = alice,
                   const std::string& format = "") {
    ContactFile file{
        .format = format.empty() ? std::to_string(ids_()) : format, .contacts = contacts, .skipped = {}};
    ImportRow row;
    row.id = ImportId{ids_()};
    row.owner = owner;
    row = import_at_once(db(), row, file, noon, ids_);
    forget();
    return row;
  }
  void forget() {
    while (forget_unneeded(db(), 10) > 0) {
    }
  }
  std::optional<PersonId> merge(PersonId owner = alice) {
    const auto alike = find_alike(db(), owner, 5);
    if (alike.empty()) return std::nullopt;
    const auto kept = merge_contacts(db(), owner, alike[0].one.person.id, alike[0].other.person.id, noon);
    forget();
    return kept;
  }
  bool unmerge(PersonId kept) {
    const auto merged = merged_into(db(), alice, kept);
    const bool done = !merged.empty() && unmerge_contact(db(), alice, merged[0].gone);
    forget();
    return done;
  }
  // "Gail Goodman/CEO: connected, has a card"
  std::string known(PersonId owner = alice) {
    std::vector<std::string> lines;
    for (const KnownContact& contact : list_contacts(db(), owner, "", 0, 20).contacts) {
      std::string line = contact.person.name + "/" + contact.person.title + ":";
      for (const Tie& tie : contact.ties)
        line += " " + tie.evidence + std::to_string(tie.strength).substr(0, 4);
      lines.push_back(line);
    }
    std::ranges::sort(lines);
    std::string out;
    for (const std::string& line : lines) out += line + "|";
    return out;
  }

 private:
  IdSource ids_ = ids_from(100);
};
TERTIUS_ON_EVERY_ENGINE(MergingTest);

TEST_P(MergingTest, NamesAloneAreNeverMergedAndOneWithTheOrganisationIsAQuestion) {
  import({connection()});
  import({card(), sample_contact("Gail Goodman", "other@x.example")});
  EXPECT_EQ(list_contacts(db(), alice, "", 0, 20).total, 3);
  const auto alike = find_alike(db(), alice, 5);
  ASSERT_EQ(alike.size(), 1u);
  EXPECT_EQ(alike[0].one.person.organisation, "Constant Contact");
  EXPECT_TRUE(find_alike(db(), bob, 5).empty());
}

TEST_P(MergingTest, MergedTheyAreOneWithTheTiesAndWordsOfBoth) {
  import({connection()});
  import({card()});
  const auto kept = merge();
  ASSERT_TRUE(kept);
  EXPECT_EQ(known(), "Gail Goodman/CEO: has a card0.50 connected0.35|");
  EXPECT_TRUE(load_person(db(), *kept).address.has_value()) << "who can be written to is kept";
  EXPECT_TRUE(find_alike(db(), alice, 5).empty());
}

TEST_P(MergingTest, TheNextFilesMeanTheKeptOne) {
  import({connection()}, alice, "LinkedIn");
  import({card()}, alice, "vCard");
  merge();
  const std::string merged = known();
  EXPECT_EQ(import({connection()}, alice, "LinkedIn").report.added, 0);
  EXPECT_EQ(import({card()}, alice, "vCard").report.added, 0);
  EXPECT_EQ(known(), merged);
}

TEST_P(MergingTest, TakenBackEachIsAsBefore) {
  import({connection()}, alice, "LinkedIn");
  import({card("gail@cc.example", "Boss")}, alice, "vCard");
  const std::string before = known();
  const auto kept = merge();
  ASSERT_NE(known(), before);
  EXPECT_TRUE(unmerge(*kept));
  EXPECT_EQ(known(), before);
  EXPECT_TRUE(find_alike(db(), alice, 5).empty()) << "the owner has said that they are two";
  EXPECT_FALSE(unmerge(*kept));
  import({connection()}, alice, "LinkedIn");
  import({card("gail@cc.example", "Boss")}, alice, "vCard");
  EXPECT_EQ(known(), before);
}

TEST_P(MergingTest, OfTwoTiesOfOneKindTheStrongerCountsAndBothReturn) {
  Contact weak = card("gail@home.example");
  weak.strength = 0.2;
  weak.evidence = "weak";
  import({card(), weak});
  const std::string before = known();
  const auto kept = merge();
  EXPECT_EQ(known(), "Gail Goodman/: has a card0.50|");
  unmerge(*kept);
  EXPECT_EQ(known(), before);
}

TEST_P(MergingTest, ItIsNobodyElsesBusiness) {
  import({connection()});
  import({card()});
  import({connection(), card()}, bob);
  const std::string bobs = known(bob);
  merge(alice);
  EXPECT_EQ(known(bob), bobs);
  const auto gail = find_person_by_address(db(), make_address("gail@cc.example"));
  EXPECT_EQ(gail->profile_url, "") << "no profile becomes anybody's by one member's word";
  EXPECT_TRUE(find_person_by_profile(db(), "https://www.linkedin.com/in/gail"));
}

TEST_P(MergingTest, OnlyOnesOwnContactsCanBeMerged) {
  import({connection()});
  import({card()}, bob);
  const PersonId mine = list_contacts(db(), alice, "", 0, 5).contacts.at(0).person.id;
  const PersonId theirs = list_contacts(db(), bob, "", 0, 5).contacts.at(0).person.id;
  EXPECT_FALSE(merge_contacts(db(), alice, mine, theirs, noon));
  EXPECT_FALSE(merge_contacts(db(), alice, mine, alice, noon));
  EXPECT_FALSE(merge_contacts(db(), alice, mine, mine, noon));
}

TEST_P(MergingTest, TwoMembersAreTwo) {
  db().run("UPDATE people SET name = 'Gail', organisation = 'CC'");
  Person cleo;
  cleo.id = PersonId{3};
  add_person(db(), cleo);
  for (const PersonId member : {alice, bob})
    put_tie(db(), {cleo.id, member, TieSource::rating, 0.9, std::nullopt, "knows"});
  EXPECT_TRUE(find_alike(db(), cleo.id, 5).empty());
  EXPECT_FALSE(merge_contacts(db(), cleo.id, alice, bob, noon));
}

TEST_P(MergingTest, WhatVanishesFromAFileOfEitherIsLost) {
  Contact other = sample_contact("Ann", "ann@x.example");
  import({connection()}, alice, "LinkedIn");
  import({card(), other}, alice, "vCard");
  merge();
  import({other}, alice, "vCard");
  EXPECT_EQ(known(), "Ann/: 0.35|Gail Goodman/CEO: connected0.35|");
}

TEST_P(MergingTest, AnImportOfEitherIsTakenBack) {
  const ImportRow linkedin = import({connection()}, alice, "LinkedIn");
  const ImportRow cards = import({card()}, alice, "vCard");
  merge();
  undo_import(db(), alice, cards.id, noon);
  forget();
  EXPECT_EQ(known(), "Gail Goodman/CEO: connected0.35|");
  undo_import(db(), alice, linkedin.id, noon);
  forget();
  EXPECT_EQ(known(), "");
  EXPECT_EQ(db().row("SELECT COUNT(*) FROM people")->integer(0), 2) << "nobody is kept for nothing";
}

TEST_P(MergingTest, TwoImportsOfOneKindAreTakenBackInEitherOrder) {
  for (const bool first_first : {true, false}) {
    const ImportRow one = import({card("gail@cc.example")}), other = import({card("gail@home.example")});
    ASSERT_TRUE(merge());
    undo_import(db(), alice, first_first ? one.id : other.id, noon);
    forget();
    EXPECT_EQ(known(), "Gail Goodman/: has a card0.50|") << first_first;
    undo_import(db(), alice, first_first ? other.id : one.id, noon);
    forget();
    EXPECT_EQ(known(), "") << first_first;
  }
}

TEST_P(MergingTest, WhatWasMergedLastIsTakenBackFirst) {
  import({connection()});
  import({card("gail@cc.example")});
  import({card("gail@home.example")});
  const auto first = merge();
  const auto gone = merged_into(db(), alice, *first).at(0).gone;
  const auto last = merge();
  ASSERT_TRUE(last);
  EXPECT_EQ(list_contacts(db(), alice, "", 0, 20).total, 1);
  EXPECT_EQ(unmerge_contact(db(), alice, gone), *last == *first);
}

}  // namespace
}  // namespace tertius::storage
