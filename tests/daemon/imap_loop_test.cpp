#include "daemon/imap_loop.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "daemon/ids.hpp"
#include "storage/letters.hpp"
#include "storage/mailboxes.hpp"
#include "storage/migrate.hpp"
#include "storage/outbox.hpp"
#include "tests/support/daemon/run_until.hpp"
#include "tests/support/daemon/scripted_imap.hpp"

namespace tertius::daemon {
namespace {

using std::chrono::milliseconds;
using storage::StorageError;
using storage::StorageTrouble;

std::string letter(int number) {
  return "From: carol@example.test\r\nTo: intro@intro.test\r\nSubject: Hello " + std::to_string(number) +
         "\r\nMessage-ID: <" + std::to_string(number) + "@example.test>\r\n\r\nHello\r\n";
}

class ImapLoopTest : public ::testing::Test {
 protected:
  ImapLoopTest() {
    storage::migrate(db_);
    db_.before_statement = [this](std::string_view sql) {
      if (breaks_ && sql.starts_with("INSERT INTO letters")) {
        ++broken_;
        throw StorageError(StorageTrouble::full, "the test broke it");
      }
    };
    EngineSettings settings;
    settings.links = {"https://intro.test", "intro.test", "intro", {LinkKey{1, {}}}};
    settings.operator_address = Address{"root", "example.test"};
    settings.clock = system_clock();
    settings.ids = random_ids();
    links_ = settings.links;
    database_.emplace(
        Engine{db_, settings}, [this](auto job) { boost::asio::post(io_, std::move(job)); }, [] {});
    quick_.idle = quick_.between_looks = quick_.first_retry = quick_.longest_retry = milliseconds{20};
    quick_.first_wait = quick_.longest_wait = milliseconds{4};
  }

  mail::DoorSettings door() const {
    mail::DoorSettings out;
    out.protocol = mail::DoorProtocol::imap;
    out.host = "127.0.0.1";
    out.port = server_.port();
    out.user = "intro";
    out.password = password_;
    return out;
  }

  void start() {
    ImapSettings settings;
    settings.server = door();
    settings.password_file = password_file_;
    settings.links = links_;
    settings.times = quick_;
    settings.wants_bearer = wants_bearer_;
    loop_.emplace(io_, *database_, settings);
    loop_->start();
  }

  void stop() {
    bool idle = false;
    loop_->on_idle = [&idle] { idle = true; };
    loop_->stop();
    run_until([&] { return idle || loop_->is_idle(); });
  }

  template <class Condition>
  void run_until(Condition condition) {
    tests::run_until(io_, condition);
  }
  void run_until_seen(std::size_t letters) {
    run_until([this, letters] { return server_.seen.size() == letters; });
  }

  template <class T>
  T ask(std::function<T(Engine&)> question) {
    std::optional<T> out;
    database_->run<T>(std::move(question), [&out](auto answer) { out = std::get<T>(std::move(answer)); });
    run_until([&out] { return out.has_value(); });
    return *out;
  }
  std::vector<std::string> subjects() {
    return ask<std::vector<std::string>>([](Engine& engine) {
      std::vector<std::string> out;
      for (const auto& row : storage::recent_letters(engine.db, 1000)) out.insert(out.begin(), row.subject);
      return out;
    });
  }
  void save(const storage::MailboxPlace& place) {
    database_->run<int>(
        [place](Engine& engine) {
          storage::save_mailbox_place(engine.db, "intro@127.0.0.1/INBOX", place, place.changed_at);
          return 0;
        },
        [](auto) {});
  }
  std::optional<storage::MailboxPlace> place() {
    return ask<std::optional<storage::MailboxPlace>>(
        [](Engine& engine) { return storage::find_mailbox_place(engine.db, "intro@127.0.0.1/INBOX"); });
  }
  std::vector<std::string> alerts() {
    return ask<std::vector<std::string>>([](Engine& engine) {
      std::vector<std::string> out;
      for (const auto& row : storage::notices_to(engine.db, "root@example.test"))
        out.push_back(row.fields.values.at("ALERT"));
      return out;
    });
  }

  boost::asio::io_context io_;
  tests::ScriptedImap server_{io_};
  storage::Database db_ = storage::open_database("sqlite::memory:");
  std::atomic<bool> breaks_{false};
  std::atomic<int> broken_{0};
  Links links_;
  ImapTimes quick_;
  std::string password_ = "open", password_file_;
  bool wants_bearer_ = false;
  std::optional<DatabaseThread> database_;
  std::optional<ImapLoop> loop_;
};

using Words = std::vector<std::string>;

TEST_F(ImapLoopTest, WhereNobodyTellsOfNewLettersItLooks) {
  server_.letters[3] = letter(3);
  start();
  run_until_seen(1);
  server_.letters[4] = letter(4);
  run_until_seen(2);
  EXPECT_EQ(subjects(), (Words{"Hello 3", "Hello 4"}));
  EXPECT_EQ(server_.connections, 1);
  stop();
}

TEST_F(ImapLoopTest, WhatCannotBeTakenStaysUnseenAndIsTriedAgain) {
  breaks_ = true;
  for (int uid = 1; uid <= 3; ++uid) server_.letters[uid] = letter(uid);
  start();
  run_until([this] { return broken_ >= 9; });
  EXPECT_TRUE(server_.seen.empty());
  breaks_ = false;
  run_until_seen(3);
  EXPECT_EQ(subjects().size(), 3u);
  stop();
}

TEST_F(ImapLoopTest, WhatCouldNotBeTakenIsRememberedByTheNextDaemon) {
  breaks_ = true;
  server_.letters[1] = letter(1);
  start();
  run_until([this] { return broken_ >= 2; });
  stop();
  breaks_ = false;
  server_.seen = {1};  // somebody has looked at it meanwhile
  start();
  run_until([this] { return subjects().size() == 1; });
  stop();
}

// Wherever the connection ends, each letter is taken once and marked.
TEST_F(ImapLoopTest, CutAtEachOfItsCommandsItGoesOnWhereItWas) {
  for (int uid = 1; uid <= 5; ++uid) server_.letters[uid] = letter(uid);
  server_.cuts = [](int connection, int command, const std::string&) { return command == connection; };
  start();
  run_until([this] { return server_.seen.size() == 5 && server_.connections > 10; });
  EXPECT_EQ(subjects(), (Words{"Hello 1", "Hello 2", "Hello 3", "Hello 4", "Hello 5"}));
  const auto last = place();
  ASSERT_TRUE(last);
  EXPECT_EQ(last->done, 5);
  stop();
}

// A filter has marked one of those that came while it was made anew.
TEST_F(ImapLoopTest, AFolderMadeAnewIsReadFromTheDayOfTheLastLook) {
  using namespace std::chrono_literals;
  const Time saved = std::chrono::sys_days{2026y / 3 / 1};
  for (int uid = 1; uid <= 3; ++uid) server_.letters[uid] = letter(uid);
  server_.seen = {1};
  bool is_dated = false;
  server_.cuts = [&](int, int, const std::string& line) {
    is_dated = is_dated || line.ends_with("UID SEARCH UID 1:3 OR UNSEEN SINCE 27-Feb-2026");
    return false;
  };
  save({6, 700, {}, 1, saved});
  start();
  run_until_seen(3);
  EXPECT_TRUE(is_dated);
  EXPECT_EQ(subjects(), (Words{"Hello 1", "Hello 2", "Hello 3"}));
  run_until([this] { return place()->done == 3; });
  EXPECT_GT(place()->changed_at, saved) << "all that was there is read";
  EXPECT_EQ(place()->validity, 7);
  stop();
}

// The lease went and came back before the first answer: whoever had it between has read on.
TEST_F(ImapLoopTest, OfTwoPlacesThatAreLoadedTheLaterOneCounts) {
  for (int uid = 1; uid <= 5; ++uid) server_.letters[uid] = letter(uid);
  start();
  loop_->hold(false);
  save({7, 3, {}, 1});
  loop_->hold(true);
  run_until_seen(2);
  EXPECT_EQ(subjects(), (Words{"Hello 4", "Hello 5"}));
  EXPECT_EQ(server_.connections, 1);
  stop();
}

TEST_F(ImapLoopTest, AConnectionInWhichSomethingThrowsIsEnded) {
  server_.letters[1] = letter(1);
  std::optional<ImapEnd> end;
  ImapHooks hooks;
  hooks.letter = [](const mail::CollectedLetter&) { throw std::runtime_error("no memory"); };
  hooks.place = [](const mail::ImapPlace&) {};
  hooks.remark = [](const std::string&) {};
  hooks.waits = [](bool) {};
  hooks.ended = [&end](const ImapEnd& why) { end = why; };
  const auto connection = std::make_shared<ImapConnection>(io_, quick_, hooks);
  connection->open(door(), {"\"INBOX\"", "", {}, 1000});
  run_until([&end] { return end.has_value(); });
  ASSERT_TRUE(std::holds_alternative<mail::ImapFailure>(*end));
  EXPECT_EQ(std::get<mail::ImapFailure>(*end).fault, mail::ImapFault::lost);
  EXPECT_EQ(std::get<mail::ImapFailure>(*end).text, "no memory");
}

TEST_F(ImapLoopTest, AWrongPasswordIsAnAlertAndAPauseUntilItIsTriedAgain) {
  password_ = "wrong";
  server_.letters[1] = letter(1);
  start();
  run_until([this] { return server_.connections == 1 && loop_->is_idle(); });
  EXPECT_EQ(alerts(), Words{"The mailbox refuses us"});
  server_.password = "wrong";
  loop_->try_again();
  run_until_seen(1);
  EXPECT_EQ(server_.connections, 2);
  stop();
}

TEST_F(ImapLoopTest, APasswordThatTheOperatorHasWrittenSinceIsTriedAtOnce) {
  const auto file = std::filesystem::temp_directory_path() / ("tertius-imap-" + std::to_string(::getpid()));
  std::ofstream(file) << "old\n";
  password_ = "old";
  password_file_ = file.string();
  server_.letters[1] = letter(1);
  server_.cuts = [&](int, int, const std::string& line) {
    if (line.find("LOGIN") != line.npos) std::ofstream(file) << "open\n";
    return false;
  };
  start();
  run_until_seen(1);
  EXPECT_EQ(alerts(), Words{});
  stop();
  std::filesystem::remove(file);
}

TEST_F(ImapLoopTest, WithoutATokenNobodyIsDialled) {
  wants_bearer_ = true;
  start();
  alerts();  // behind what it asked the database
  loop_->try_again();
  EXPECT_TRUE(loop_->is_idle());
  loop_->set_bearer(Failure{"none is to be had", {}});
  EXPECT_TRUE(loop_->is_idle());
  loop_->set_bearer(std::string("token"));
  EXPECT_FALSE(loop_->is_idle());
  stop();
}

}  // namespace
}  // namespace tertius::daemon
