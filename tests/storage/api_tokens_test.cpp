#include "storage/api_tokens.hpp"

#include "storage/people_page.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

using std::chrono::hours;

class ApiTokensTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    add_people(db(), 4);
  }
  ApiToken token(std::int64_t id) {
    return {.id = ApiTokenId{id},
            .person = PersonId{1},
            .name = "script",
            .scopes = find_scopes("find people:read").value(),
            .created_at = noon + hours{id}};
  }
};
TERTIUS_ON_EVERY_ENGINE(ApiTokensTest);

TEST_P(ApiTokensTest, ATokenIsFoundByTheHashOfItsSecretAlone) {
  ApiToken saved = token(1);
  saved.expires_at = noon + hours{24};
  add_api_token(db(), saved, "hash");
  const auto found = find_api_token(db(), "hash", noon);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->person, PersonId{1});
  EXPECT_EQ(text(found->scopes), "people:read find");
  EXPECT_EQ(found->expires_at, saved.expires_at);
  EXPECT_FALSE(find_api_token(db(), "hasH", noon));
  EXPECT_FALSE(find_api_token(db(), "", noon));
  EXPECT_FALSE(find_api_token(db(), "hash", noon + hours{24})) << "expired at its very second";
}

TEST_P(ApiTokensTest, ARevokedOneIsListedAndOpensNothing) {
  add_api_token(db(), token(1), "one");
  add_api_token(db(), token(2), "two");
  EXPECT_EQ(count_live_api_tokens(db(), PersonId{1}, noon), 2);
  EXPECT_TRUE(revoke_api_token(db(), ApiTokenId{1}, noon));
  EXPECT_FALSE(revoke_api_token(db(), ApiTokenId{1}, noon));
  EXPECT_FALSE(find_api_token(db(), "one", noon));
  EXPECT_TRUE(find_api_token(db(), "two", noon));
  EXPECT_EQ(count_live_api_tokens(db(), PersonId{1}, noon), 1);
  const auto all = api_tokens_of(db(), PersonId{1});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].id, ApiTokenId{2}) << "newest first";
  EXPECT_EQ(all[1].revoked_at, noon);
  EXPECT_TRUE(api_tokens_of(db(), PersonId{2}).empty());
}

TEST_P(ApiTokensTest, UseIsWrittenDownOnceADay) {
  add_api_token(db(), token(1), "hash");
  const auto used = [&] { return load_api_token(db(), ApiTokenId{1})->used_at; };
  for (const int hour : {0, 1, 23, 24}) {
    use_api_token(db(), *load_api_token(db(), ApiTokenId{1}), noon + hours{hour});
    EXPECT_EQ(used(), noon + hours{hour == 24 ? 24 : 0});
  }
}

TEST_P(ApiTokensTest, AnAnswerIsItsTokensOwnAndIsForgottenAfterADay) {
  add_api_token(db(), token(1), "one");
  add_api_token(db(), token(2), "two");
  add_api_answer(db(), ApiTokenId{1}, "key", {"hash", 201, "/there", "{}"}, noon);
  const auto found = find_api_answer(db(), ApiTokenId{1}, "key", noon + hours{23});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->status, 201);
  EXPECT_EQ(found->location, "/there");
  EXPECT_EQ(found->request_hash, "hash");
  EXPECT_FALSE(find_api_answer(db(), ApiTokenId{2}, "key", noon));
  EXPECT_FALSE(find_api_answer(db(), ApiTokenId{1}, "key", noon + hours{24}));
  EXPECT_EQ(trouble_of([&] { add_api_answer(db(), ApiTokenId{1}, "key", {}, noon + hours{1}); }),
            StorageTrouble::busy);
  add_api_answer(db(), ApiTokenId{1}, "key", {"other", 200, "", "{}"}, noon + hours{24});
  EXPECT_EQ(find_api_answer(db(), ApiTokenId{1}, "key", noon + hours{24})->request_hash, "other");
}

TEST_P(ApiTokensTest, PeopleAreReadPageByPageAndNobodyElsesContactIsAmongThem) {
  for (int id = 1; id <= 3; ++id) {
    Person person = load_person(db(), PersonId{id});
    person.member = true;
    save_person(db(), person);
  }
  for (int id = 5; id <= 6; ++id) {
    Person contact;
    contact.id = PersonId{id};
    contact.name = "Person 2";  // the name of a member: pages part them by id
    add_person(db(), contact);
    put_tie(db(), {PersonId{id == 5 ? 1 : 2}, contact.id, TieSource::rating, 1, {}, ""});
  }
  for (const char* words : {"", "person"}) {
    std::string seen;
    NamePlace place;
    for (auto page = people_page(db(), PersonId{1}, words, place, 1); !page.empty();
         page = people_page(db(), PersonId{1}, words, place, 1)) {
      ASSERT_EQ(page.size(), 1u);
      seen += std::to_string(number(page[0].id)) + " ";
      place = place_of(page[0]);
    }
    EXPECT_EQ(seen, "1 2 5 3 ") << words;
  }
}

}  // namespace
}  // namespace tertius::storage
