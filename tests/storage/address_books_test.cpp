#include "storage/address_books.hpp"

#include "storage/my_contacts.hpp"
#include "storage/people.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

using namespace std::chrono_literals;

constexpr PersonId alice{1}, bob{2};
constexpr BookId contacts{50};

class AddressBooksTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    add_people(db(), 2);
    add_book(db(), book(contacts));
  }
  static LinkedBook book(BookId id, PersonId owner = alice) {
    LinkedBook out;
    out.id = id;
    out.owner = owner;
    out.url = "https://dav.example.org/alice/";
    out.user_name = "alice";
    out.sealed_password = "1:00";
    out.created_at = out.ready_at = noon;
    return out;
  }
  static SyncedBook news(std::vector<SyncedCard> changed, std::vector<std::string> gone = {}) {
    return {"Contacts", "https://dav.example.org/alice/c/", "t", "c", std::move(changed), std::move(gone)};
  }
  LinkedBook stands() { return *find_book(db(), contacts); }
};
TERTIUS_ON_EVERY_ENGINE(AddressBooksTest);

TEST_P(AddressBooksTest, WhatWasSavedComesBack) {
  EXPECT_TRUE(save_synced(db(), contacts, news({{"/a", "1", "BEGIN:VCARD"}}), noon + 1h, noon + 7h));
  const LinkedBook found = stands();
  EXPECT_EQ(found.name, "Contacts");
  EXPECT_EQ(found.sync_token, "t");
  EXPECT_EQ(found.cards, 1);
  EXPECT_EQ(found.synced_at, noon + 1h);
  EXPECT_EQ(found.ready_at, noon + 7h);
  EXPECT_EQ(shown_name(found), "Contacts (dav.example.org)");
  EXPECT_EQ(etags_of(db(), contacts), (std::map<std::string, std::string>{{"/a", "1"}}));
}

TEST_P(AddressBooksTest, OnlyWhatChangedIsNews) {
  save_synced(db(), contacts, news({{"/a", "1", "A"}, {"/b", "1", "B"}}), noon, noon);
  EXPECT_FALSE(save_synced(db(), contacts, news({{"/a", "1", "A"}}), noon, noon));
  EXPECT_FALSE(save_synced(db(), contacts, news({}, {"/never"}), noon, noon));
  EXPECT_TRUE(save_synced(db(), contacts, news({{"/a", "2", "A2"}}, {"/b"}), noon, noon));
  EXPECT_EQ(load_cards(db(), contacts), "A2\r\n");
}

TEST_P(AddressBooksTest, OneIsClaimedOnceUntilItsLeaseRunsOut) {
  EXPECT_FALSE(claim_book(db(), noon - 1s));
  ASSERT_TRUE(claim_book(db(), noon));
  EXPECT_FALSE(claim_book(db(), noon + 1min));
  EXPECT_FALSE(claim_this_book(db(), contacts, noon + 1min));
  EXPECT_TRUE(make_book_due(db(), alice, contacts, noon + 1min));
  EXPECT_FALSE(claim_book(db(), noon + 1min)) << "somebody is at it";
  EXPECT_TRUE(claim_book(db(), noon + book_lease));
}

TEST_P(AddressBooksTest, WhatADeadDaemonHadClaimedIsDueAtOnce) {
  claim_book(db(), noon);
  release_books(db(), noon + 1s);
  EXPECT_TRUE(claim_book(db(), noon + 1s));
}

TEST_P(AddressBooksTest, AFailureIsKeptUntilItWorks) {
  claim_book(db(), noon);
  save_failed_sync(db(), contacts, {"The server refuses the login.", "Mend it."}, noon, noon + 1h);
  EXPECT_EQ(stands().what, "The server refuses the login.");
  EXPECT_FALSE(stands().lease_until);
  save_synced(db(), contacts, news({}), noon + 2h, noon + 8h);
  EXPECT_EQ(stands().what, "");
}

TEST_P(AddressBooksTest, ItIsItsOwnersAlone) {
  EXPECT_FALSE(remove_book(db(), bob, contacts));
  EXPECT_FALSE(make_book_due(db(), bob, contacts, noon));
  EXPECT_TRUE(books_of(db(), bob).empty());
  EXPECT_TRUE(remove_book(db(), alice, contacts));
  EXPECT_TRUE(etags_of(db(), contacts).empty());
}

TEST_P(AddressBooksTest, WhatComesForARemovedBookIsNothing) {
  remove_book(db(), alice, contacts);
  EXPECT_FALSE(save_synced(db(), contacts, news({{"/a", "1", "A"}}), noon, noon));
}

TEST_P(AddressBooksTest, AnEditionOfABookTakesFromItsOwnEditionsAlone) {
  const IdSource ids = ids_from(1000);
  const auto import = [&](std::optional<BookId> of, std::vector<Contact> people) {
    ImportRow row;
    row.id = ImportId{ids()};
    row.owner = alice;
    row.book = of;
    return import_at_once(db(), row, {.format = "vCard", .contacts = std::move(people), .skipped = {}}, noon,
                          ids);
  };
  std::vector<Contact> many;
  for (char name = 'a'; name <= 't'; ++name)
    many.push_back(sample_contact(std::string(1, name), std::string(1, name) + "@x.example"));
  import(std::nullopt, many);
  import(contacts, {many[0], many[1]});
  EXPECT_EQ(import(BookId{51}, {many[0]}).gone, 0);
  const ImportRow empty = import(contacts, {});
  EXPECT_EQ(empty.gone, 2);
  EXPECT_EQ(list_contacts(db(), alice, "", 0, 0).total, 20) << "the file names them";
}

TEST_P(AddressBooksTest, OldEditionsGoAndNothingIsForgottenByIt) {
  const IdSource ids = ids_from(1000);
  Time now = noon;
  const auto import = [&](std::optional<BookId> of, TieSource source, std::vector<std::string> names,
                          const std::string& title) {
    ContactFile file{.format = "vCard", .contacts = {}, .skipped = {}};
    for (const std::string& name : names) {
      file.contacts.push_back(sample_contact(name, name + "@x.example"));
      file.contacts.back().source = source;
      file.contacts.back().title = title;
    }
    ImportRow row;
    row.id = ImportId{ids()};
    row.owner = alice;
    row.book = of;
    row = import_at_once(db(), row, file, now, ids);
    while (forget_unneeded(db(), 10) > 0) {
    }
    now += 20 * 24h;
    return row;
  };
  const auto editions = [&] {
    return db().row("SELECT COUNT(*) FROM imports WHERE book IS NOT NULL")->integer(0);
  };
  const auto known = [&] {
    std::string out;
    for (const KnownContact& one : list_contacts(db(), alice, "", 0, 9).contacts)
      out += one.person.name + one.person.title + std::to_string(one.ties.size()) + " ";
    return out;
  };
  import(std::nullopt, TieSource::linkedin, {"ann"}, "CEO");
  for (const char* title : {"1", "2", "3", "4", "5", "6"})
    import(contacts, TieSource::address_book, {"ann", "ben"}, title);
  EXPECT_EQ(editions(), 1 + 1) << "of twenty days ago, and the one that stands";
  EXPECT_EQ(known(), "ann62 ben61 ");
  const ImportRow without = import(contacts, TieSource::address_book, {"cleo"}, "");
  EXPECT_EQ(known(), "annCEO1 cleo1 ") << "as before the first edition, which is gone itself";
  undo_import(db(), alice, without.id, now);
  EXPECT_EQ(known(), "ann62 ben61 ");
}

}  // namespace
}  // namespace tertius::storage
