#include "mail/smtp_reply.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Case {
  int code;
  const char* enhanced;
  SmtpStage stage;
  Delivery delivery;
  bool dead = false;
  bool refused = false;
};

TEST(SmtpReplyTest, EveryKnownReplyHasItsMeaning) {
  using enum SmtpStage;
  const Case cases[] = {
      {250, "2.0.0", content, Delivery::sent},
      {250, "", content, Delivery::sent},
      {451, "4.3.0", content, Delivery::deferred},
      {450, "", recipient, Delivery::deferred},
      {421, "4.7.0", recipient, Delivery::unharmed},
      {421, "", content, Delivery::unharmed},
      {550, "", recipient, Delivery::bounced},
      {550, "5.1.1", recipient, Delivery::bounced, true},
      {550, "5.1.10", recipient, Delivery::bounced, true},
      {550, "5.1.1", content, Delivery::bounced, true},
      {550, "5.1.1", mail, Delivery::bounced},
      {550, "5.1.8", recipient, Delivery::bounced},
      {550, "5.1.7", mail, Delivery::bounced},
      {550, "5.2.1", recipient, Delivery::bounced, true},
      {552, "5.2.2", recipient, Delivery::deferred},
      {554, "5.2.2", content, Delivery::deferred},
      {552, "", recipient, Delivery::deferred},
      {552, "5.3.4", mail, Delivery::bounced},
      {552, "", content, Delivery::bounced},
      {554, "5.7.1", content, Delivery::bounced},
      {550, "4.2.1", recipient, Delivery::deferred},  // the enhanced status wins
      {450, "5.1.1", recipient, Delivery::bounced, true},
      {530, "5.7.0", mail, Delivery::unharmed, false, true},
      {535, "5.7.8", login, Delivery::unharmed, false, true},
      {535, "", login, Delivery::unharmed, false, true},
      {534, "5.7.9", login, Delivery::unharmed, false, true},
      {454, "4.7.0", login, Delivery::unharmed},
      {421, "", login, Delivery::unharmed},
      {503, "5.5.1", mail, Delivery::bounced},
      {354, "", content, Delivery::deferred},
      {250, "", recipient, Delivery::deferred},  // asked only about refusals: nonsense is not success
      {0, "", mail, Delivery::deferred},
  };
  for (const auto& row : cases) {
    const auto result = delivery_of({row.code, row.enhanced, "words"}, row.stage);
    const auto label =
        std::to_string(row.code) + " " + row.enhanced + " at " + std::to_string(static_cast<int>(row.stage));
    EXPECT_EQ(result.delivery, row.delivery) << label;
    EXPECT_EQ(result.address_is_dead, row.dead) << label;
    EXPECT_EQ(result.login_refused, row.refused) << label;
    EXPECT_EQ(result.code, row.code);
    EXPECT_EQ(result.text, "words");
  }
}

TEST(SmtpReplyTest, OnlyTheContentCanBeSentAndOnlyBouncesKillAddresses) {
  for (const auto& row : reply_meanings()) {
    EXPECT_LE(row.code_from, row.code_to);
    if (row.delivery == Delivery::sent) {
      EXPECT_EQ(row.stage, SmtpStage::content);
    }
    if (row.address_is_dead) {
      EXPECT_EQ(row.delivery, Delivery::bounced);
    }
    if (row.login_refused) {
      EXPECT_EQ(row.delivery, Delivery::unharmed);
    }
  }
}

TEST(SmtpReplyTest, EveryCodeFindsARow) {
  using enum SmtpStage;
  for (int code = 0; code < 1000; ++code)
    for (const auto stage : {login, mail, recipient, content}) {
      const auto sent = delivery_of({code, "", ""}, stage).delivery == Delivery::sent;
      EXPECT_EQ(sent, stage == content && code / 100 == 2) << code;
    }
}

TEST(SmtpReplyTest, RetriesSpreadOutAndEndWithTheThirdDay) {
  const seconds expected[] = {minutes{1}, minutes{5}, minutes{15}, hours{1}, hours{4}, hours{4}, hours{4}};
  int attempts = 0;
  for (const auto wait : expected) EXPECT_EQ(retry_after(++attempts, seconds{60}), wait) << attempts;
  EXPECT_EQ(retry_after(0, seconds{0}), minutes{1});
  EXPECT_EQ(retry_after(1000, seconds{0}), hours{4});
  EXPECT_EQ(retry_after(20, hours{71}), hours{1});
  EXPECT_EQ(retry_after(20, hours{72} - seconds{1}), seconds{1});
  EXPECT_FALSE(retry_after(20, hours{72}));
  EXPECT_FALSE(retry_after(1, hours{100}));
}

}  // namespace
}  // namespace tertius::mail
