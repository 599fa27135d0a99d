// The whole main job with the database failing at statement 1, 2, 3, ... once each: whoever was told of the
// failure tries again, as a mail server, a browser and the outbox's lease do, and in the end nothing is lost
// or half done.
#include <gtest/gtest.h>

#include <map>

#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "storage/migrate.hpp"
#include "tests/support/flow/world.hpp"

namespace tertius::flow {
namespace {

using namespace std::chrono_literals;

struct FailingLife {
  storage::Database db = storage::open_database("sqlite::memory:");
  std::optional<World> world;
  int failures = 0;

  FailingLife() {
    storage::migrate(db);
    world.emplace(db);
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
        world->now += std::chrono::duration_cast<seconds>(daemon::outbox_lease) + 1s;
      }
    }
    FAIL() << "failed three times";
  }

  void live() {
    const std::string request = request_letter(christine_at, "Gail Okafor, Steady Mail", good_body);
    again([&] { world->write(alice_at, "intro@intro.test", request); });
    again([&] { world->send(); });
    again([&] { world->press(world->link(world->latest(alice_at, "/confirm/"), "confirm"), "confirm"); });
    again([&] { world->send(); });
    again([&] { world->reply(world->latest(christine_at, "/forward"), "forward"); });
    again([&] { world->pass(3min); });
    again([&] { world->send(); });
    again([&] { world->press(world->link(world->latest(gail_at, "/accept"), "d", "/accept"), "accept"); });
    again([&] { world->pass(11min); });
    again([&] { world->send(); });
  }
};

// Each notice once; twice only where the relay had it and the settling failed, and then the same bytes.
void expect_nothing_lost_or_doubled(FailingLife& life, int statement) {
  SCOPED_TRACE("failed at statement " + std::to_string(statement));
  EXPECT_EQ(life.world->only().state, State::introduced);
  std::map<std::string, std::vector<std::string>> sent;
  for (const auto& mail : life.world->mails) sent[mail.row.message_id].push_back(mail.bytes);
  std::size_t repeats = 0;
  for (const auto& [id, copies] : sent) {
    repeats += copies.size() - 1;
    for (const auto& copy : copies) EXPECT_EQ(copy, copies.front()) << id;
  }
  EXPECT_LE(repeats, 4u) << "no more than one batch may be repeated";
  for (const auto& row : storage::recent_notices(life.db, 100)) {
    EXPECT_EQ(row.state, storage::OutboxState::sent) << notice_name(row.kind);
    EXPECT_TRUE(sent.contains(row.message_id)) << notice_name(row.kind);
  }
  EXPECT_EQ(sent.size(), storage::recent_notices(life.db, 100).size()) << "a mail without a row";
  EXPECT_EQ(storage::recent_letters(life.db, 100).size(), 2u) << "the request and the reply, once each";
}

TEST(CrashTest, AnyStatementMayFailOnce) {
  int statement = 1;
  for (;; ++statement) {
    FailingLife life;
    life.fail_at(statement);
    life.live();
    if (life.failures == 0) break;  // the life has fewer statements: all have failed once
    expect_nothing_lost_or_doubled(life, statement);
    if (HasFailure()) return;
  }
  EXPECT_GT(statement, 100);
  RecordProperty("statements", statement - 1);
}

}  // namespace
}  // namespace tertius::flow
