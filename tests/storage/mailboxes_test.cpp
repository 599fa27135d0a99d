#include "storage/mailboxes.hpp"

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

class MailboxesTest : public OnEngine {};
TERTIUS_ON_EVERY_ENGINE(MailboxesTest);

TEST_P(MailboxesTest, APlaceIsKeptUntilTheNextOneOfTheSameMailbox) {
  const MailboxPlace first{4'294'967'295, 7, {}, 8, noon},
      next{4'294'967'295, 12, {4, 9}, 8, noon + std::chrono::hours{1}};
  EXPECT_FALSE(find_mailbox_place(db(), "a@b/INBOX"));
  save_mailbox_place(db(), "a@b/INBOX", first, first.changed_at);
  EXPECT_EQ(find_mailbox_place(db(), "a@b/INBOX"), first);
  save_mailbox_place(db(), "a@b/INBOX", next, next.changed_at);
  EXPECT_EQ(find_mailbox_place(db(), "a@b/INBOX"), next);
  EXPECT_FALSE(find_mailbox_place(db(), "a@b/Archive"));
  EXPECT_FALSE(find_mailbox_place(db(), "A@b/INBOX"));
}

}  // namespace
}  // namespace tertius::storage
