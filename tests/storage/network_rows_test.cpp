// The network in memory follows the database, whatever is done to its rows.
#include "storage/network_rows.hpp"

#include <random>

#include "storage/erase.hpp"
#include "storage/imports.hpp"
#include "storage/my_contacts.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

constexpr int most_people = 14;

// Everything that two networks say of all pairs.
void expect_same(const Network& a, const Network& b) {
  for (int i = 1; i <= most_people; ++i) {
    for (int j = 1; j <= most_people; ++j) {
      const PersonId one{i}, other{j};
      ASSERT_EQ(a.connectors(one, other), b.connectors(one, other)) << i << " " << j;
      ASSERT_EQ(a.may_see(one, other), b.may_see(one, other)) << i << " " << j;
      ASSERT_EQ(a.mutual_contacts(one, other), b.mutual_contacts(one, other)) << i << " " << j;
      ASSERT_EQ(a.find_long_way(one, other), b.find_long_way(one, other)) << i << " " << j;
    }
  }
}

class NetworkRowsTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (testing::Test::IsSkipped()) return;
    for (int i = 1; i <= most_people; ++i) add(PersonId{i});
    followed_ = load_network(db());
    follow();  // what a transaction elsewhere on this server holds back comes once more, and only once
  }
  void add(PersonId id) {
    Person person;
    person.id = id;
    person.name = "Person " + std::to_string(number(id));
    person.member = draw(0, 2) > 0;
    person.address = make_address("n" + std::to_string(number(id)) + "@example.org");
    add_person(db(), person);
  }
  int draw(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  PersonId anybody() { return PersonId{draw(1, most_people)}; }
  void tie(PersonId owner, PersonId contact, double strength = 0.5) {
    put_tie(db(), {owner, contact, TieSource::mail, strength, {}, "wrote"});
  }
  std::size_t follow() {
    const auto news = load_network_news(db(), followed_.place);
    followed_ = {followed_.network.changed(news.changes), news.place};
    return news.changes.size();
  }
  void do_anything();
  void change_a_person();

  LoadedNetwork followed_;

 private:
  std::mt19937 random_{9};
};

void NetworkRowsTest::change_a_person() {
  auto person = find_person(db(), anybody());
  if (!person) return;
  switch (draw(0, 4)) {
    case 0: person->member = !person->member; break;
    case 1: person->stopped = !person->stopped; break;
    case 2: person->consent = draw(0, 1) == 0 ? Consent::never : Consent::ask_first; break;
    case 3: person->address.reset(); break;
    default: person->title = "nothing that matters";
  }
  save_person(db(), *person);
}

void NetworkRowsTest::do_anything() {
  const PersonId one = anybody(), other = anybody();
  const bool are_there = find_person(db(), one) && find_person(db(), other);
  const int what = draw(0, 11);
  if (what == 0) return change_a_person();
  if (what == 1) {
    if (find_person(db(), one)) return delete_person(db(), one, noon);
    return add(one);
  }
  if (!are_there || one == other) return;
  switch (what) {
    case 2: delete_ties(db(), one, other); return;
    case 3: add_do_not_ask(db(), one, other); return;
    case 4: remove_do_not_ask(db(), one, other); return;
    case 5: {
      Preferences preferences;
      preferences.shown = static_cast<Shown>(draw(0, 2));
      return save_preferences(db(), one, preferences);
    }
    default:
      put_tie(db(), {one, other, static_cast<TieSource>(draw(0, 3)), draw(0, 10) / 10.0, {}, "in some way"});
  }
}
TERTIUS_ON_EVERY_ENGINE(NetworkRowsTest);

TEST_P(NetworkRowsTest, WhateverIsDoneTheFollowedNetworkIsTheOneThatIsThere) {
  for (int i = 0; i < 60; ++i) {
    SCOPED_TRACE(i);
    for (int j = draw(1, 12); j > 0; --j) do_anything();
    follow();
    expect_same(followed_.network, load_network(db()).network);
    if (HasFatalFailure()) return;
  }
}

// PostgreSQL tells again what may stand beside a transaction that is under way anywhere on the server, other
// tests' too; when those are through there is nothing left to tell. Told of for ever, it fails by ctest's
// limit.
TEST_P(NetworkRowsTest, NoChangeIsNoNews) {
  const auto await_none = [this] {
    while (follow() > 0) EXPECT_TRUE(is_postgres());
  };
  await_none();
  tie(PersonId{1}, PersonId{2});
  EXPECT_GE(follow(), 1u);
  await_none();
}

TEST_P(NetworkRowsTest, WhatDoesNotMatterToTheNetworkIsNoNews) {
  tie(PersonId{1}, PersonId{2});
  follow();
  put_tie(db(), {PersonId{1}, PersonId{2}, TieSource::mail, 0.5, noon, "wrote to each other again"});
  Person person = load_person(db(), PersonId{3});
  person.name = "Somebody Else";
  save_person(db(), person);
  save_preferences(db(), PersonId{4}, {});
  follow();
  Preferences quiet;
  quiet.quiet_from = 20;
  save_preferences(db(), PersonId{4}, quiet);
  EXPECT_EQ(follow(), 0u);
}

TEST_P(NetworkRowsTest, AnImportAndItsUndoingAreNews) {
  ContactFile file;
  file.contacts = {sample_contact("Gail Goodman", "gail@cc.example"), sample_contact("P", "n2@example.org")};
  import_contacts(db(), PersonId{1}, file, noon, ids_from(100));
  const PersonId gail = find_person_by_address(db(), make_address("gail@cc.example"))->id;
  follow();
  EXPECT_TRUE(followed_.network.knows(PersonId{1}, gail));
  EXPECT_TRUE(followed_.network.knows(PersonId{1}, PersonId{2}));
  forget_tie(db(), PersonId{1}, gail, file.contacts.front().source);
  forget_unneeded(db(), 10);
  ASSERT_FALSE(find_person(db(), gail));
  EXPECT_GE(follow(), 2u);
  EXPECT_FALSE(followed_.network.knows(PersonId{1}, gail));
}

// The ties of whoever is deleted go without a statement of their own.
TEST_P(NetworkRowsTest, WhoeverIsErasedIsGoneFromEverybodysTies) {
  tie(PersonId{1}, PersonId{2});
  tie(PersonId{3}, PersonId{2});
  add_do_not_ask(db(), PersonId{4}, PersonId{2});
  follow();
  delete_person(db(), PersonId{2}, noon);
  EXPECT_EQ(follow(), 4u) << "1, 3 and 4 have lost somebody";
  EXPECT_FALSE(followed_.network.knows(PersonId{1}, PersonId{2}));
  EXPECT_FALSE(followed_.network.may_see(PersonId{1}, PersonId{2}));
}

TEST_P(NetworkRowsTest, WhatIsRolledBackWasNoNews) {
  {
    Transaction transaction(db());
    tie(PersonId{1}, PersonId{2});
    EXPECT_EQ(load_network_news(db(), followed_.place).changes.size(), 1u) << "to whoever did it";
  }
  EXPECT_EQ(follow(), 0u);
  tie(PersonId{3}, PersonId{4});
  EXPECT_EQ(follow(), 1u);
  EXPECT_TRUE(followed_.network.knows(PersonId{3}, PersonId{4}));
}

TEST_P(NetworkRowsTest, MoreThanAPageOfRowsIsReadWhole) {
  constexpr int many = 10'500;
  db().run(
      "INSERT INTO people (id, name, organisation, title, profile_url, language, member, stopped, consent, "
      "folded_name, folded) SELECT 1000 + n, '', '', '', '', 'en', 0, 0, 'ask_first', '', '' FROM (WITH "
      "RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < 10500) SELECT n FROM "
      "series) AS numbered");
  db().run(
      "INSERT INTO ties (owner, contact, source, strength, evidence) SELECT 1, id, 'mail', 0.5, '' FROM "
      "people WHERE id > 1000");
  db().run("INSERT INTO do_not_ask (person, other, address) SELECT 2, id, '' FROM people WHERE id > 1000");
  const Network loaded = load_network(db()).network;
  EXPECT_EQ(loaded.people(), static_cast<std::size_t>(many + most_people));
  EXPECT_EQ(loaded.ties(), static_cast<std::size_t>(many));
  follow();
  EXPECT_EQ(followed_.network.ties(), static_cast<std::size_t>(many));
  EXPECT_EQ(followed_.network.mutual_contacts(PersonId{1}, PersonId{1000 + many}), 0u);
}

class NetworkOfTwoTest : public NetworkRowsTest {};
TERTIUS_ON_POSTGRES(NetworkOfTwoTest);

// The number of a transaction says when it began, not when it was committed.
TEST_P(NetworkOfTwoTest, WhatWasBegunEarlierAndCommittedLaterIsNotMissed) {
  Database other = open_another();
  Transaction slow(other);
  put_tie(other, {PersonId{1}, PersonId{2}, TieSource::mail, 0.5, {}, "wrote"});
  tie(PersonId{3}, PersonId{4});
  EXPECT_EQ(follow(), 1u);
  EXPECT_EQ(follow(), 0u) << "nothing comes twice meanwhile";
  tie(PersonId{3}, PersonId{5});
  EXPECT_EQ(follow(), 1u) << "but a second change of the same person does";
  EXPECT_FALSE(followed_.network.knows(PersonId{1}, PersonId{2}));
  slow.commit();
  EXPECT_EQ(follow(), 1u);
  EXPECT_TRUE(followed_.network.knows(PersonId{1}, PersonId{2}));
  EXPECT_TRUE(followed_.network.knows(PersonId{3}, PersonId{5}));
  EXPECT_EQ(follow(), 0u);
}

TEST_P(NetworkOfTwoTest, ADatabaseMovedToAYoungerServerHasNoEndlessNews) {
  tie(PersonId{1}, PersonId{2});
  db().run("UPDATE network_changes SET seq = seq + 1000000000");
  followed_ = load_network(db());
  follow();  // as in SetUp()
  EXPECT_EQ(follow(), 0u);
  EXPECT_TRUE(followed_.place.ahead.empty());
}

}  // namespace
}  // namespace tertius::storage
