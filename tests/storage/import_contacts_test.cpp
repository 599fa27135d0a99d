#include "storage/people.hpp"

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

class ImportContactsTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (!IsSkipped()) add_people(db(), 2);  // the owners
  }
  ImportReport import(const std::vector<Contact>& contacts, std::int64_t owner = 1) {
    ContactFile file;
    file.contacts = contacts;
    return import_contacts(db(), PersonId{owner}, file, noon, ids_);
  }
  std::optional<Person> find(const std::string& address) {
    return find_person_by_address(db(), make_address(address));
  }
  // People, addresses and ties as they stand.
  std::string everything() {
    std::string all;
    for (const Row& row :
         db().rows("SELECT id, name, organisation, title, profile_url, address FROM people ORDER BY id"))
      for (std::size_t column = 1; column < 6; ++column)
        all += std::to_string(row.integer(0)) + row.text(column) + "|";
    for (const Row& row :
         db().rows("SELECT address_key, person, position FROM addresses ORDER BY address_key"))
      all += row.text(0) + std::to_string(row.integer(1)) + "," + std::to_string(row.integer(2)) + "|";
    for (const Row& row : db().rows("SELECT owner, contact, folded FROM own_words ORDER BY owner, contact"))
      all += std::to_string(row.integer(0)) + "," + std::to_string(row.integer(1)) + row.text(2) + "|";
    for (const Row& row : db().rows("SELECT word, person FROM person_words ORDER BY word, person"))
      all += row.text(0) + std::to_string(row.integer(1)) + "|";
    for (const Tie& tie : all_ties(db()))
      all += std::to_string(number(tie.owner)) + std::to_string(number(tie.contact)) + tie.evidence +
             std::to_string(tie.strength) + "|";
    return all;
  }
  Contact profile_contact(const std::string& name, const std::string& url) {
    Contact contact = sample_contact(name, "");
    contact.profile_url = url;
    contact.source = TieSource::linkedin;
    return contact;
  }

 private:
  IdSource ids_ = ids_from(100);
};
TERTIUS_ON_EVERY_ENGINE(ImportContactsTest);

TEST_P(ImportContactsTest, ANewContactIsAPersonWithATie) {
  Contact gail = sample_contact("Gail Goodman", "gail@cc.example");
  gail.organisation = "Constant Contact";
  gail.title = "CEO";
  gail.addresses.push_back(make_address("gail@home.example"));
  gail.since = noon;
  gail.evidence = "in your address book";
  EXPECT_EQ(import({gail}), (ImportReport{1, 1, 0, 0}));
  const auto person = find("gail@cc.example");
  ASSERT_TRUE(person);
  EXPECT_EQ(person->name, "Gail Goodman");
  EXPECT_EQ(person->organisation, "Constant Contact");
  EXPECT_EQ(person->title, "CEO");
  EXPECT_EQ(person->address, make_address("gail@cc.example"));
  EXPECT_FALSE(person->member);
  EXPECT_EQ(ties_of(db(), PersonId{1}), (std::vector{Tie{PersonId{1}, person->id, TieSource::address_book,
                                                         0.35, noon, "in your address book"}}));
}

// Every kind of record at once, the awkward ones too.
std::vector<Contact> awkward_file() {
  std::vector<Contact> contacts{
      sample_contact("Gail Goodman", "gail@cc.example"),
      sample_contact("G. Goodman", "GAIL@cc.example"),
      sample_contact("Nameless Only", ""),
      sample_contact("nameless ONLY", ""),
      sample_contact("Bad \xFF byte", "bad@cc.example"),
      sample_contact("Person 1", "p1@example.org"),
      sample_contact("", ""),
      sample_contact("Left", "left@cc.example"),
      sample_contact("Right", "right@cc.example"),
      sample_contact("Both", "left@cc.example"),
  };
  contacts[1].title = "Founder";
  contacts[1].evidence = "a second card";
  contacts[9].addresses.push_back(make_address("right@cc.example"));
  contacts[9].addresses.push_back(make_address("third@cc.example"));
  contacts[9].profile_url = "https://www.linkedin.com/in/both";
  contacts[7].profile_url = "https://www.linkedin.com/in/left";
  return contacts;
}

TEST_P(ImportContactsTest, ImportingAgainChangesNothing) {
  import(awkward_file());
  const std::string before = everything();
  EXPECT_EQ(import(awkward_file()), (ImportReport{10, 0, 0, 10}));
  EXPECT_EQ(everything(), before);
}

TEST_P(ImportContactsTest, ImportingAgainAfterSomebodyElsesDifferentFileChangesNothing) {
  std::vector<Contact> theirs = awkward_file();
  for (Contact& contact : theirs) {
    contact.organisation = "Elsewhere";
    contact.title = "Other";
    contact.name += " Jr";
  }
  import(awkward_file(), 1);
  import(theirs, 2);
  const std::string before = everything();
  EXPECT_EQ(import(awkward_file(), 1).unchanged, 10);
  EXPECT_EQ(import(theirs, 2).unchanged, 10);
  EXPECT_EQ(everything(), before);
}

TEST_P(ImportContactsTest, ContactsAreMatchedByAddressThenProfileNeverByName) {
  import({sample_contact("Jo Smith", "jo@one.example"), sample_contact("Jo Smith", "jo@two.example"),
          profile_contact("Jo Smith", "https://www.linkedin.com/in/jo")});
  EXPECT_EQ(count_people(db()), 2 + 3);
  EXPECT_EQ(import({profile_contact("Joanna Smith", "https://linkedin.com/in/JO/")}).merged, 1);
  EXPECT_EQ(count_people(db()), 2 + 3);
  Contact both = profile_contact("Jo Smith", "https://www.linkedin.com/in/jo");
  both.addresses = {make_address("jo@two.example")};
  import({both});
  EXPECT_EQ(find_tie(db(), PersonId{1}, find("jo@two.example")->id, TieSource::linkedin)->strength, 0.35);
}

TEST_P(ImportContactsTest, AProfileGetsItsAddressLater) {
  import({profile_contact("Gail", "https://www.linkedin.com/in/gail")});
  Contact with_address = profile_contact("Gail", "https://www.linkedin.com/in/gail");
  with_address.addresses = {make_address("gail@cc.example")};
  EXPECT_EQ(import({with_address}).merged, 1);
  EXPECT_EQ(find("gail@cc.example")->address, make_address("gail@cc.example"));
  EXPECT_EQ(count_people(db()), 2 + 1);
}

TEST_P(ImportContactsTest, ANameAloneIsItsOwnersOwn) {
  EXPECT_EQ(import({sample_contact("Jo Smith", "")}, 1).added, 1);
  EXPECT_EQ(import({sample_contact("Jo Smith", "")}, 2).added, 1);
  EXPECT_EQ(import({sample_contact("Jo Smith", "")}, 1).unchanged, 1);
  Contact elsewhere = sample_contact("Jo Smith", "");
  elsewhere.organisation = "Acme";
  EXPECT_EQ(import({elsewhere}, 1).added, 1);
}

TEST_P(ImportContactsTest, AnEmptyValueErasesNothingAndANewOneReplaces) {
  Contact gail = sample_contact("Gail Goodman", "gail@cc.example");
  gail.title = "CEO";
  import({gail});
  EXPECT_EQ(import({sample_contact("", "gail@cc.example")}).unchanged, 1);
  EXPECT_EQ(find("gail@cc.example")->title, "CEO");
  gail.title = "Chair";
  EXPECT_EQ(import({gail}).merged, 1);
  EXPECT_EQ(find("gail@cc.example")->title, "Chair");
}

TEST_P(ImportContactsTest, NobodyRewritesWhomOthersKnowToo) {
  Contact gail = sample_contact("Gail Goodman", "gail@cc.example");
  import({gail}, 1);
  gail.name = "Mallory";
  gail.title = "CEO";
  EXPECT_EQ(import({gail}, 2).merged, 1);
  EXPECT_EQ(find("gail@cc.example")->name, "Gail Goodman");
  EXPECT_EQ(find("gail@cc.example")->title, "") << "nor fills up what they see";
}

TEST_P(ImportContactsTest, NobodyGivesAMemberANameOrAnAddress) {
  Person member = load_person(db(), PersonId{2});
  member.member = true;
  save_person(db(), member);
  Contact forged = sample_contact("Mallory", "p2@example.org");
  forged.addresses.push_back(make_address("mallory@evil.example"));
  import({forged});
  EXPECT_EQ(load_person(db(), PersonId{2}).name, "Person 2");
  EXPECT_FALSE(find("mallory@evil.example"));
}

TEST_P(ImportContactsTest, ACardsOtherAddressesFindThePersonForItsOwnerAlone) {
  Contact gail = sample_contact("Gail", "gail@cc.example");
  gail.addresses.push_back(make_address("gail@home.example"));
  import({gail}, 1);
  EXPECT_EQ(import({sample_contact("Gail", "gail@home.example")}, 1).unchanged, 1);
  EXPECT_EQ(import({sample_contact("Gail", "gail@home.example")}, 2).added, 1);
  EXPECT_EQ(import({gail}, 1).unchanged, 1);
}

// Mail to Gail would go to Mallory.
TEST_P(ImportContactsTest, NobodyGivesAnAddressToWhomOthersKnowByProfile) {
  const std::string url = "https://www.linkedin.com/in/gail";
  import({profile_contact("Gail", url)}, 1);
  Contact forged = profile_contact("Gail", url);
  forged.addresses = {make_address("mallory@evil.example")};
  EXPECT_EQ(import({forged}, 2).added, 1);
  EXPECT_FALSE(find_person_by_profile(db(), url)->address);
  EXPECT_EQ(import({forged}, 2).unchanged, 1);
}

TEST_P(ImportContactsTest, NorByHavingBeenThereFirst) {
  const std::string url = "https://www.linkedin.com/in/gail";
  Contact forged = profile_contact("Gail", url);
  forged.addresses = {make_address("mallory@evil.example")};
  import({forged}, 2);
  import({profile_contact("Gail", url)}, 1);
  const auto ties = ties_of(db(), PersonId{1});
  ASSERT_EQ(ties.size(), 1U);
  EXPECT_FALSE(load_person(db(), ties[0].contact).address);
  EXPECT_EQ(import({profile_contact("Gail", url)}, 2).unchanged, 1) << "their own word holds for themselves";
}

// A letter from Mallory would be Gail's.
TEST_P(ImportContactsTest, NobodyGivesAnotherASecondAddress) {
  import({sample_contact("Gail", "gail@cc.example")}, 1);
  Contact forged = sample_contact("Gail", "gail@cc.example");
  forged.addresses.push_back(make_address("mallory@evil.example"));
  import({forged}, 2);
  EXPECT_FALSE(find("mallory@evil.example"));
  EXPECT_EQ(addresses_of(db(), find("gail@cc.example")->id).size(), 1U);
}

TEST_P(ImportContactsTest, NobodyPutsTheirAddressBeforeOneThatIsYetToCome) {
  Contact forged = sample_contact("Gail", "mallory@evil.example");
  forged.addresses.push_back(make_address("gail@cc.example"));
  import({forged}, 2);
  EXPECT_FALSE(find("gail@cc.example"));
  import({sample_contact("Gail", "gail@cc.example")}, 1);
  EXPECT_EQ(find("gail@cc.example")->address, make_address("gail@cc.example"));
  EXPECT_EQ(import({forged}, 2).unchanged, 1);
}

TEST_P(ImportContactsTest, WhoeverHasBecomeAMemberIsThatMember) {
  Contact christine = sample_contact("Christine", "christine@home.example");
  christine.addresses.push_back(make_address("p2@example.org"));
  db().run("UPDATE addresses SET address_key = 'elsewhere' WHERE person = 2");
  import({christine});
  db().run("UPDATE addresses SET address_key = 'p2@example.org' WHERE person = 2");
  db().run("UPDATE people SET member = 1 WHERE id = 2");
  import({christine});
  EXPECT_TRUE(find_tie(db(), PersonId{1}, PersonId{2}, TieSource::address_book));
}

// Whoever reads a row of LinkedIn's would tie themself to Mallory in place of Gail.
TEST_P(ImportContactsTest, AProfileIsAMembersWhereTheNameAgrees) {
  const std::string url = "https://www.linkedin.com/in/gail";
  Person mallory = load_person(db(), PersonId{2});
  mallory.name = "Mallory";
  mallory.member = true;
  mallory.profile_url = url;
  save_person(db(), mallory);
  import({profile_contact("Gail Goodman", url)});
  EXPECT_TRUE(ties_to(db(), mallory.id).empty());
  EXPECT_EQ(import({profile_contact("Gail Goodman", url)}).unchanged, 1);
  import({profile_contact("Mallory B. Smith, PhD", url)});
  EXPECT_EQ(ties_to(db(), mallory.id).size(), 1U);
}

TEST_P(ImportContactsTest, NobodyGivesAMemberAnothersProfile) {
  db().run("UPDATE people SET member = 1 WHERE id = 2");
  Contact forged = profile_contact("Gail", "https://www.linkedin.com/in/gail");
  forged.addresses = {make_address("p2@example.org")};
  import({forged});
  EXPECT_EQ(load_person(db(), PersonId{2}).profile_url, "");
  forged.name = "Person 2";
  import({forged});
  EXPECT_EQ(load_person(db(), PersonId{2}).profile_url, forged.profile_url);
}

TEST_P(ImportContactsTest, NobodyIsTiedToThemself) {
  EXPECT_EQ(import({sample_contact("Person 1", "p1@example.org")}).unchanged, 1);
  EXPECT_TRUE(all_ties(db()).empty());
}

// The words of new people go in at the end: whoever is called otherwise by a later row, and whose word
// somebody else bears already, is found by what they are called then.
TEST_P(ImportContactsTest, TheIndexOfWordsIsThatOfTheNames) {
  std::vector<Contact> contacts{sample_contact("", "gail@cc.example"),
                                sample_contact("Jo Goodman", "jo@one.example")};
  contacts.push_back(sample_contact("Gail Goodman", "gail@cc.example"));
  for (int i = 0; i < 200; ++i)
    contacts.push_back(
        sample_contact("Person" + std::to_string(i) + " Goodman", std::to_string(i) + "@x.example"));
  import(contacts);
  const auto count = [&](const std::string& sql) { return db().row(sql)->integer(0); };
  EXPECT_EQ(count("SELECT COUNT(*) FROM person_words WHERE word = 'goodman'"), 202);
  EXPECT_EQ(count("SELECT COUNT(*) FROM person_words WHERE word = 'gail'"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM near_words WHERE word = 'goodman'"), 7) << "itself and less a letter";
  EXPECT_EQ(search_people(db(), "goodman", 500).size(), 202U);
  for (const Row& row : db().rows("SELECT DISTINCT word FROM near_words"))
    EXPECT_GT(count("SELECT COUNT(*) FROM person_words WHERE word = '" + row.text(0) + "'"), 0)
        << row.text(0);
}

TEST_P(ImportContactsTest, AChangedTieIsReplaced) {
  Contact gail = sample_contact("Gail", "gail@cc.example");
  import({gail});
  gail.strength = 0.15;
  EXPECT_EQ(import({gail}), (ImportReport{1, 0, 1, 0}));
  EXPECT_EQ(all_ties(db())[0].strength, 0.15);
}

}  // namespace
}  // namespace tertius::storage
