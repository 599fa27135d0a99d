#pragma once
// Takes letters over LMTP on a unix socket or a loopback port: sockets, time limits and numbers around the
// pure mail::LmtpDialogue. Runs on the io_context's thread; `deliver` is called there and may be answered
// later, from any thread. Throws where it cannot listen. A client that is slow, silent or one too many hears
// 421; a letter whose verdict does not come in time is not acknowledged, so its sender tries again.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mail/lmtp.hpp"

namespace boost::asio {
class io_context;
}

namespace tertius::daemon {

struct LmtpServerSettings {
  std::string socket_path;  // a unix socket; empty: `address` and `port`
  unsigned socket_mode = 0660;
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one, see port()
  int handed_in = -1;      // a socket that listens there already; its path is not ours to remove
  std::string host;        // our name in the greeting
  mail::LmtpLimits limits;
  std::size_t connections = 50;
  std::chrono::milliseconds idle{std::chrono::minutes{5}};     // RFC 5321 4.5.3.2.7
  std::chrono::milliseconds session{std::chrono::hours{1}};    // a drip-feeder keeps its slot no longer
  std::chrono::milliseconds verdict{std::chrono::minutes{5}};  // senders wait 10 (RFC 5321 4.5.3.2.6)
};

struct LmtpHandlers {
  using Verdicts = std::function<void(std::vector<mail::Verdict>)>;
  std::function<bool(const std::string& recipient)> knows;
  std::function<bool()> is_busy;  // 451 to MAIL; may be empty
  // Verdicts in the order of letter.recipients, once, after the commit.
  std::function<void(mail::ReceivedLetter letter, Verdicts done)> deliver;
};

class LmtpServer {
 public:
  LmtpServer(boost::asio::io_context& context, LmtpServerSettings settings, LmtpHandlers handlers);
  ~LmtpServer();
  LmtpServer(const LmtpServer&) = delete;
  LmtpServer& operator=(const LmtpServer&) = delete;

  std::uint16_t port() const;
  std::size_t connections() const;

  // Takes no more connections and letters; 421 to all, once the letters under way have their verdicts. Then
  // `done`.
  void drain(std::function<void()> done);

 private:
  class Listener;
  std::shared_ptr<Listener> listener_;
};

}  // namespace tertius::daemon
