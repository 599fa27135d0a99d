#pragma once
// One LMTP client: its socket, its clock and its dialogue. Lives in a shared_ptr on the io_context's thread
// until the client, the clock or the server ends it.

#include <array>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

#include "daemon/lmtp_server.hpp"

namespace tertius::daemon {

class LmtpSession : public std::enable_shared_from_this<LmtpSession> {
 public:
  using Socket = boost::asio::generic::stream_protocol::socket;
  using Ended = std::function<void(const LmtpSession&)>;

  LmtpSession(Socket socket, const LmtpServerSettings& settings, const LmtpHandlers& handlers, Ended ended);

  void start();
  void leave(std::string_view why);  // 421, after the verdicts on a letter under way
  void cut();                        // at once

 private:
  void advance();
  void read();
  void write();
  void deliver(mail::ReceivedLetter letter);
  void take_verdicts(const std::vector<mail::Verdict>& verdicts);
  void arm();
  void time_out();
  void end();

  Socket socket_;
  boost::asio::steady_timer timer_;
  std::chrono::steady_clock::time_point last_moment_;  // of the session
  LmtpServerSettings settings_;
  LmtpHandlers handlers_;
  Ended ended_;
  mail::LmtpDialogue dialogue_;
  std::array<char, 16384> buffer_{};
  std::string outgoing_;
  std::string leaving_;  // why, once it shall end
  bool reading_ = false, writing_ = false, deciding_ = false, gone_ = false;
};

}  // namespace tertius::daemon
