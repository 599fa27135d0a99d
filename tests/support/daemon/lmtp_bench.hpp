#pragma once

#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>
#include <vector>

#include "daemon/lmtp_server.hpp"
#include "tests/support/daemon/socket_client.hpp"

namespace tertius::tests {

inline daemon::LmtpServerSettings quick_settings() {
  daemon::LmtpServerSettings settings;
  settings.host = "broker.example";
  return settings;
}

// Server and clients on one io_context. Letters are kept with their `done` until the test gives verdicts.
struct LmtpBench {
  explicit LmtpBench(daemon::LmtpServerSettings settings = quick_settings()) {
    daemon::LmtpHandlers handlers;
    handlers.knows = [](const std::string& recipient) { return recipient.starts_with("intro"); };
    handlers.is_busy = [this] { return busy; };
    handlers.deliver = [this](mail::ReceivedLetter letter, daemon::LmtpHandlers::Verdicts done) {
      letters.push_back(std::move(letter));
      waiting.push_back(std::move(done));
    };
    server.emplace(context, std::move(settings), std::move(handlers));
  }

  template <class Condition>
  bool run_until(Condition condition) {
    return tests::run_until(context, condition);
  }

  boost::asio::io_context context;
  bool busy = false;
  std::vector<mail::ReceivedLetter> letters;
  std::vector<daemon::LmtpHandlers::Verdicts> waiting;
  std::optional<daemon::LmtpServer> server;
};

struct LmtpClient : SocketClient {
  explicit LmtpClient(LmtpBench& bench) : SocketClient(bench.context, bench.server->port()) {}
};

}  // namespace tertius::tests
