// Letters and notices found again, on every engine.
#include "storage/mail_search.hpp"

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

using std::chrono::hours;

class MailSearchTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    add_people(db(), 4);
    add_introduction(db(), sample_introduction(41), {});
  }
  LetterRow letter(std::int64_t id) {
    LetterRow row;
    row.id = LetterId{id};
    row.received_at = noon + hours{id};
    row.sha256 = std::to_string(id);
    row.message_id = "m" + std::to_string(id) + "@client.example";
    row.envelope_sender = "p" + std::to_string(id) + "@example.org";
    row.recipient = "intro@broker.example";
    row.subject = "Re: 100% of it_all";
    row.kind = "human";
    row.outcome = "forward by the connector";
    row.raw = "never listed";
    return row;
  }
  OutboxRow notice(std::int64_t id) {
    OutboxRow row = sample_notice(id);
    row.introduction.reset();
    row.recipient = "P" + std::to_string(id) + "@example.org";
    row.message_id = "n" + std::to_string(id) + "@broker.example";
    row.created_at = noon + hours{id};
    return row;
  }
  std::vector<std::int64_t> letters(const MailSearch& search) {
    std::vector<std::int64_t> ids;
    for (const auto& row : search_letters(db(), search).rows) ids.push_back(number(row.id));
    return ids;
  }
  std::vector<std::int64_t> notices(const MailSearch& search) {
    std::vector<std::int64_t> ids;
    for (const auto& row : search_notices(db(), search).rows) ids.push_back(number(row.id));
    return ids;
  }
};
TERTIUS_ON_EVERY_ENGINE(MailSearchTest);

using Ids = std::vector<std::int64_t>;

TEST_P(MailSearchTest, LettersAreFoundByAllThatAListingShows) {
  for (int id = 1; id <= 4; ++id) add_letter(db(), letter(id));
  LetterRow odd = letter(5);
  odd.subject = "Grüße \\ '; DROP";
  odd.message_id = "CAF+Xy@mail.example";
  odd.outcome = "a bounce of the target";
  odd.kind = "bounce";
  odd.introduction = IntroductionId{41};
  add_letter(db(), odd);
  EXPECT_EQ(letters({}), (Ids{5, 4, 3, 2, 1}));
  EXPECT_EQ(letters({"P2@EXAMPLE.org", ""}), Ids{2});
  EXPECT_EQ(letters({"<m3@client.example>", ""}), Ids{3});
  EXPECT_EQ(letters({"41", ""}), Ids{5});
  EXPECT_EQ(letters({.words = "<CAF+Xy@mail.example>", .kind = {}, .before = {}, .limit = 50, .window = 0}),
            Ids{5})
      << "by index, with its capitals";
  EXPECT_EQ(letters({"caf+xy@MAIL.example", ""}), Ids{5});
  EXPECT_EQ(letters({"bounce TARGET", ""}), Ids{5});
  EXPECT_EQ(letters({"100%", ""}), (Ids{4, 3, 2, 1}));
  EXPECT_EQ(letters({"t_a", ""}), (Ids{4, 3, 2, 1}));
  EXPECT_EQ(letters({"txa", ""}), Ids{}) << "_ is a letter here";
  EXPECT_EQ(letters({"Grüße", ""}), Ids{5});
  EXPECT_EQ(letters({"'; drop", ""}), Ids{5});
  EXPECT_EQ(letters({"\\", ""}), Ids{5});
  EXPECT_EQ(letters({"", "bounce"}), Ids{5});
  EXPECT_EQ(letters({"", "human"}), (Ids{4, 3, 2, 1}));
  EXPECT_EQ(letters({"forward bounce", ""}), Ids{});
  EXPECT_EQ(search_letters(db(), {}).rows[0].raw, "");
}

TEST_P(MailSearchTest, NoticesAreFoundByAllThatAListingShows) {
  for (int id = 1; id <= 4; ++id) add_notice(db(), notice(id));
  OutboxRow odd = notice(5);
  odd.state = OutboxState::failed;
  odd.last_reply = "550 5.7.1 Policy";
  odd.introduction = IntroductionId{41};
  add_notice(db(), odd);
  EXPECT_EQ(notices({}), (Ids{5, 4, 3, 2, 1}));
  EXPECT_EQ(notices({"p2@example.org", ""}), Ids{2});
  EXPECT_EQ(notices({"n3@broker.example", ""}), Ids{3});
  EXPECT_EQ(notices({"41", ""}), Ids{5});
  EXPECT_EQ(notices({"policy 550", ""}), Ids{5});
  EXPECT_EQ(notices({"", "failed"}), Ids{5});
  EXPECT_EQ(notices({"p5@example.org", "due"}), Ids{});
}

TEST_P(MailSearchTest, PagesFollowEachOtherWithoutGapOrRepeat) {
  for (int id = 1; id <= 7; ++id) {
    LetterRow row = letter(id);
    row.received_at = noon + hours{id / 3};  // several in one second
    add_letter(db(), row);
  }
  Ids all;
  MailSearch search{.words = "forward", .kind = {}};
  search.limit = 2;
  int pages = 0;
  for (;;) {
    const auto page = search_letters(db(), search);
    for (const auto& row : page.rows) all.push_back(number(row.id));
    EXPECT_FALSE(page.looked_only_so_far);
    ++pages;
    if (!page.next) break;
    search.before = page.next;
  }
  EXPECT_EQ(all, (Ids{7, 6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(pages, 4);
}

TEST_P(MailSearchTest, ASearchLooksThroughItsWindowAndThenGoesOn) {
  for (int id = 1; id <= 9; ++id) {
    LetterRow row = letter(id);
    if (id == 2) row.subject = "the needle";
    add_letter(db(), row);
  }
  MailSearch search{.words = "needle", .kind = {}};
  search.window = 4;
  const auto first = search_letters(db(), search);
  EXPECT_TRUE(first.rows.empty());
  EXPECT_TRUE(first.looked_only_so_far);
  ASSERT_TRUE(first.next);
  EXPECT_EQ(first.next->id, 6);
  search.before = first.next;
  const auto second = search_letters(db(), search);
  ASSERT_EQ(second.rows.size(), 1u);
  EXPECT_EQ(second.rows[0].id, LetterId{2});
  search.before = second.next;
  const auto third = search_letters(db(), search);
  EXPECT_TRUE(third.rows.empty());
  EXPECT_FALSE(third.next);
  EXPECT_EQ(letters({.words = "m1@client.example", .kind = {}, .before = {}, .limit = 50, .window = 2}),
            Ids{1})
      << "a Message-ID is found however old";
}

}  // namespace
}  // namespace tertius::storage
