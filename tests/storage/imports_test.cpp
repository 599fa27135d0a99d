// Taking an import back: what stood there before it stands there again.
#include "storage/imports.hpp"

#include "storage/my_contacts.hpp"
#include "storage/people.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

constexpr PersonId alice{1}, bob{2};

class UndoImportTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    add_people(db(), 2);
    db().run("UPDATE people SET member = 1");
  }
  Contact gail(const std::string& title, double strength = 0.35) {
    Contact contact = sample_contact("Gail Goodman", "gail@cc.example");
    contact.title = title;
    contact.strength = strength;
    contact.evidence = "as " + title;
    return contact;
  }
  ImportId import(const std::vector<Contact>& contacts, PersonId owner = alice) {
    ContactFile file;
    file.contacts = contacts;
    ImportRow row;
    row.id = ImportId{ids_()};
    row.owner = owner;
    row.file_name = "cards.vcf";
    return import_at_once(db(), row, file, noon, ids_).id;
  }
  void undo(ImportId id, PersonId owner = alice) {
    EXPECT_TRUE(undo_import(db(), owner, id, noon));
    while (forget_unneeded(db(), 10) > 0) {
    }
  }
  // What Alice and Bob know, in whose words.
  std::string known() {
    std::string out;
    for (const PersonId owner : {alice, bob})
      for (const KnownContact& contact : list_contacts(db(), owner, "", 0, 20).contacts) {
        out += contact.person.name + "|" + contact.person.organisation + "|" + contact.person.title + "|";
        for (const Tie& tie : contact.ties)
          out += tie.evidence + std::to_string(tie.strength) + std::to_string(tie.since.has_value()) + "|";
        out += owner == alice ? "a " : "b ";
      }
    return out;
  }
  std::string people() {
    std::string out;
    for (const Row& row : db().rows("SELECT name, title FROM people ORDER BY name, title"))
      out += row.text(0) + row.text(1) + "|";
    for (const Row& row : db().rows("SELECT DISTINCT word FROM person_words ORDER BY word"))
      out += row.text(0) + "|";
    for (const Row& row : db().rows("SELECT near, word FROM near_words ORDER BY near, word"))
      out += row.text(0) + row.text(1) + "|";
    return out;
  }

 private:
  IdSource ids_ = ids_from(100);
};
TERTIUS_ON_EVERY_ENGINE(UndoImportTest);

TEST_P(UndoImportTest, WhomItBroughtGoesAndLeavesNoWord) {
  const std::string before = people();
  const ImportId id = import({gail("CEO"), sample_contact("Jo Smith", "jo@one.example")});
  undo(id);
  EXPECT_EQ(known(), "");
  EXPECT_EQ(people(), before);
  EXPECT_EQ(find_import(db(), alice, id)->state, ImportState::undone);
}

TEST_P(UndoImportTest, WhatEarlierEvidenceSaidReturns) {
  Contact first = gail("CEO");
  first.since = noon;
  import({first});
  const std::string before = known(), people_before = people();
  const ImportId id = import({gail("Chair", 0.8), sample_contact("Jo Smith", "jo@one.example")});
  ASSERT_NE(known(), before);
  undo(id);
  EXPECT_EQ(known(), before);
  EXPECT_EQ(people(), people_before);
}

TEST_P(UndoImportTest, NobodyIsLeftWithoutAName) {
  import({gail("CEO")}, bob);
  const ImportId id = import({gail("Boss")});
  const PersonId contact = find_person_by_address(db(), make_address("gail@cc.example"))->id;
  put_tie(db(), {alice, contact, TieSource::rating, 0.8, {}, "Alice's word"});
  undo(id);
  EXPECT_NE(known().find("Gail Goodman||CEO|Alice's word"), std::string::npos) << known();
  delete_ties(db(), bob, contact);
  EXPECT_EQ(load_person(db(), contact).name, "Gail Goodman");
}

TEST_P(UndoImportTest, TwiceIsAsOnce) {
  import({gail("CEO")});
  const ImportId id = import({gail("Chair", 0.8)});
  undo(id);
  import({gail("Founder", 0.6)});
  const std::string later = known();
  undo(id);
  EXPECT_EQ(known(), later);
}

TEST_P(UndoImportTest, WhatALaterFileSaysStaysAndGoesWithThatOne) {
  const ImportId first = import({gail("CEO")}), second = import({gail("Chair", 0.8)}),
                 third = import({gail("Chair", 0.8)});
  const std::string latest = known();
  undo(first);
  EXPECT_EQ(known(), latest);
  undo(second);
  EXPECT_EQ(known(), latest) << "the third says the same";
  undo(third);
  EXPECT_EQ(known(), "");
}

TEST_P(UndoImportTest, FromTheLastToTheFirstItGoesBackStepByStep) {
  std::vector<std::string> before;
  std::vector<ImportId> imports;
  for (const char* title : {"CEO", "Chair", "Founder"}) {
    before.push_back(known());
    imports.push_back(import({gail(title, 0.1 * static_cast<double>(imports.size() + 1))}));
  }
  while (!imports.empty()) {
    undo(imports.back());
    EXPECT_EQ(known(), before.back());
    imports.pop_back();
    before.pop_back();
  }
}

TEST_P(UndoImportTest, AnotherMembersContactsAreTheirs) {
  import({gail("CEO")});
  const std::string before = known();
  const ImportId id = import({gail("Boss", 0.8)}, bob);
  EXPECT_FALSE(undo_import(db(), alice, id, noon));
  undo(id, bob);
  EXPECT_EQ(known(), before);
}

TEST_P(UndoImportTest, WhatWasRemovedByHandSinceStaysRemoved) {
  import({gail("CEO")});
  const ImportId id = import({gail("Chair", 0.8)});
  forget_source(db(), alice, TieSource::address_book);
  undo(id);
  EXPECT_EQ(known(), "");
}

TEST_P(UndoImportTest, AMembersRowIsNotTouched) {
  Contact card = sample_contact("Mallory", "p2@example.org");
  card.organisation = "Evil";
  const std::string before = people();
  const ImportId id = import({card});
  undo(id);
  EXPECT_EQ(people(), before);
}

}  // namespace
}  // namespace tertius::storage
