#include "storage/people.hpp"

#include "storage/keys.hpp"
#include "storage/names.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

class PeopleTest : public OnEngine {
 protected:
  void add(std::int64_t id, const std::string& name, const std::string& organisation = "",
           const std::string& title = "") {
    Person person;
    person.id = PersonId{id};
    person.name = name;
    person.organisation = organisation;
    person.title = title;
    add_person(db(), person);
  }
  std::vector<std::int64_t> search(const std::string& words, int limit = 10) {
    std::vector<std::int64_t> ids;
    for (const Person& person : search_people(db(), words, limit)) ids.push_back(number(person.id));
    return ids;
  }
  using Ids = std::vector<std::int64_t>;
};
TERTIUS_ON_EVERY_ENGINE(PeopleTest);

TEST_P(PeopleTest, EveryFieldSurvivesAddingAndSaving) {
  Draw draw(3);
  Transaction transaction(db());
  for (std::int64_t id = 1; id <= 200; ++id) {
    const Person added = draw.whole_person(id);
    add_person(db(), added);
    ASSERT_EQ(find_person(db(), added.id), added) << id;
    const Person saved = draw.whole_person(id);
    save_person(db(), saved);
    ASSERT_EQ(load_person(db(), saved.id), saved) << id;
  }
  EXPECT_EQ(count_people(db()), 200);
}

TEST_P(PeopleTest, AnAbsentPersonIsNotFoundAndNotSaved) {
  EXPECT_FALSE(find_person(db(), PersonId{1}));
  EXPECT_EQ(trouble_of([&] { load_person(db(), PersonId{1}); }), StorageTrouble::broken);
  Person person;
  person.id = PersonId{1};
  EXPECT_EQ(trouble_of([&] { save_person(db(), person); }), StorageTrouble::broken);
}

TEST_P(PeopleTest, APersonIsFoundByAnyAddressInAnyCase) {
  add_people(db(), 2);
  add_address(db(), PersonId{1}, make_address("Other@Example.net"));
  add_address(db(), PersonId{1}, make_address("other@example.net"));  // known already
  EXPECT_EQ(find_person_by_address(db(), make_address("P1@EXAMPLE.org"))->id, PersonId{1});
  EXPECT_EQ(find_person_by_address(db(), make_address("other@example.net"))->id, PersonId{1});
  EXPECT_FALSE(find_person_by_address(db(), make_address("p3@example.org")));
  EXPECT_EQ(addresses_of(db(), PersonId{1}),
            (std::vector{make_address("p1@example.org"), make_address("Other@Example.net")}));
}

TEST_P(PeopleTest, AnAddressIsOnePersons) {
  add_people(db(), 2);
  EXPECT_EQ(trouble_of([&] { add_address(db(), PersonId{1}, make_address("P2@example.org")); }),
            StorageTrouble::conflict);
  EXPECT_EQ(find_person_by_address(db(), make_address("p2@example.org"))->id, PersonId{2});
}

TEST_P(PeopleTest, ANewMailAddressIsKnownAfterSaving) {
  add_people(db(), 1);
  Person person = load_person(db(), PersonId{1});
  person.address = make_address("new@example.org");
  save_person(db(), person);
  EXPECT_EQ(find_person_by_address(db(), make_address("new@example.org"))->id, PersonId{1});
  EXPECT_EQ(find_person_by_address(db(), make_address("p1@example.org"))->id, PersonId{1});
}

TEST_P(PeopleTest, AProfileIsFoundHoweverItIsWritten) {
  Person person;
  person.id = PersonId{1};
  person.profile_url = "https://www.linkedin.com/in/Gail-Goodman/";
  add_person(db(), person);
  EXPECT_EQ(find_person_by_profile(db(), "http://de.linkedin.com/in/gail-goodman?trk=x")->id, PersonId{1});
  EXPECT_FALSE(find_person_by_profile(db(), "https://www.linkedin.com/in/gail"));
  add(2, "Nobody");
  EXPECT_FALSE(find_person_by_profile(db(), ""));
}

TEST(KeysTest, ProfilesHaveOneKey) {
  EXPECT_EQ(profile_key("https://www.linkedin.com/in/Gail/"), "linkedin.com/in/gail");
  EXPECT_EQ(profile_key("http://UK.linkedin.com/in/gail?x=y#z"), "linkedin.com/in/gail");
  EXPECT_EQ(profile_key("https://xing.com/profile/Gail"), "xing.com/profile/gail");
  EXPECT_EQ(profile_key(""), "");
}

TEST_P(PeopleTest, EveryWordHasToBeginAWord) {
  add(1, "Gail Goodman", "Constant Contact", "Founder");
  add(2, "Gail Platt", "Contact Lenses");
  add(3, "Abigail Goodman", "Constant Contact");
  EXPECT_EQ(search("gail"), (Ids{1, 2}));
  EXPECT_EQ(search("gail constant"), Ids{1});
  EXPECT_EQ(search("CONT goo found"), Ids{1});
  EXPECT_EQ(search("good"), (Ids{3, 1}));
  EXPECT_EQ(search("gail good lens"), Ids{});
  EXPECT_EQ(search("oodman"), Ids{});
  EXPECT_EQ(search(""), Ids{});
  EXPECT_EQ(search(" .,% _ "), Ids{});
}

TEST_P(PeopleTest, SearchFoldsCaseAndAccentsInEveryAlphabetAlike) {
  add(1, "Zoë Müller", "Électricité");
  add(2, "Иван Петров");
  add(3, "ΜΑΡΙΑ Σ");
  EXPECT_EQ(search("ZOE MULLER"), Ids{1});
  EXPECT_EQ(search("zoë mül élec"), Ids{1});
  EXPECT_EQ(search("ПЕТР иван"), Ids{2});
  EXPECT_EQ(search("μαρια"), Ids{3});
}

TEST_P(PeopleTest, ExactNamesComeFirstThenNamesInOrder) {
  add(1, "Gail Goodman-Ash");
  add(2, "Gail Good");
  add(3, "Gail Adams", "Goodyear");
  add(4, "Gail Good");
  EXPECT_EQ(search("gail good"), (Ids{2, 4, 3, 1}));
  EXPECT_EQ(search("gail good", 1), Ids{2});
}

TEST_P(PeopleTest, SearchForgetsWordsThatAreGone) {
  add(1, "Gail Goodman", "Acme");
  Person person = load_person(db(), PersonId{1});
  person.organisation = "Constant Contact";
  save_person(db(), person);
  EXPECT_EQ(search("acme"), Ids{});
  EXPECT_EQ(search("gail constant"), Ids{1});
}

TEST_P(PeopleTest, ManyWordsAreCutNotRefused) {
  add(1, "a b c d e f g h i j k l m");
  EXPECT_EQ(search("m l k j i h g f e d c b a"), Ids{1});
}

TEST_P(PeopleTest, MembersAreListedByName) {
  for (int id = 1; id <= 3; ++id) {
    Person person;
    person.id = PersonId{id};
    person.name = id == 1 ? "Zoe" : "adam";
    person.member = id != 3;
    add_person(db(), person);
  }
  const std::vector<Person> members = list_members(db());
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[0].id, PersonId{2});
  EXPECT_EQ(members[1].id, PersonId{1});
}

TEST_P(PeopleTest, ATieIsOnePerSourceAndReplaced) {
  add_people(db(), 3);
  const Tie card{PersonId{1}, PersonId{2}, TieSource::address_book, 0.35, {}, "in the address book"};
  Tie mail{PersonId{1}, PersonId{2}, TieSource::mail, 0.1, noon, "wrote"};
  put_tie(db(), card);
  put_tie(db(), mail);
  mail.strength = 0.7;
  mail.since.reset();
  mail.evidence = "wrote more";
  put_tie(db(), mail);
  EXPECT_EQ(ties_of(db(), PersonId{1}), (std::vector{card, mail}));
  EXPECT_EQ(ties_to(db(), PersonId{2}), (std::vector{card, mail}));
  EXPECT_TRUE(ties_of(db(), PersonId{2}).empty());
  EXPECT_EQ(find_tie(db(), PersonId{1}, PersonId{2}, TieSource::mail), mail);
  EXPECT_FALSE(find_tie(db(), PersonId{1}, PersonId{2}, TieSource::rating));
}

std::tuple<std::int64_t, std::int64_t, std::string_view> place(const Tie& tie) {
  return {number(tie.owner), number(tie.contact), tie_source_name(tie.source)};
}

TEST_P(PeopleTest, AllTiesComeAcrossPages) {
  add_people(db(), 2);
  // Two pages of ten thousand and a rest, made by the engine itself.
  db().run(
      "INSERT INTO people SELECT n, '', '', '', '', NULL, 'en', 0, 0, 'ask_first', NULL, NULL, ' ', ' ' FROM "
      "(WITH RECURSIVE series (n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM series WHERE n < 7100) "
      "SELECT n FROM series) AS numbered");
  for (const char* source : {"mail", "linkedin", "rating"})
    db().run("INSERT INTO ties SELECT 1, id, $1, 0.5, NULL, '' FROM people WHERE id > 1", {source});
  std::size_t count = 0;
  std::optional<Tie> last;
  each_tie(db(), [&](const Tie& tie) {
    if (last) {
      EXPECT_LT(place(*last), place(tie));
    }
    last = tie;
    ++count;
  });
  EXPECT_EQ(count, 3u * 7099);
  EXPECT_EQ(all_ties(db()).size(), count);
}

}  // namespace
}  // namespace tertius::storage
