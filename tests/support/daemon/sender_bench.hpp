#pragma once

#include <memory>
#include <optional>

#include "daemon/smtp_sender.hpp"
#include "tests/support/daemon/run_until.hpp"

namespace tertius::tests {

using namespace daemon;

inline mail::OutgoingMail sample(int number = 1) {
  return {Address{"b+tok", "broker.example"}, Address{"bob" + std::to_string(number), "example.org"}, "n1",
          "Subject: x\r\n\r\n.hello " + std::to_string(number) + "\r\n"};
}

inline SmtpSenderSettings settings_for(std::uint16_t port) {
  SmtpSenderSettings settings;
  settings.relay.host = "127.0.0.1";
  settings.relay.port = port;
  settings.relay.hello = "broker.example";
  settings.connections = 1;
  return settings;
}

// A sender on an io_context that runs until what is expected has come. A mail without result fails the test
// at the latest after the deadline, which is never reached in a test that passes.
struct SenderBench {
  explicit SenderBench(const SmtpSenderSettings& settings)
      : sender(std::make_unique<SmtpSender>(context, settings)) {}

  void send(int number = 1) {
    const auto place = results.size();
    results.emplace_back();
    sender->sender()(sample(number), [this, place](DeliveryResult result) {
      EXPECT_FALSE(results[place]) << "a second result";
      results[place] = std::move(result);
      ++settled;
    });
  }

  template <class Condition>
  void run_until(Condition condition) {
    tests::run_until(context, condition);
  }
  void run() {
    run_until([this] { return settled == results.size(); });
  }
  void drain() {
    bool drained = false;
    sender->drain([&drained] { drained = true; });
    run_until([&drained] { return drained; });
  }
  DeliveryResult send_and_wait(int number = 1) {
    send(number);
    run();
    return results.back().value_or(DeliveryResult{});
  }

  boost::asio::io_context context;
  std::vector<std::optional<DeliveryResult>> results;
  std::size_t settled = 0;
  std::unique_ptr<SmtpSender> sender;
};

}  // namespace tertius::tests
