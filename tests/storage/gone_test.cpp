// Importing again: what vanished from a list loses the evidence that came from there, and returns by undo.
#include "storage/gone.hpp"

#include "storage/my_contacts.hpp"
#include "storage/people.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

constexpr PersonId alice{1}, bob{2};
constexpr auto vcard = "vCard", google = "Address book (CSV)", linkedin = "LinkedIn Connections.csv";

class GoneTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    add_people(db(), 2);
    db().run("UPDATE people SET member = 1");
  }
  static Contact card(const std::string& name, const std::string& title = "") {
    Contact contact = sample_contact(name, name + "@cards.example");
    contact.title = title;
    contact.evidence = "has the card of " + name + title;
    return contact;
  }
  static Contact connection(const std::string& name, const std::string& title = "") {
    Contact contact = card(name, title);
    contact.source = TieSource::linkedin;
    return contact;
  }
  // card("a"), card("b"), ...
  static std::vector<Contact> cards(char from, char to) {
    std::vector<Contact> out;
    for (char name = from; name <= to; ++name) out.push_back(card(std::string(1, name)));
    return out;
  }
  ImportRow import(const std::vector<Contact>& contacts, const std::string& format = vcard,
                   PersonId owner = alice) {
    ContactFile file{.format = format, .contacts = contacts, .skipped = {}};
    ImportRow row;
    row.id = ImportId{ids_()};
    row.owner = owner;
    row = import_at_once(db(), row, file, now_, ids_);
    forget();
    return row;
  }
  void undo(const ImportRow& row) {
    EXPECT_TRUE(undo_import(db(), row.owner, row.id, now_));
    forget();
  }
  void forget() {
    keep_gone_since(db(), now_ - gone_can_return);
    while (forget_unneeded(db(), 10) > 0) {
    }
  }
  // Whom they know, as what, and how: "ann(CEO):la bob:a".
  std::string known(PersonId owner = alice) {
    std::string out;
    for (const KnownContact& contact : list_contacts(db(), owner, "", 0, 100).contacts) {
      out += (out.empty() ? "" : " ") + contact.person.name;
      if (!contact.person.title.empty()) out += "(" + contact.person.title + ")";
      out += ":";
      for (const Tie& tie : contact.ties) out += tie.source == TieSource::linkedin ? "l" : "a";
    }
    return out;
  }
  std::int64_t people() { return db().row("SELECT COUNT(*) FROM people")->integer(0); }

  Time now_ = noon;

 private:
  IdSource ids_ = ids_from(100);
};
TERTIUS_ON_EVERY_ENGINE(GoneTest);

TEST_P(GoneTest, TheSameFileAgainChangesNothing) {
  import({card("ann", "CEO"), card("ben")});
  const std::string before = known();
  const ImportRow again = import({card("ann", "CEO"), card("ben")});
  EXPECT_EQ(again.report.unchanged, 2);
  EXPECT_EQ(again.gone, 0);
  EXPECT_EQ(known(), before);
}

TEST_P(GoneTest, WhomANewerFileNoLongerNamesIsForgottenAndCounted) {
  import({card("ann"), card("ben"), card("cleo")});
  const ImportRow newer = import({card("ann"), card("dora")});
  EXPECT_EQ(known(), "ann:a dora:a");
  EXPECT_EQ(newer.gone, 2);
  EXPECT_EQ(newer.left_alone, 0);
}

TEST_P(GoneTest, UndoBringsThemBackWithTheirWords) {
  import({card("ann", "CEO"), card("ben", "CFO")});
  const std::string before = known();
  const ImportRow newer = import({card("ann", "Chair")});
  ASSERT_EQ(known(), "ann(Chair):a");
  undo(newer);
  EXPECT_EQ(known(), before);
  EXPECT_EQ(import({card("ann", "CEO")}).gone, 1) << "the first file is the list again";
}

TEST_P(GoneTest, AfterAMonthTheyAreForgottenForGood) {
  import(cards('a', 'b'));
  const ImportRow newer = import(cards('a', 'a'));
  EXPECT_EQ(people(), 4) << "undo can bring them back";
  now_ += std::chrono::days(31);
  forget();
  EXPECT_EQ(people(), 3);
  undo(newer);
  EXPECT_EQ(known(), "a:a");
}

TEST_P(GoneTest, AFileOfAnotherKindTakesNothingFromTheFirst) {
  import({connection("ann"), connection("ben")}, linkedin);
  import({card("ann"), card("cleo")}, google);
  EXPECT_EQ(known(), "ann:al ben:l cleo:a");
  import({connection("ben")}, linkedin);
  EXPECT_EQ(known(), "ann:a ben:l cleo:a");
}

TEST_P(GoneTest, WhatAnotherFileOfTheSameSourceNamesStaysKnown) {
  import(cards('a', 'c'), google);
  import(cards('a', 'b'), vcard);
  EXPECT_EQ(import(cards('c', 'c'), google).gone, 2);
  EXPECT_EQ(known(), "a:a b:a c:a");
  import(cards('b', 'b'), vcard);
  EXPECT_EQ(known(), "b:a c:a");
}

TEST_P(GoneTest, WhatTheVanishedCardSaidGoesWithIt) {
  import({connection("ann", "CEO")}, linkedin);
  import({card("ann", "Boss"), card("ben")}, vcard);
  ASSERT_EQ(known(), "ann(Boss):al ben:a");
  const ImportRow newer = import({card("ben")}, vcard);
  EXPECT_EQ(known(), "ann(CEO):l ben:a");
  undo(newer);
  EXPECT_EQ(known(), "ann(Boss):al ben:a");
}

TEST_P(GoneTest, WhatAnotherFileSaidSinceStays) {
  import({card("ann", "Boss"), card("ben")}, vcard);
  import({connection("ann", "CEO")}, linkedin);
  import({card("ben")}, vcard);
  EXPECT_EQ(known(), "ann(CEO):l ben:a");
}

TEST_P(GoneTest, TheFirstOfManyEditionsSaysWhatWasBefore) {
  import({connection("ann", "CEO")}, linkedin);
  for (const char* title : {"Boss", "Chief", "Head"}) import({card("ann", title), card("ben")}, vcard);
  import({card("ben")}, vcard);
  EXPECT_EQ(known(), "ann(CEO):l ben:a");
}

TEST_P(GoneTest, APartOfAListTakesNothingAway) {
  import(cards('a', 't'));
  const ImportRow part = import(cards('c', 'd'));
  EXPECT_EQ(part.gone, 0);
  EXPECT_EQ(part.left_alone, 18);
  EXPECT_EQ(list_contacts(db(), alice, "", 0, 0).total, 20);
}

TEST_P(GoneTest, TwoAddressBooksOfOneKindLeaveEachOtherAlone) {
  import(cards('a', 'j'));
  import(cards('k', 't'));
  EXPECT_EQ(import(cards('a', 'i')).gone, 1);
  EXPECT_EQ(import(cards('l', 't')).gone, 1);
  EXPECT_EQ(list_contacts(db(), alice, "", 0, 0).total, 18);
}

TEST_P(GoneTest, ALongListGoesSliceBySlice) {
  import(cards('a', 'z'));
  ContactFile file{.format = vcard, .contacts = cards('a', 'm'), .skipped = {}};
  ImportRow row;
  row.id = ImportId{90'000};
  row.owner = alice;
  row.state = ImportState::running;
  row.format = vcard;
  row.total = 13;
  add_import(db(), row, {});
  ImportMemory memory;
  int slices = 0;
  while (row.state == ImportState::running) {
    row = import_slice(db(), row.id, file, 3, memory, now_, ids_from(91'000 + 10 * ++slices)).value();
    ASSERT_LT(slices, 50);
  }
  EXPECT_GT(slices, 7);
  EXPECT_EQ(row.gone, 13);
  EXPECT_EQ(list_contacts(db(), alice, "", 0, 0).total, 13);
}

TEST_P(GoneTest, WhoComesBackInALaterFileStaysWhenTheOneBetweenIsTakenBack) {
  import(cards('a', 'c'));
  const ImportRow without = import(cards('a', 'b'));
  const ImportRow with = import(cards('a', 'c'));
  undo(without);
  EXPECT_EQ(known(), "a:a b:a c:a");
  undo(with);
  EXPECT_EQ(known(), "a:a b:a c:a") << "as the first file says";
}

TEST_P(GoneTest, WhoWasMissingBeforeIsStillMissingWhenTheOneBetweenIsTakenBack) {
  import(cards('a', 'c'));
  const ImportRow second = import(cards('a', 'b'));
  const ImportRow third = import(cards('a', 'b'));
  undo(second);
  EXPECT_EQ(known(), "a:a b:a") << "the third does not name c either";
  undo(third);
  EXPECT_EQ(known(), "a:a b:a c:a");
}

TEST_P(GoneTest, AnotherMembersFileIsTheirs) {
  import(cards('a', 'c'));
  import(cards('a', 'c'), vcard, bob);
  import(cards('a', 'b'), vcard, bob);
  EXPECT_EQ(known(alice), "a:a b:a c:a");
  EXPECT_EQ(known(bob), "a:a b:a");
}

TEST_P(GoneTest, WhatWasRemovedByHandDoesNotComeBack) {
  import(cards('a', 'c'));
  const ImportRow newer = import(cards('a', 'b'));
  forget_source(db(), alice, TieSource::address_book);
  forget();
  EXPECT_EQ(people(), 2);
  undo(newer);
  EXPECT_EQ(known(), "");
}

TEST_P(GoneTest, WhoIsInAnIntroductionStays) {
  import(cards('a', 'b'));
  const auto b = find_person_by_address(db(), make_address("b@cards.example"));
  Introduction intro = asked_introduction(1, noon);
  intro.target = b->id;
  intro.connectors = {bob};
  for (Ask& ask : intro.asks) ask.connector = bob;
  add_introduction(db(), intro, noon);
  import(cards('a', 'a'));
  now_ += std::chrono::days(31);
  forget();
  EXPECT_TRUE(find_person(db(), b->id).has_value());
}

}  // namespace
}  // namespace tertius::storage
