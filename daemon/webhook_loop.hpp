#pragma once
// Tells webhooks what is queued for them: claims what is due, signs it, posts it, and settles what came back.
// Runs by itself on the I/O thread, as the outbox does (daemon/loops.hpp). A hook that does not answer keeps
// one of many places for fifteen seconds, and no other waiting.

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

#include "daemon/curl_watch.hpp"
#include "daemon/database_thread.hpp"
#include "daemon/webhook_retries.hpp"

namespace tertius::daemon {

class WebhookLoop {
 public:
  WebhookLoop(boost::asio::io_context& io, DatabaseThread& database, Clock clock,
              mail::HttpPosterSettings settings);
  ~WebhookLoop();

  void poke();   // something may be due
  void stop();   // no new claims; what is on its way is settled
  void close();  // what is on its way is forgotten, and told again when its lease has run out
  bool is_idle() const { return on_their_way_ == 0; }
  std::uint64_t finished() const { return finished_; }  // posts
  std::function<void()> on_idle = [] {};

 private:
  void claim_more();
  void send_all(std::vector<storage::ClaimedDelivery> claimed);
  void send(storage::ClaimedDelivery claimed);
  void settle(storage::ClaimedDelivery claimed, mail::HttpReply reply);
  void settled();
  void sleep();

  DatabaseThread& database_;
  Clock clock_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<CurlWatch> watch_;
  std::unique_ptr<mail::HttpPoster> poster_;
  int on_their_way_ = 0;  // claimed and not yet settled
  std::uint64_t finished_ = 0;
  bool claiming_ = false, poked_ = false, stopped_ = false;
};

}  // namespace tertius::daemon
