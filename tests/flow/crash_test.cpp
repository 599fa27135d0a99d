// The whole main job with the database failing at statement 1, 2, 3, ... once each: whoever was told of the
// failure tries again, as a mail server, a browser and the outbox's lease do, and in the end nothing is lost
// or half done.
#include <map>

#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "storage/outbox.hpp"
#include "storage/webhooks.hpp"
#include "tests/support/flow/world.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/filler.hpp"

namespace tertius::flow {
namespace {

using namespace std::chrono_literals;

constexpr storage::WebhookId all_hook{1};

struct FailingLife {
  storage::Database& db;
  std::optional<World> world;
  int failures = 0;
  std::size_t unsettled = 0;  // mails that the relay had taken when their settling failed

  // In a database that is empty then.
  explicit FailingLife(storage::Database& whose) : db(whose) {
    storage::empty(db);
    world.emplace(db);
    storage::add_webhook(db, {.id = all_hook,
                              .person = std::nullopt,
                              .url = "https://hooks.example/",
                              .secret = "whsec_c2VjcmV0",
                              .created_at = world->now});
  }

  // What the operator's webhook is told, in order.
  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (const auto& delivery : storage::recent_deliveries(db, all_hook, 100))
      out.insert(out.begin(), delivery.shown_state);
    return out;
  }

  void fail_at(int statement) {
    db.before_statement = [this, statement, count = 0](std::string_view) mutable {
      if (++count != statement) return;
      ++failures;
      throw storage::StorageError(storage::StorageTrouble::busy, "the test broke this statement");
    };
  }

  // `work` once more where the database failed; what was claimed comes back when its lease has run out.
  template <class Work>
  void again(Work work) {
    for (int tries = 0; tries < 3; ++tries) {
      try {
        return work();
      } catch (const storage::StorageError&) {
        unsettled += count_unsettled();
        world->now += std::chrono::duration_cast<seconds>(daemon::outbox_lease) + 1s;
      }
    }
    FAIL() << "failed three times";
  }

  void pass(std::chrono::seconds length) {
    const Time end = world->now + length;
    again([&] { world->pass(std::max(end - world->now, std::chrono::seconds{0})); });
  }

  std::size_t count_unsettled() {
    std::size_t count = 0;
    for (const auto& mail : world->mails)
      count += storage::find_notice(db, mail.row.id)->state == storage::OutboxState::claimed;
    return count;
  }

  void ask() {
    const std::string request = request_letter(christine_at, "Gail Okafor, Steady Mail", good_body);
    again([&] { world->write(alice_at, "intro@intro.test", request); });
    again([&] { world->send(); });
    again([&] { world->press(world->link(world->latest(alice_at, "/confirm/"), "confirm"), "confirm"); });
    again([&] { world->send(); });
  }
  void answer(const std::string& to, const std::string& text_has, const std::string& words) {
    const std::string letter = world->reply_letter(world->latest(to, text_has), words);
    const std::string recipient = world->latest(to, text_has).letter.reply_to.front().address;
    again([&] { world->write(to, recipient, letter); });
    pass(3min);
  }

  void be_introduced() {
    ask();
    answer(christine_at, "/forward", "forward");
    again([&] { world->press(world->link(world->latest(gail_at, "/accept"), "d", "/accept"), "accept"); });
    pass(11min);
  }
  // A round of changes, a rest, a reminder, and a target whose mailbox is gone.
  void be_undeliverable() {
    world->relay = [](const KeptMail& mail) {
      DeliveryResult result;
      result.delivery = mail.row.recipient == gail_at ? Delivery::bounced : Delivery::sent;
      result.address_is_dead = result.delivery == Delivery::bounced;
      return result;
    };
    ask();
    answer(christine_at, "/forward", "changes: shorter please");
    answer(alice_at, "shorter please", "Here it is.\r\n---\r\n" + shorter_pitch);
    answer(christine_at, "10 minutes", "later 2w");
    pass(std::chrono::days{19});
    answer(christine_at, "10 minutes", "forward");
  }
};

struct Life {
  void (FailingLife::*live)();
  State end;
  std::size_t letters;
  int stride;  // between the statements that fail; the longer life takes 60 ms each time
};
constexpr Life introduced{&FailingLife::be_introduced, State::introduced, 2, 1};
constexpr Life undeliverable{&FailingLife::be_undeliverable, State::expired, 5, 5};

// Each notice once; twice only where the relay had it and the settling failed, and then the same bytes.
void expect_nothing_lost_or_doubled(FailingLife& life, const Life& expected) {
  EXPECT_EQ(life.world->only().state, expected.end);
  std::map<std::string, std::vector<std::string>> sent;
  for (const auto& mail : life.world->mails) sent[mail.row.message_id].push_back(mail.bytes);
  std::size_t repeats = 0;
  for (const auto& [id, copies] : sent) {
    repeats += copies.size() - 1;
    for (const auto& copy : copies) EXPECT_EQ(copy, copies.front()) << id;
  }
  EXPECT_EQ(repeats, life.unsettled);
  std::size_t taken = 0;
  for (const auto& row : storage::recent_notices(life.db, 100)) {
    if (row.recipient == gail_at && life.world->relay) continue;  // her mailbox is gone
    if (row.state == storage::OutboxState::cancelled) continue;
    EXPECT_EQ(row.state, storage::OutboxState::sent) << notice_name(row.kind);
    EXPECT_TRUE(sent.contains(row.message_id)) << notice_name(row.kind);
    ++taken;
  }
  EXPECT_EQ(sent.size(), taken) << "a mail without a row";
  EXPECT_EQ(storage::recent_letters(life.db, 100).size(), expected.letters);
}

class CrashTest : public storage::OnEngine {
 protected:
  void fail_once_at_each_statement(const Life& one);
};
INSTANTIATE_TEST_SUITE_P(Both, CrashTest,
                         testing::Values(storage::Engine::sqlite_memory, storage::Engine::postgres),
                         storage::engine_name);

// On PostgreSQL each statement is a round trip: there every seventeenth.
void CrashTest::fail_once_at_each_statement(const Life& one) {
  FailingLife whole(db());
  (whole.*one.live)();
  const std::size_t mails = whole.world->mails.size();
  const auto told = whole.told();
  ASSERT_GE(told.size(), 5u);
  std::size_t repeated = 0;
  int statement = 1;
  for (;; statement += is_postgres() ? 17 : one.stride) {
    SCOPED_TRACE("failed at statement " + std::to_string(statement));
    FailingLife life(db());
    life.fail_at(statement);
    (life.*one.live)();
    life.db.before_statement = {};
    expect_nothing_lost_or_doubled(life, one);
    EXPECT_EQ(life.world->mails.size() - life.unsettled, mails) << "as many as in a life without failures";
    EXPECT_EQ(life.told(), told);
    if (HasFailure()) return;
    if (life.failures == 0) break;  // the life has fewer statements: all have failed once
    repeated += life.unsettled;
  }
  EXPECT_GT(statement, 100);
  if (is_postgres()) return;
  EXPECT_GT(repeated, 0u) << "no failure fell between the dot and the settling";
  RecordProperty("statements", statement - 1);
}

TEST_P(CrashTest, AnyStatementOfAnIntroductionMayFailOnce) { fail_once_at_each_statement(introduced); }
TEST_P(CrashTest, AnyStatementOfARequestInVainMayFailOnce) { fail_once_at_each_statement(undeliverable); }

}  // namespace
}  // namespace tertius::flow
