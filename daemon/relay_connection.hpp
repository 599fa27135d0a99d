#pragma once
// One connection to the relay: door, dialogue and the mail under way. It takes its mails from the pool
// (hooks) one after the other and gives each its result, whatever happens to the connection. Lives in a
// shared_ptr, on the io_context's thread.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "daemon/door_watch.hpp"
#include "mail/ports.hpp"
#include "mail/smtp_dialogue.hpp"

namespace tertius::daemon {

struct RelayJob {
  mail::OutgoingMail mail;
  std::function<void(DeliveryResult)> done;
  std::optional<DeliveryResult> earlier;  // of the first try, where this is the second, on a fresh connection
  std::chrono::steady_clock::time_point since =
      std::chrono::steady_clock::now();  // in the pool, or under way
};

struct RelayLimits {
  int mails = 100;
  std::chrono::seconds idle{60};
  std::chrono::seconds longest_wait{std::chrono::minutes{4}};  // for a connection; then a mail is given back
};

class RelayConnection;

struct RelayHooks {
  std::function<std::optional<RelayJob>()> next;       // the next mail to carry, if there is one
  std::function<void(RelayJob)> again;                 // lost before its dot, or 421: to a fresh connection
  std::function<void(const mail::DoorFailure&)> shut;  // the door did not open; `ended` follows
  std::function<void(const RelayConnection&)> ended;   // the connection is gone; drop it
};

class RelayConnection : public std::enable_shared_from_this<RelayConnection> {
 public:
  RelayConnection(boost::asio::io_context& context, const RelayLimits& limits, RelayHooks hooks);

  // `first` goes before anything from the pool.
  void open(const mail::DoorSettings& settings, std::optional<RelayJob> first);
  bool is_open() const { return open_ && !ended_; }
  bool is_idle() const { return open_ && !woken_ && !job_ && dialogue_ && dialogue_->is_idle(); }
  void wake();   // there may be something in the pool
  void leave();  // finish the mail under way, then QUIT
  void cut();    // at once; the mail under way is lost

 private:
  void greet(std::optional<mail::DoorFailure> failure);
  void advance();
  void settle();
  bool start_next();
  void arm();
  void time_out();
  void end();

  boost::asio::io_context& context_;
  boost::asio::steady_timer timer_;
  RelayLimits limits_;
  RelayHooks hooks_;
  std::shared_ptr<DoorWatch> door_;
  std::optional<mail::SmtpDialogue> dialogue_;
  std::optional<RelayJob> first_;
  std::optional<RelayJob> job_;
  int carried_ = 0;
  bool open_ = false, woken_ = false, leaving_ = false, cut_ = false, ended_ = false;
  bool blocked_ = false;  // the socket takes no more for now
};

}  // namespace tertius::daemon
