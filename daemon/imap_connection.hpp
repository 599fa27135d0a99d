#pragma once
// One connection to the mailbox: door, dialogue and the letters under way. Lives in a shared_ptr, on the
// io_context's thread; after close(), and once `ended` is called, it calls nobody.

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "daemon/door_watch.hpp"
#include "mail/imap_dialogue.hpp"

namespace tertius::daemon {

struct ImapTimes {
  std::chrono::milliseconds idle =
      std::chrono::minutes{9};  // some routers forget a quiet connection after ten
  std::chrono::milliseconds between_looks = std::chrono::minutes{1};  // where there is no IDLE
  std::chrono::milliseconds first_wait = std::chrono::seconds{1};     // before it is dialled again
  std::chrono::milliseconds longest_wait = std::chrono::minutes{10};
  std::chrono::milliseconds pause = std::chrono::minutes{15};  // after a refusal that a person must mend
  std::chrono::milliseconds first_retry = std::chrono::seconds{30};  // of a letter that could not be taken
  std::chrono::milliseconds longest_retry = std::chrono::hours{1};
};

// Why it ended; monostate: we left.
using ImapEnd = std::variant<std::monostate, mail::DoorFailure, mail::ImapFailure>;

struct ImapHooks {
  std::function<void(mail::CollectedLetter)> letter;  // answer() follows, later
  std::function<void(const mail::ImapPlace&)> place;  // to be kept
  std::function<void(const std::string&)> remark;     // for the log
  std::function<void(bool has_put_off)> waits;        // all that is there is dealt with, or put off
  std::function<void(const ImapEnd&)> ended;          // drop it
};

class ImapConnection : public std::enable_shared_from_this<ImapConnection> {
 public:
  ImapConnection(boost::asio::io_context& context, const ImapTimes& times, ImapHooks hooks);

  void open(const mail::DoorSettings& settings, mail::ImapTask task);
  void answer(std::int64_t uid, bool taken);
  void try_again();  // what could not be taken
  void leave();      // the letters under way are answered and marked, then LOGOUT
  void close();      // at once

 private:
  template <class Work>
  void guard(Work work);
  template <class Work>
  void advance_after(Work work);
  void greet(std::optional<mail::DoorFailure> failure, const mail::ImapTask& task);
  void advance();
  void hand_over();
  void arm();
  void arm_timer();
  void time_out();
  void end(const ImapEnd& why);

  boost::asio::io_context& context_;
  boost::asio::steady_timer timer_;
  ImapTimes times_;
  ImapHooks hooks_;
  std::shared_ptr<DoorWatch> door_;
  std::optional<mail::ImapDialogue> dialogue_;
  std::optional<std::chrono::steady_clock::time_point> waiting_since_;
  bool leaving_ = false, ended_ = false;
  bool blocked_ = false;  // the socket takes no more for now
};

}  // namespace tertius::daemon
