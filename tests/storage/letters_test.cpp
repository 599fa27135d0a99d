#include "storage/letters.hpp"

#include <thread>

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/same.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

using std::chrono::hours;

class LettersTest : public OnEngine {
 protected:
  LetterRow letter(std::int64_t id) {
    LetterRow row;
    row.id = LetterId{id};
    row.received_at = noon + hours{id};
    row.sha256 = "hash" + std::to_string(id);
    row.message_id = std::to_string(id) + "@client.example";
    row.envelope_sender = "p2@example.org";
    row.recipient = "intro+token@broker.example";
    row.subject = "Re: forward?";
    row.kind = "human";
    row.outcome = "held forward by connector";
    row.raw = std::string("From: x\r\n\r\n\0\xFF raw", 17);
    return row;
  }
};
TERTIUS_ON_EVERY_ENGINE(LettersTest);

TEST_P(LettersTest, EveryFieldSurvivesAndRawToTheOctet) {
  add_people(db(), 4);
  add_introduction(db(), sample_introduction(1), {});
  LetterRow row = letter(1);
  add_letter(db(), row);
  EXPECT_TRUE(is_same(*find_letter(db(), LetterId{1}), row));
  row = letter(2);
  row.introduction = IntroductionId{1};
  row.raw = "";
  add_letter(db(), row);
  EXPECT_TRUE(is_same(*find_letter_by_hash(db(), "hash2", row.recipient), row));
  EXPECT_FALSE(find_letter(db(), LetterId{3}));
}

TEST_P(LettersTest, TheSameBytesToTheSameRecipientAreOneLetter) {
  add_letter(db(), letter(1));
  LetterRow twin = letter(2);
  twin.sha256 = letter(1).sha256;
  EXPECT_EQ(trouble_of([&] { add_letter(db(), twin); }), StorageTrouble::conflict);
  twin.recipient = "intro+other@broker.example";
  EXPECT_FALSE(find_letter_by_hash(db(), twin.sha256, twin.recipient));
  add_letter(db(), twin);
  EXPECT_EQ(find_letter_by_hash(db(), twin.sha256, twin.recipient)->id, LetterId{2});
}

TEST_P(LettersTest, AMessageIdIsKnownForItsRecipient) {
  add_letter(db(), letter(1));
  LetterRow nameless = letter(2);
  nameless.message_id = "";
  add_letter(db(), nameless);
  EXPECT_TRUE(has_message_id(db(), "1@client.example", letter(1).recipient));
  EXPECT_FALSE(has_message_id(db(), "1@client.example", "intro@broker.example"));
  EXPECT_FALSE(has_message_id(db(), "2@client.example", letter(1).recipient));
  EXPECT_FALSE(has_message_id(db(), "", letter(1).recipient));
}

TEST_P(LettersTest, ListingsAreNewestFirstWithoutRaw) {
  add_people(db(), 4);
  add_introduction(db(), sample_introduction(1), {});
  for (int id = 1; id <= 3; ++id) {
    LetterRow row = letter(id);
    if (id != 2) row.introduction = IntroductionId{1};
    add_letter(db(), row);
  }
  const std::vector<LetterRow> recent = recent_letters(db(), 2);
  ASSERT_EQ(recent.size(), 2u);
  EXPECT_EQ(recent[0].id, LetterId{3});
  EXPECT_EQ(recent[1].id, LetterId{2});
  EXPECT_EQ(recent[0].raw, "");
  EXPECT_EQ(recent[0].subject, letter(3).subject);
  const std::vector<LetterRow> about = letters_about(db(), IntroductionId{1});
  ASSERT_EQ(about.size(), 2u);
  EXPECT_EQ(about[0].id, LetterId{1});
  EXPECT_EQ(about[1].id, LetterId{3});
}

TEST_P(LettersTest, ANonceIsSpentOnce) {
  EXPECT_TRUE(spend_nonce(db(), "visit", noon));
  EXPECT_FALSE(spend_nonce(db(), "visit", noon));
  EXPECT_TRUE(spend_nonce(db(), "Visit", noon));
}

TEST_P(LettersTest, WhenANonceWasSpentIsKept) {
  spend_nonce(db(), "visit", noon);
  spend_nonce(db(), "visit", noon + hours{1});
  EXPECT_EQ(find_spent(db(), "visit"), noon);
  EXPECT_EQ(find_spent(db(), "other"), std::nullopt);
}

TEST_P(LettersTest, OldNoncesAreSwept) {
  spend_nonce(db(), "old", noon);
  spend_nonce(db(), "young", noon + hours{1});
  spend_nonce(db(), "now", noon + hours{24} + std::chrono::seconds{1});
  EXPECT_EQ(db().row("SELECT COUNT(*) FROM spent_nonces")->integer(0), 2);
}

class NoncesTogetherTest : public OnEngine {};
TERTIUS_ON_SHARED_ENGINES(NoncesTogetherTest);

int spend_all(Database& db) {
  int spent = 0;
  for (int i = 0; i < 100; ++i) {
    Transaction transaction(db);
    spent += spend_nonce(db, std::to_string(i), noon) ? 1 : 0;
    transaction.commit();
  }
  return spent;
}

TEST_P(NoncesTogetherTest, OneOfTwoDaemonsSpendsEachNonce) {
  Database other = open_another();
  int theirs = 0;
  std::thread thread([&] { theirs = spend_all(other); });
  const int ours = spend_all(db());
  thread.join();
  EXPECT_EQ(ours + theirs, 100);
}

}  // namespace
}  // namespace tertius::storage
