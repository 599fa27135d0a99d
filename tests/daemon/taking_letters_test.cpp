#include "daemon/taking_letters.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "daemon/ids.hpp"
#include "storage/letters.hpp"
#include "storage/migrate.hpp"

namespace tertius::daemon {
namespace {

const std::string hello =
    "From: carol@example.test\r\nSubject: Hello\r\nMessage-ID: <1@example.test>\r\n\r\nHello\r\n";

class TakingLettersTest : public ::testing::Test {
 protected:
  TakingLettersTest() {
    storage::migrate(db_);
    db_.before_statement = [this](std::string_view sql) {
      if (sql.starts_with("INSERT INTO letters") && ++inserts_ == busy_at_)
        throw storage::StorageError(storage::StorageTrouble::busy, "the test wants it");
    };
    EngineSettings settings;
    settings.links = {"https://intro.test", "intro.test", "intro", {LinkKey{1, {}}}};
    settings.clock = system_clock();
    settings.ids = random_ids();
    database_.emplace(
        Engine{db_, settings}, [](auto job) { job(); }, [] {});
  }

  std::vector<mail::Verdict> take(std::vector<std::string> recipients) {
    auto heard = std::make_shared<std::promise<std::vector<mail::Verdict>>>();
    take_letter(*database_, {"carol@example.test", std::move(recipients), hello},
                [heard](std::vector<mail::Verdict> verdicts) { heard->set_value(std::move(verdicts)); });
    return heard->get_future().get();
  }

  // Of whom a letter has been kept; ends the database thread.
  std::vector<std::string> recipients() {
    database_.reset();
    db_.before_statement = {};
    std::vector<std::string> out;
    for (const auto& row : storage::recent_letters(db_, 100)) {
      out.push_back(row.recipient);
      EXPECT_EQ(storage::find_letter(db_, row.id)->raw, hello);
    }
    std::ranges::sort(out);
    return out;
  }

  storage::Database db_ = storage::open_database("sqlite::memory:");
  int inserts_ = 0, busy_at_ = 0;  // changed by the database thread, or while it is idle
  std::optional<DatabaseThread> database_;
};

using Words = std::vector<std::string>;

TEST_F(TakingLettersTest, EachRecipientHasOneOfTheirOwn) {
  EXPECT_EQ(take({"intro@intro.test", "Intro@intro.test", "postmaster@intro.test"}),
            std::vector(3, mail::Verdict::taken));
  EXPECT_EQ(recipients(), (Words{"intro@intro.test", "postmaster@intro.test"}));
}

// Half-way through the job is undone, and run once more from the beginning.
TEST_F(TakingLettersTest, ADatabaseThatWasBusyAtTheSecondHasBothInTheEnd) {
  busy_at_ = 2;
  EXPECT_EQ(take({"intro@intro.test", "postmaster@intro.test"}), std::vector(2, mail::Verdict::taken));
  EXPECT_EQ(inserts_, 4);
  EXPECT_EQ(recipients(), (Words{"intro@intro.test", "postmaster@intro.test"}));
}

}  // namespace
}  // namespace tertius::daemon
