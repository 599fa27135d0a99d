// Which mails of a person are exported where there are more than may be.
#include "daemon/export_mails.hpp"

#include <gtest/gtest.h>

#include "storage/letters.hpp"
#include "storage/migrate.hpp"
#include "tests/support/flow/world.hpp"

namespace tertius::flow {
namespace {

class ExportMailsTest : public testing::Test {
 protected:
  ExportMailsTest() {
    storage::migrate(db_);
    world_.emplace(db_);
    for (int id = 1; id <= 4; ++id) {
      storage::LetterRow row;
      row.id = LetterId{id};
      row.received_at = world_->now + std::chrono::seconds{id};
      row.sha256 = std::to_string(id);
      row.envelope_sender = "Alice@harbour.example";
      row.raw = "Subject: " + std::to_string(id) + "\n\n" + std::string(1'000, 'x');
      storage::add_letter(db_, row);
    }
  }
  // The subjects' only letters.
  std::string exported(std::int64_t most_octets) {
    std::string out;
    const auto take = [&](const std::string& entry) { out += entry.at(entry.find("Subject: ") + 9); };
    const std::size_t count = daemon::export_mails(world_->engine, {alice()}, take, {.octets = most_octets});
    EXPECT_EQ(count, out.size());
    return out;
  }
  static Address alice() { return parse_address(alice_at).value(); }
  void answer(const std::string& words) {
    world_->now += std::chrono::hours{1};
    daemon::post_answer(world_->engine, {.kind = NoticeKind::problem,
                                         .to = alice(),
                                         .person = std::nullopt,
                                         .remark = {verbatim(words)},
                                         .fields = {}});
    world_->send();
  }

  storage::Database db_ = storage::open_database("sqlite::memory:");
  std::optional<World> world_;
};

TEST_F(ExportMailsTest, TheNewestAreThere) {
  EXPECT_EQ(exported(1'000'000), "1234");
  EXPECT_EQ(exported(3'000), "34") << "in their order";
  EXPECT_EQ(exported(10), "");
}

TEST_F(ExportMailsTest, OneThatIsTooLongHidesNoneThatIsNewer) {
  db_.run("UPDATE letters SET raw = $1 WHERE id = 3", {storage::Blob(100'000, std::byte{'x'})});
  EXPECT_EQ(exported(50'000), "4");
}

TEST_F(ExportMailsTest, OfTheMailsToThemTheNewestAreThereAndAllLetters) {
  for (const char* words : {"marmalade", "quince", "rhubarb"}) answer(words);
  std::string out;
  const auto take = [&](const std::string& entry) { out += entry; };
  EXPECT_EQ(daemon::export_mails(world_->engine, {alice()}, take, {.notices = 2}), 6u);
  EXPECT_EQ(out.find("marmalade"), out.npos);
  EXPECT_LT(out.find("quince"), out.find("rhubarb"));
  EXPECT_EQ(daemon::export_mails(world_->engine, {alice()}, take), 7u);
}

}  // namespace
}  // namespace tertius::flow
