#include "daemon/smtp_sender.hpp"

#include <gtest/gtest.h>

#include "tests/support/daemon/scripted_smtp.hpp"
#include "tests/support/daemon/sender_bench.hpp"

namespace tertius::daemon {
namespace {

using tests::sample;
using tests::ScriptedSmtp;
using tests::settings_for;
using tests::SmtpScript;
using tests::with;
using Bench = tests::SenderBench;

TEST(SmtpSenderTest, ARefusalKeepsTheConnection) {
  auto script = with(&SmtpScript::rcpt, {"550 5.1.1 unknown", "250 ok"});
  script.data = {"554 5.5.1 no valid recipients", "354 go"};
  ScriptedSmtp relay({script});
  Bench bench(settings_for(relay.port()));
  EXPECT_EQ(bench.send_and_wait(1).delivery, Delivery::bounced);
  EXPECT_EQ(bench.send_and_wait(2).delivery, Delivery::sent);
  EXPECT_EQ(relay.connections(), 1U);
  EXPECT_EQ(relay.contents(), std::vector<std::string>{"Subject: x\r\n\r\n..hello 2\r\n"});
}

TEST(SmtpSenderTest, TheQueueIdIsKept) {
  ScriptedSmtp relay({with(&SmtpScript::dot, {"250 2.0.0 Ok: queued as 4XyZ"})});
  Bench bench(settings_for(relay.port()));
  const auto result = bench.send_and_wait();
  EXPECT_EQ(result.text, "Ok: queued as 4XyZ");
  EXPECT_EQ(result.enhanced, "2.0.0");
}

TEST(SmtpSenderTest, A421BehindTheAnswerHarmsNeitherThisMailNorTheNext) {
  ScriptedSmtp relay({with(&SmtpScript::dot, {"250 ok\r\n421 enough + cut"}), {}});
  Bench bench(settings_for(relay.port()));
  bench.send(1);
  bench.send(2);
  bench.run();
  EXPECT_EQ(bench.results[0]->delivery, Delivery::sent);
  EXPECT_EQ(bench.results[1]->delivery, Delivery::sent);
  EXPECT_EQ(relay.connections(), 2U);
}

TEST(SmtpSenderTest, AnIdleConnectionTheRelayClosedCostsNothing) {
  ScriptedSmtp relay({with(&SmtpScript::dot, {"250 ok + cut"}), {}});
  Bench bench(settings_for(relay.port()));
  EXPECT_EQ(bench.send_and_wait(1).delivery, Delivery::sent);
  EXPECT_EQ(bench.send_and_wait(2).delivery, Delivery::sent);
  EXPECT_EQ(relay.contents().size(), 2U);
}

TEST(SmtpSenderTest, ARelayThatIsNotThereAnswersForAllThatWait) {
  Bench bench(settings_for(tests::closed_port()));
  for (int i = 0; i < 5; ++i) bench.send(i);
  bench.run();
  for (const auto& result : bench.results) {
    EXPECT_EQ(result->delivery, Delivery::deferred);
    EXPECT_EQ(result->code, 0);
    EXPECT_FALSE(result->login_refused);
  }
}

TEST(SmtpSenderTest, ANameThatDoesNotResolveIsTheSame) {
  auto settings = settings_for(25);
  settings.relay.host = "relay.invalid";
  Bench bench(settings);
  EXPECT_EQ(bench.send_and_wait().delivery, Delivery::deferred);
}

TEST(SmtpSenderTest, ARelayThatNeverGreetsIsGivenUp) {
  ScriptedSmtp relay({with(&SmtpScript::greeting, {"mute"})});
  auto settings = settings_for(relay.port());
  settings.relay.patience = std::chrono::milliseconds{50};
  Bench bench(settings);
  EXPECT_EQ(bench.send_and_wait().delivery, Delivery::deferred);
}

SmtpScript with_login(const std::string& answer) {
  SmtpScript script;
  script.ehlo = {"250-test\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER"};
  script.auth = {answer};
  return script;
}

TEST(SmtpSenderTest, ARefusedLoginHarmsNoNoticeAndIsSaidToAll) {
  ScriptedSmtp relay({with_login("535 5.7.8 wrong password")});
  auto settings = settings_for(relay.port());
  settings.relay.user = "intro";
  settings.relay.password = "secret";
  settings.relay.login_options = "AUTH=PLAIN";
  Bench bench(settings);
  bench.send(1);
  bench.send(2);
  bench.run();
  for (const auto& result : bench.results) {
    EXPECT_EQ(result->delivery, Delivery::unharmed);
    EXPECT_TRUE(result->login_refused);
    EXPECT_EQ(result->code, 535);
    EXPECT_NE(result->text.find("wrong password"), std::string::npos) << result->text;
  }
  EXPECT_EQ(relay.count("MAIL"), 0U);
}

TEST(SmtpSenderTest, ALoginServerThatIsDownIsNoRefusal) {
  ScriptedSmtp relay({with_login("454 4.7.0 try later")});
  auto settings = settings_for(relay.port());
  settings.relay.user = "intro";
  settings.relay.password = "secret";
  settings.relay.login_options = "AUTH=PLAIN";
  Bench bench(settings);
  const auto result = bench.send_and_wait();
  EXPECT_EQ(result.delivery, Delivery::unharmed);
  EXPECT_FALSE(result.login_refused);
}

TEST(SmtpSenderTest, ALoginNobodyOffersIsRefused) {
  ScriptedSmtp relay({SmtpScript{}});
  auto settings = settings_for(relay.port());
  settings.relay.user = "intro";
  settings.relay.password = "secret";
  Bench bench(settings);
  EXPECT_TRUE(bench.send_and_wait().login_refused);
  EXPECT_EQ(relay.count("MAIL"), 0U);
}

TEST(SmtpSenderTest, LogsInEachWay) {
  struct Way {
    const char* options;
    const char* bearer;
    std::vector<std::string> replies;
    const char* first;
  };
  const Way ways[] = {{"AUTH=PLAIN", "", {"334 ", "235 ok"}, "AUTH PLAIN"},
                      {"AUTH=LOGIN", "", {"334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 ok"}, "AUTH LOGIN"},
                      {"AUTH=XOAUTH2", "token", {"334 ", "235 ok"}, "AUTH XOAUTH2"},
                      {"AUTH=OAUTHBEARER", "token", {"334 ", "235 ok"}, "AUTH OAUTHBEARER"}};
  for (const auto& way : ways) {
    auto script = with_login("235 ok");
    script.auth = way.replies;
    ScriptedSmtp relay({script});
    auto settings = settings_for(relay.port());
    settings.relay.user = "intro";
    settings.relay.password = "secret";
    settings.relay.bearer = way.bearer;
    settings.relay.login_options = way.options;
    settings.relay.patience = std::chrono::milliseconds{2000};
    Bench bench(settings);
    EXPECT_EQ(bench.send_and_wait().delivery, Delivery::sent) << way.first;
    EXPECT_EQ(relay.count(way.first), 1U) << way.first;
  }
}

TEST(SmtpSenderTest, PlainTextIsNeverAFallbackForStartTls) {
  ScriptedSmtp relay({SmtpScript{}});
  auto settings = settings_for(relay.port());
  settings.relay.security = mail::Security::starttls;
  Bench bench(settings);
  EXPECT_EQ(bench.send_and_wait().delivery, Delivery::deferred);
  EXPECT_EQ(relay.count("MAIL"), 0U);
}

TEST(SmtpSenderTest, AConnectionCarriesOnlySoManyMails) {
  ScriptedSmtp relay({SmtpScript{}});
  auto settings = settings_for(relay.port());
  settings.limits.mails = 2;
  Bench bench(settings);
  for (int i = 0; i < 5; ++i) bench.send(i);
  bench.run();
  bench.drain();
  EXPECT_EQ(relay.contents().size(), 5U);
  EXPECT_EQ(relay.connections(), 3U);
  EXPECT_EQ(relay.count("QUIT"), 3U);
}

// The outbox lends a mail for half an hour: behind a relay that is slow with others it could be sent by two.
TEST(SmtpSenderTest, AMailThatHasWaitedTooLongForAConnectionIsGivenBackUntouched) {
  ScriptedSmtp relay({SmtpScript{}});
  auto settings = settings_for(relay.port());
  settings.limits.longest_wait = std::chrono::seconds{-1};
  Bench bench(settings);
  EXPECT_EQ(bench.send_and_wait().delivery, Delivery::unharmed);
  EXPECT_EQ(relay.count("MAIL"), 0U);
}

TEST(SmtpSenderTest, AnIdleConnectionSaysGoodbye) {
  ScriptedSmtp relay({SmtpScript{}});
  auto settings = settings_for(relay.port());
  settings.limits.idle = std::chrono::seconds{0};
  Bench bench(settings);
  bench.send_and_wait();
  bench.run_until([&bench] { return bench.sender->connections() == 0; });
  EXPECT_EQ(relay.count("QUIT"), 1U);
}

TEST(SmtpSenderTest, SeveralConnectionsShareTheQueue) {
  ScriptedSmtp relay({SmtpScript{}});
  auto settings = settings_for(relay.port());
  settings.connections = 4;
  settings.limits.mails = 1000;
  Bench bench(settings);
  for (int i = 0; i < 300; ++i) bench.send(i);
  bench.run();
  for (const auto& result : bench.results) EXPECT_EQ(result->delivery, Delivery::sent);
  EXPECT_EQ(relay.contents().size(), 300U);
  EXPECT_EQ(bench.sender->connections(), 4U);
  EXPECT_EQ(relay.connections(), 4U);
}

TEST(SmtpSenderTest, ARelayThatTakesOneConnectionGetsAllOverIt) {
  ScriptedSmtp relay({{}, with(&SmtpScript::greeting, {"421 4.7.0 too many connections + cut"})});
  auto settings = settings_for(relay.port());
  settings.connections = 4;
  Bench bench(settings);
  bench.send_and_wait(0);
  for (int i = 1; i < 20; ++i) bench.send(i);
  bench.run();
  for (const auto& result : bench.results) EXPECT_EQ(result->delivery, Delivery::sent) << result->text;
}

TEST(SmtpSenderTest, ALargeMailGoesOutWhole) {
  ScriptedSmtp relay({with(&SmtpScript::ehlo, {"250-test\r\n250 PIPELINING"})});
  Bench bench(settings_for(relay.port()));
  auto mail = sample();
  mail.bytes.clear();
  for (int i = 0; i < 200'000; ++i) mail.bytes += "a line of a mail that fills every buffer on its way\r\n";
  const auto bytes = mail.bytes;
  bool done = false;
  bench.sender->sender()(std::move(mail), [&done](const DeliveryResult& result) {
    EXPECT_EQ(result.delivery, Delivery::sent);
    done = true;
  });
  bench.run_until([&done] { return done; });
  ASSERT_EQ(relay.contents().size(), 1U);
  EXPECT_TRUE(relay.contents()[0] == bytes);
}

TEST(SmtpSenderTest, DrainingFinishesWhatIsUnderWayAndGivesBackTheRest) {
  ScriptedSmtp relay({with(&SmtpScript::dot, {"gate: 250 ok"})});
  Bench bench(settings_for(relay.port()));
  for (int i = 0; i < 3; ++i) bench.send(i);
  bench.run_until([&relay] { return relay.contents().size() == 1; });
  bool drained = false;
  bench.sender->drain([&drained] { drained = true; });
  EXPECT_EQ(bench.settled, 2U) << "those not begun come back at once";
  EXPECT_EQ(bench.results[2]->delivery, Delivery::unharmed);
  relay.open_gate();
  bench.run_until([&drained] { return drained; });
  EXPECT_EQ(bench.results[0]->delivery, Delivery::sent);
  EXPECT_EQ(relay.count("QUIT"), 1U);
  EXPECT_EQ(bench.send_and_wait(9).delivery, Delivery::unharmed) << "after draining";
}

// A mail that went out while nothing could be noted would go out again after the next start.
TEST(SmtpSenderTest, WhatIsGivenBackIsNotBegunAndWhatIsUnderWayGoesOn) {
  ScriptedSmtp relay({with(&SmtpScript::dot, {"gate: 250 ok"})});
  Bench bench(settings_for(relay.port()));
  for (int i = 0; i < 3; ++i) bench.send(i);
  bench.run_until([&relay] { return relay.contents().size() == 1; });
  bench.sender->give_back();
  EXPECT_EQ(bench.settled, 2U);
  EXPECT_EQ(bench.results[2]->delivery, Delivery::unharmed);
  relay.open_gate();
  bench.run_until([&bench] { return bench.settled == 3; });
  EXPECT_EQ(bench.results[0]->delivery, Delivery::sent);
  EXPECT_EQ(bench.send_and_wait(9).delivery, Delivery::sent) << "others are taken afterwards";
}

TEST(SmtpSenderTest, WhileItHoldsNothingIsBegunAndThenAllIs) {
  ScriptedSmtp relay({SmtpScript{}});
  auto settings = settings_for(relay.port());
  settings.connections = 2;
  Bench bench(settings);
  bench.sender->sender()(sample(0), [&](const DeliveryResult&) { bench.sender->hold(true); });
  for (int i = 1; i < 6; ++i) bench.send(i);
  // The other connection may have begun one before.
  bench.run_until([&bench] { return bench.sender->waiting() > 0 && bench.sender->waiting() < 6; });
  bench.run_until([&relay] { return !relay.contents().empty(); });
  bench.sender->hold(true);
  while (bench.context.poll() > 0) continue;
  const auto waiting = bench.sender->waiting();
  EXPECT_GE(waiting, 3U);
  bench.send(6);
  while (bench.context.poll() > 0) continue;
  EXPECT_EQ(bench.sender->waiting(), waiting + 1);
  bench.sender->hold(false);
  bench.run();
  EXPECT_EQ(relay.contents().size(), 7U);
}

TEST(SmtpSenderTest, ClosingGivesEachMailItsResult) {
  ScriptedSmtp relay({with(&SmtpScript::dot, {"mute"})});
  Bench bench(settings_for(relay.port()));
  bench.send(1);
  bench.send(2);
  bench.run_until([&relay] { return relay.contents().size() == 1; });
  bench.sender->close();
  EXPECT_EQ(bench.settled, 2U);
  EXPECT_EQ(bench.results[0]->delivery, Delivery::ambiguous);
  EXPECT_EQ(bench.results[1]->delivery, Delivery::unharmed);
}

TEST(SmtpSenderTest, ASenderOutlivesItsPool) {
  ScriptedSmtp relay({SmtpScript{}});
  Bench bench(settings_for(relay.port()));
  const auto sender = bench.sender->sender();
  bench.sender.reset();
  Delivery delivery = Delivery::sent;
  sender(sample(), [&delivery](const DeliveryResult& result) { delivery = result.delivery; });
  EXPECT_EQ(delivery, Delivery::unharmed);
}

TEST(SmtpSenderTest, APoolMayGoWithinAResult) {
  ScriptedSmtp relay({SmtpScript{}});
  Bench bench(settings_for(relay.port()));
  bool done = false;
  bench.sender->sender()(sample(), [&](const DeliveryResult&) {
    bench.sender.reset();
    done = true;
  });
  bench.run_until([&done] { return done; });
  EXPECT_EQ(bench.sender, nullptr);
}

}  // namespace
}  // namespace tertius::daemon
