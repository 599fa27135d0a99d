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

// The outcome table, row by row: what the relay does on its connections, and what becomes of the mail.
struct Row {
  const char* name;
  std::vector<SmtpScript> scripts;
  Delivery delivery;
  int code;
  bool dead;
  bool refused;
  std::size_t connections;
  std::size_t resets;
};

std::vector<Row> rows() {
  const SmtpScript fine;
  const auto ehlo = &SmtpScript::ehlo;
  const auto mail = &SmtpScript::mail;
  const auto rcpt = &SmtpScript::rcpt;
  const auto data = &SmtpScript::data;
  const auto dot = &SmtpScript::dot;
  using enum Delivery;
  return {
      {"250 after the dot", {fine}, sent, 250, false, false, 1, 0},
      {"without pipelining", {with(ehlo, {"250 test"})}, sent, 250, false, false, 1, 0},
      {"4xx to MAIL", {with(mail, {"451 4.3.0 later", "250 ok"})}, deferred, 451, false, false, 1, 1},
      {"5xx to MAIL", {with(mail, {"550 5.7.1 no", "250 ok"})}, bounced, 550, false, false, 1, 1},
      {"4xx to RCPT", {with(rcpt, {"450 4.2.0 grey", "250 ok"})}, deferred, 450, false, false, 1, 1},
      {"5xx to RCPT", {with(rcpt, {"550 5.1.1 unknown", "250 ok"})}, bounced, 550, true, false, 1, 1},
      {"full mailbox", {with(rcpt, {"552 5.2.2 full", "250 ok"})}, deferred, 552, false, false, 1, 1},
      {"4xx to the dot", {with(dot, {"452 4.3.1 disk", "250 ok"})}, deferred, 452, false, false, 1, 1},
      {"5xx to the dot", {with(dot, {"554 5.7.1 spam", "250 ok"})}, bounced, 554, false, false, 1, 1},
      {"lost after the dot", {with(dot, {"cut"}), fine}, ambiguous, 0, false, false, 1, 0},
      {"354 after the dot", {with(dot, {"354 go"}), fine}, ambiguous, 0, false, false, 1, 0},
      {"lost before the dot, then fine", {with(mail, {"cut"}), fine}, sent, 250, false, false, 2, 0},
      {"lost at DATA, then fine", {with(data, {"cut"}), fine}, sent, 250, false, false, 2, 0},
      {"lost before the dot twice", {with(mail, {"cut"})}, deferred, 0, false, false, 2, 0},
      {"421 to MAIL, then fine", {with(mail, {"421 4.3.2 bye + cut"}), fine}, sent, 250, false, false, 2, 0},
      {"421 to the dot, then fine", {with(dot, {"421 bye + cut"}), fine}, sent, 250, false, false, 2, 0},
      {"421 twice", {with(mail, {"421 4.3.2 bye + cut"})}, unharmed, 421, false, false, 2, 0},
      {"421, then no greeting",
       {with(mail, {"421 bye + cut"}), with(&SmtpScript::greeting, {"554 no + cut"})},
       unharmed,
       421,
       false,
       false,
       2,
       0},
      {"421 in the greeting",
       {with(&SmtpScript::greeting, {"421 4.3.2 full + cut"})},
       unharmed,
       421,
       false,
       false,
       1,
       0},
      {"554 in the greeting",
       {with(&SmtpScript::greeting, {"554 5.7.1 go away + cut"})},
       deferred,
       554,
       false,
       false,
       1,
       0},
      {"connection closed at once", {with(&SmtpScript::greeting, {"cut"})}, deferred, 0, false, false, 1, 0},
      {"login wanted", {with(mail, {"530 5.7.0 log in"})}, unharmed, 530, false, true, 1, 1},
  };
}

TEST(SmtpOutcomeTest, TheOutcomeTableRowByRow) {
  for (const auto& row : rows()) {
    SCOPED_TRACE(row.name);
    ScriptedSmtp relay(row.scripts);
    Bench bench(settings_for(relay.port()));
    const auto result = bench.send_and_wait();
    EXPECT_EQ(result.delivery, row.delivery) << result.text;
    EXPECT_EQ(result.code, row.code) << result.text;
    EXPECT_EQ(result.address_is_dead, row.dead);
    EXPECT_EQ(result.login_refused, row.refused);
    bench.drain();
    EXPECT_EQ(relay.connections(), row.connections);
    EXPECT_EQ(relay.count("RSET"), row.resets);
  }
}

}  // namespace
}  // namespace tertius::daemon
