// What the operator's pages do in the real daemon: a letter is explained as it was read, a notice is sent
// again.
#include <gtest/gtest.h>

#include "daemon/desk.hpp"
#include "mail/read_letter.hpp"
#include "storage/letters.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

using flow::christine_at;
using namespace std::chrono_literals;

class OperatorTest : public OneWorldTest {
 protected:
  Explained explained_now() {
    const LetterRow row = find_letter(db(), recent_letters(db(), 1).front().id).value();
    web::Desk desk = daemon::make_desk(world().engine);
    return desk.explain(mail::read_letter(row.raw), row);
  }
};
INSTANTIATE_TEST_SUITE_P(Every, OperatorTest, testing::Values(Engine::sqlite_memory), engine_name);

TEST_P(OperatorTest, ALetterIsExplainedByTheMailThatItAnswered) {
  ask();
  const flow::KeptMail request = world().latest(christine_at);
  world().pass(1min);
  // Unmarked quotes: only the mail itself tells them from Christine's words.
  world().write(christine_at, request.letter.reply_to.front().address,
                "From: Christine <" + christine_at +
                    ">\r\nSubject: Re: it\r\nMessage-ID: <q@x.example>\r\n\r\nforward\r\n\r\n" +
                    request.letter.text);
  ASSERT_TRUE(world().only().held);
  const Explained at_once = explained_now();
  EXPECT_EQ(at_once.meaning.kind, MeaningKind::forward);
  EXPECT_EQ(at_once.meaning.note, "");
  world().pass(24h);  // a receipt and more have gone to her since
  const Explained later = explained_now();
  EXPECT_EQ(later.meaning.kind, MeaningKind::forward);
  EXPECT_EQ(later.meaning.note, "");
  EXPECT_EQ(later.why, at_once.why);
}

TEST_P(OperatorTest, WhatIsSentAgainWakesTheSender) {
  ask();
  const NoticeId id = world().latest(christine_at).row.id;
  db().run("UPDATE outbox SET state = 'failed', ready_at = NULL WHERE id = $1", {number(id)});
  world().engine.news = false;
  web::Desk desk = daemon::make_desk(world().engine);
  ASSERT_TRUE(desk.change_notice(id, ByHand::retry));
  EXPECT_TRUE(world().engine.news);
  EXPECT_EQ(find_notice(db(), id)->state, OutboxState::due);
  EXPECT_EQ(desk.change_notice(NoticeId{4711}, ByHand::cancel).error().what, "there is no notice 4711");
}

}  // namespace
}  // namespace tertius::storage
