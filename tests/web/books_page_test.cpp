#include <gtest/gtest.h>

#include "storage/address_books.hpp"
#include "storage/imports.hpp"
#include "tests/support/web/house.hpp"
#include "web/address_books.hpp"

namespace tertius::web {
namespace {

class BooksPageTest : public testing::Test {
 protected:
  BooksPageTest() { house.sign_in(alice); }
  HttpResponse link(const std::string& url, const std::string& user = "alice",
                    const std::string& password = "open sesame") {
    return house.post("/contacts/books", {{"nonce", house.nonce_of("/contacts")},
                                          {"action", "add"},
                                          {"url", url},
                                          {"user", user},
                                          {"password", password}});
  }
  HttpResponse act(const std::string& action, storage::BookId id) {
    return house.post("/contacts/books", {{"nonce", house.nonce_of("/contacts")},
                                          {"action", action},
                                          {"book", std::to_string(static_cast<std::int64_t>(id))}});
  }
  storage::LinkedBook book() { return storage::books_of(house.db, alice).at(0); }

  House house;
};

TEST_F(BooksPageTest, ALinkedBookIsShownAndDueAndItsPasswordNowhere) {
  EXPECT_EQ(link("dav.example.org/alice/").status, 303);
  EXPECT_EQ(book().url, "https://dav.example.org/alice/");
  EXPECT_EQ(password_of(book(), house.links.keys), "open sesame");
  const auto page = house.open("/contacts");
  EXPECT_TRUE(has(page, "dav.example.org") && has(page, "waiting") && has(page, "As alice."));
  EXPECT_FALSE(has(page, "sesame"));
  EXPECT_EQ(header(page, "Refresh"), "5");
  EXPECT_EQ(house.dump().find("sesame"), std::string::npos);
  EXPECT_TRUE(storage::claim_book(house.db, house.now));
}

TEST_F(BooksPageTest, WhatLeadsNowhereIsSaidAndWhatWasTypedStaysButThePassword) {
  for (const char* url :
       {"http://dav.example.org/", "https://10.0.0.1/", "https://localhost/", "ftp://x.example/",
        "https://alice:secret@dav.example.org/", "https://[::1]/", "https://169.254.169.254/"}) {
    const auto page = link(url);
    EXPECT_EQ(page.status, 422) << url;
    EXPECT_TRUE(has(page, "role=\"alert\"")) << url;
    EXPECT_FALSE(has(page, "sesame"));
  }
  const auto page = link("http://dav.example.org/x");
  EXPECT_TRUE(has(page, "value=\"http://dav.example.org/x\"") && has(page, "value=\"alice\""));
  EXPECT_TRUE(storage::books_of(house.db, alice).empty());
}

TEST_F(BooksPageTest, ALoginIsNeededAndCannotEndItsHeader) {
  EXPECT_EQ(link("https://dav.example.org/", "").status, 422);
  EXPECT_EQ(link("https://dav.example.org/", "alice", "").status, 422);
  EXPECT_EQ(link("https://dav.example.org/", "alice\r\nX: y").status, 422);
}

TEST_F(BooksPageTest, FiveAreEnoughAndNoneTwice) {
  EXPECT_EQ(link("https://dav0.example.org/").status, 303);
  EXPECT_EQ(link("https://dav0.example.org/").status, 422);
  for (int i = 1; i < 5; ++i) link("https://dav" + std::to_string(i) + ".example.org/");
  EXPECT_EQ(link("https://dav9.example.org/").status, 422);
  EXPECT_EQ(storage::books_of(house.db, alice).size(), 5u);
}

TEST_F(BooksPageTest, TheLastResultIsShown) {
  link("https://dav.example.org/");
  storage::save_failed_sync(house.db, book().id, {"The server refuses the login.", "Check <it>."}, house.now,
                            house.now + std::chrono::hours{1});
  const auto failed = house.open("/contacts");
  EXPECT_TRUE(has(failed, "failing") && has(failed, "The server refuses the login. Check &lt;it&gt;."));
  EXPECT_EQ(header(failed, "Refresh"), "");
  storage::save_synced(house.db, book().id,
                       {"Friends", "https://dav.example.org/f/", "", "", {{"/a", "1", "A"}}, {}}, house.now,
                       house.now + std::chrono::hours{6});
  const auto good = house.open("/contacts");
  EXPECT_TRUE(has(good, "Friends (dav.example.org)") && has(good, "1 card, read") && has(good, "in step"));
}

TEST_F(BooksPageTest, ReadItNowMakesItDue) {
  link("https://dav.example.org/");
  storage::save_synced(house.db, book().id, {}, house.now, house.now + std::chrono::hours{6});
  EXPECT_FALSE(storage::claim_book(house.db, house.now));
  EXPECT_EQ(act("sync", book().id).status, 303);
  EXPECT_TRUE(storage::claim_book(house.db, house.now));
}

TEST_F(BooksPageTest, UnlinkedItLeavesItsContactsOrTakesThemAlong) {
  link("https://dav.example.org/");
  const auto kept = book().id;
  EXPECT_EQ(act("unlink", kept).status, 303);
  EXPECT_TRUE(storage::imports_of(house.db, alice, 5).empty());
  link("https://dav.example.org/");
  const auto taken = book().id;
  EXPECT_EQ(act("forget", taken).status, 303);
  EXPECT_TRUE(storage::books_of(house.db, alice).empty());
  EXPECT_EQ(storage::imports_of(house.db, alice, 5).at(0).book, taken) << "an edition without anybody";
}

TEST_F(BooksPageTest, NobodyReachesAnotherMembersBook) {
  link("https://dav.example.org/");
  const auto hers = book().id;
  house.forget_cookies();
  house.sign_in(christine);
  EXPECT_FALSE(has(house.open("/contacts"), "dav.example.org"));
  for (const char* action : {"sync", "unlink", "forget", "other"}) EXPECT_EQ(act(action, hers).status, 404);
  EXPECT_EQ(storage::books_of(house.db, alice).size(), 1u);
}

TEST_F(BooksPageTest, NothingIsLinkedWithoutTheNonce) {
  EXPECT_EQ(
      house
          .post("/contacts/books",
                {{"action", "add"}, {"url", "https://dav.example.org/"}, {"user", "a"}, {"password", "b"}})
          .status,
      409);
  EXPECT_TRUE(storage::books_of(house.db, alice).empty());
}

}  // namespace
}  // namespace tertius::web
