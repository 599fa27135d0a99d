#include <gtest/gtest.h>

#include "contacts/read_contacts.hpp"
#include "storage/imports.hpp"
#include "storage/my_contacts.hpp"
#include "storage/people.hpp"
#include "tests/support/web/house.hpp"
#include "web/upload.hpp"

namespace tertius::web {
namespace {

constexpr auto cards =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dora Lane\r\nORG:Harbour\r\nEMAIL:dora@harbour.example\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Emil Fox\r\nORG:Quarry\r\nEMAIL:emil@quarry.example\r\nEND:VCARD\r\n";

class ContactsPageTest : public testing::Test {
 protected:
  ContactsPageTest() {
    tie(alice, gail, TieSource::linkedin, "connected on LinkedIn since March 2019");
    tie(alice, gail, TieSource::address_book, "in the address book");
    tie(christine, gail, TieSource::address_book, "Christine's private evidence");
  }
  void tie(PersonId owner, PersonId contact, TieSource source, const std::string& evidence) {
    storage::put_tie(house.db, {owner, contact, source, 0.35, from_unix_seconds(1'551'398'400), evidence});
  }
  HttpResponse upload(const std::string& name, const std::string& content) {
    const std::string nonce = house.nonce_of("/contacts");
    HttpRequest request{"POST", "/contacts/imports", {}, {}, {}};
    request.headers["origin"] = house.links.public_url;
    request.headers["content-type"] = "multipart/form-data; boundary=XX";
    request.body = "--XX\r\nContent-Disposition: form-data; name=\"nonce\"\r\n\r\n" + nonce +
                   "\r\n--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name +
                   "\"\r\n\r\n" + content + "\r\n--XX--\r\n";
    return house.exchange(request);
  }
  // As the daemon does.
  void import_all() {
    while (const auto row = storage::claim_import(house.db, house.now)) {
      const auto file = contacts::read_contacts(storage::load_import_file(house.db, row->id));
      if (!file) {
        storage::fail_import(house.db, row->id, file.error(), house.now);
        continue;
      }
      storage::ImportMemory memory;
      storage::begin_import(house.db, row->id, file.value());
      storage::import_slice(house.db, row->id, file.value(), 500, memory, house.now,
                            [this] { return ++house.last_id; });
    }
  }
  std::string newest_import() {
    return "/contacts/imports/" + std::to_string(house.db.row("SELECT MAX(id) FROM imports")->integer(0));
  }
  std::int64_t ties() { return house.db.row("SELECT COUNT(*) FROM ties")->integer(0); }

  House house;
};

TEST_F(ContactsPageTest, NobodySeesItWithoutSigningIn) {
  for (const char* path : {"/contacts", "/contacts/3", "/contacts/imports", "/contacts/imports/1001",
                           "/contacts/from/linkedin"}) {
    EXPECT_EQ(house.open(path).status, 401) << path;
    EXPECT_FALSE(has(house.open(path), "Gail")) << path;
    EXPECT_EQ(house.post(path, {{"action", "forget"}, {"source", "linkedin"}}).status, 401) << path;
  }
  house.sign_in(gail);  // no member, though she may sign in
  EXPECT_EQ(house.open("/contacts").status, 403);
}

TEST_F(ContactsPageTest, AMemberSeesTheirOwnContactsWithSourcesAndSince) {
  house.sign_in(alice);
  const auto page = house.open("/contacts");
  for (const char* words :
       {"Gail Goodman", "Constant Contact", "LinkedIn", "Address book", "March 2019", "1 person"})
    EXPECT_TRUE(has(page, words)) << words;
  const auto one = house.open("/contacts/3");
  EXPECT_TRUE(has(one, "connected on LinkedIn since March 2019"));
  EXPECT_FALSE(has(one, "private evidence"));
  EXPECT_FALSE(has(one, "gail@example.org")) << "whoever brought the address, it was perhaps not Alice";
}

TEST_F(ContactsPageTest, SearchFindsTheBeginningsOfWordsAndShowsThemAsText) {
  house.sign_in(alice);
  EXPECT_TRUE(has(house.open("/contacts?q=good+const"), "Gail Goodman"));
  EXPECT_FALSE(has(house.open("/contacts?q=oodman"), "Gail Goodman"));
  const auto none = house.open("/contacts?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
  EXPECT_TRUE(has(none, "Nobody of that name"));
  EXPECT_FALSE(has(none, "<script>alert"));
  EXPECT_EQ(house.open("/contacts?q=" + std::string(100'000, 'a')).status, 200);
}

TEST_F(ContactsPageTest, FiftyStandOnAPage) {
  for (int i = 0; i < 120; ++i) {
    Person person;
    person.id = PersonId{100 + i};
    person.name = "Person " + std::to_string(1000 + i);
    storage::add_person(house.db, person);
    tie(bob, person.id, TieSource::address_book, "in the address book");
  }
  house.sign_in(bob);
  const auto first = house.open("/contacts"), last = house.open("/contacts?page=3");
  EXPECT_TRUE(has(first, "Person 1049") && !has(first, "Person 1050") && has(first, "Page 1 of 3"));
  EXPECT_TRUE(has(last, "Person 1119") && !has(last, "Person 1099") && !has(last, "Next page"));
  for (const char* page : {"0", "-1", "99", "x", "9223372036854775808"})
    EXPECT_EQ(house.open(std::string("/contacts?page=") + page).status, 200) << page;
  EXPECT_TRUE(has(house.open("/contacts?q=person&page=1"), "/contacts?page=2&amp;q=person"));
}

TEST_F(ContactsPageTest, OnesOwnWordIsKeptAndShown) {
  house.sign_in(alice);
  EXPECT_EQ(house.press("/contacts/3", {{"action", "rate"}, {"rating", "well"}}).status, 303);
  const auto tie = storage::find_tie(house.db, alice, gail, TieSource::rating);
  ASSERT_TRUE(tie);
  EXPECT_DOUBLE_EQ(tie->strength, 0.9);
  EXPECT_TRUE(has(house.open("/contacts/3"), "value=\"well\" required checked"));
  EXPECT_EQ(house.press("/contacts/3", {{"action", "rate"}, {"rating", "1e9"}}).status, 422);
}

TEST_F(ContactsPageTest, OneTieGoesAndTheOthersStay) {
  house.sign_in(alice);
  EXPECT_EQ(header(house.press("/contacts/3", {{"action", "forget"}, {"source", "linkedin"}}), "Location"),
            "/contacts/3");
  EXPECT_FALSE(storage::find_tie(house.db, alice, gail, TieSource::linkedin));
  EXPECT_TRUE(storage::find_tie(house.db, alice, gail, TieSource::address_book));
  EXPECT_EQ(
      header(house.press("/contacts/3", {{"action", "forget"}, {"source", "address-book"}}), "Location"),
      "/contacts");
  EXPECT_TRUE(storage::find_tie(house.db, christine, gail, TieSource::address_book));
}

TEST_F(ContactsPageTest, ASourceGoesAsAWholeAfterAQuestion) {
  house.sign_in(alice);
  EXPECT_TRUE(has(house.open("/contacts/from/address-book"), "Remove everything from Address book?"));
  EXPECT_EQ(ties(), 3);
  house.press("/contacts/from/address-book", {});
  EXPECT_EQ(ties(), 2);
  EXPECT_TRUE(storage::find_tie(house.db, christine, gail, TieSource::address_book));
  EXPECT_EQ(house.open("/contacts/from/nowhere").status, 404);
}

TEST_F(ContactsPageTest, NobodyReachesSomebodyElses) {
  house.sign_in(alice);
  upload("cards.vcf", cards);
  import_all();
  const std::string import = newest_import();
  house.forget_cookies();
  house.sign_in(bob);  // knows nobody
  EXPECT_EQ(house.open("/contacts/3").status, 404);
  EXPECT_EQ(house.open(import).status, 404);
  const auto before = ties();
  for (const std::string& path : {std::string("/contacts/3"), import}) {
    const Form form{{"nonce", house.nonce_of("/contacts")}, {"action", "forget"}, {"source", "linkedin"}};
    EXPECT_EQ(house.post(path, form).status, 404) << path;
  }
  const Form rating{{"nonce", house.nonce_of("/contacts")}, {"action", "rate"}, {"rating", "well"}};
  EXPECT_EQ(house.post("/contacts/3", rating).status, 404);
  EXPECT_EQ(ties(), before);
}

TEST_F(ContactsPageTest, NothingIsChangedWithoutTheNonceOrFromElsewhere) {
  house.sign_in(alice);
  const Form form{{"action", "forget"}, {"source", "linkedin"}};
  EXPECT_EQ(house.post("/contacts/3", form).status, 409);
  Form with_nonce = form;
  with_nonce["nonce"] = house.nonce_of("/contacts");
  EXPECT_EQ(house.post_from("/contacts/3", with_nonce, {{"origin", "https://evil.example"}}).status, 403);
  EXPECT_EQ(ties(), 3);
}

TEST_F(ContactsPageTest, AFileIsTakenReadAndReported) {
  house.sign_in(alice);
  EXPECT_EQ(header(upload("cards.vcf", cards), "Location"), "/contacts/imports");
  const auto waiting = house.open("/contacts/imports");
  EXPECT_TRUE(has(waiting, "cards.vcf") && has(waiting, "waiting"));
  EXPECT_EQ(header(waiting, "Refresh"), "2");
  import_all();
  const auto done = house.open("/contacts/imports");
  EXPECT_TRUE(has(done, "2 people: 2 new, 0 added to, 0 as they were."));
  EXPECT_EQ(header(done, "Refresh"), "");
  EXPECT_TRUE(has(house.open(newest_import()), "vCard"));
  EXPECT_TRUE(has(house.open("/contacts"), "Dora Lane"));
}

TEST_F(ContactsPageTest, WhatAnImportBroughtIsTakenBackAndNothingElse) {
  house.sign_in(alice);
  upload("cards.vcf",
         std::string(cards) + "BEGIN:VCARD\r\nFN:Gail\r\nEMAIL:gail@example.org\r\nEND:VCARD\r\n");
  import_all();
  EXPECT_EQ(ties(), 5);
  house.press(newest_import(), {});
  EXPECT_EQ(ties(), 3) << "Gail was there before";
  while (storage::forget_unneeded(house.db, 500) > 0) {
  }
  EXPECT_EQ(storage::count_people(house.db), 4);
  EXPECT_TRUE(has(house.open(newest_import()), "taken back"));
}

TEST_F(ContactsPageTest, WhomANewerFileNoLongerNamesIsSaidAndComesBack) {
  house.sign_in(christine);
  upload("contacts.vcf", cards);
  import_all();
  upload("contacts.vcf", std::string(cards).substr(0, std::string(cards).find("BEGIN", 5)));
  import_all();
  EXPECT_FALSE(has(house.open("/contacts"), "Emil Fox"));
  const auto report = house.open(newest_import());
  EXPECT_TRUE(has(report, "does not name 1 contact of your earlier file"));
  EXPECT_FALSE(has(report, "other files of this kind"));
  house.press(newest_import(), {});
  EXPECT_TRUE(has(house.open("/contacts"), "Emil Fox"));
}

TEST_F(ContactsPageTest, AFileThatIsNotUnderstoodSaysSo) {
  house.sign_in(alice);
  upload("holiday.jpg", "\xFF\xD8\xFF");
  import_all();
  const auto page = house.open(newest_import());
  EXPECT_TRUE(has(page, "not understood"));
  EXPECT_TRUE(has(page, "Connections.csv")) << "what is read instead";
}

TEST_F(ContactsPageTest, StrangeFileNamesAreText) {
  house.sign_in(alice);
  upload("../../<img src=x onerror=alert(1)>\u202Efdp.csv", cards);
  const auto page = house.open("/contacts/imports");
  EXPECT_FALSE(has(page, "<img"));
  EXPECT_FALSE(has(page, "\u202E"));
  EXPECT_TRUE(has(page, "&lt;img src=x onerror=alert(1)&gt;fdp.csv"));
}

TEST_F(ContactsPageTest, ABrokenUploadChangesNothing) {
  house.sign_in(alice);
  const std::string nonce = house.nonce_of("/contacts");
  HttpRequest request{"POST", "/contacts/imports", {}, {}, {}};
  request.headers["origin"] = house.links.public_url;
  for (const char* type : {"multipart/form-data; boundary=YY", "multipart/form-data", "text/plain"}) {
    request.headers["content-type"] = type;
    request.body =
        "--XX\r\nContent-Disposition: form-data; name=\"nonce\"\r\n\r\n" + nonce + "\r\n--XX--\r\n";
    EXPECT_EQ(house.exchange(request).status, 409) << type;
  }
  EXPECT_EQ(house.press("/contacts", {}).status, 404);
  EXPECT_EQ(house.db.row("SELECT COUNT(*) FROM imports")->integer(0), 0);
}

TEST_F(ContactsPageTest, OneMembersFilesDoNotPileUp) {
  house.sign_in(alice);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(upload("cards.vcf", cards).status, 303);
  EXPECT_EQ(upload("cards.vcf", cards).status, 429);
  import_all();
  EXPECT_EQ(upload("cards.vcf", cards).status, 303);
}

TEST_F(ContactsPageTest, OnlyASignedInMemberMayUpload) {
  HttpRequest request{"POST", "/contacts/imports", {}, {}, {}};
  Desk desk = house.desk();
  EXPECT_TRUE(refuse_upload(request, desk));
  house.sign_in(alice);
  request.headers["cookie"] = house.cookie;
  EXPECT_FALSE(refuse_upload(request, desk));
  request.path = "/contacts";
  EXPECT_TRUE(refuse_upload(request, desk));
  house.forget_cookies();
  house.sign_in(gail);
  request.path = "/contacts/imports";
  request.headers["cookie"] = house.cookie;
  EXPECT_TRUE(refuse_upload(request, desk)) << "no member";
}

}  // namespace
}  // namespace tertius::web
