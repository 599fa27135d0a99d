#pragma once
// Whether the daemon gets on: Progress is pure, Watchdog is its timer. A process can be alive while what it
// is for stands still: a statement that hangs, a relay's connection that is waited for by nobody. The event
// loop feeds systemd's watchdog only while everybody who has work finishes some of it now and then; then
// systemd stops us and starts us anew, and nothing is lost: what was not committed was not acknowledged.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertius::daemon {

struct Worker {
  std::string_view name;
  std::uint64_t finished = 0;  // pieces of work, ever
  bool has_work = false;
  std::chrono::milliseconds patience{};  // longer than any piece may take
};

class Progress {
 public:
  // Who has had work for longer than their patience without finishing any of it.
  std::vector<std::string_view> stalled(std::chrono::steady_clock::time_point now,
                                        const std::vector<Worker>& workers);

 private:
  struct Seen {
    std::uint64_t finished = 0;
    std::chrono::steady_clock::time_point since{};  // the last moment without work, or with some finished
  };
  std::map<std::string_view, Seen> seen_;
};

struct WatchdogHooks {
  std::function<std::vector<Worker>()> workers;
  std::function<void()> feed;
  std::function<void(std::string_view who)> stalled;  // "the database"; once, when it begins
  std::function<void()> moving;                       // everybody again
};

class Watchdog {
 public:
  // Looks every `interval`, on the io_context's thread, from now until it is destroyed.
  Watchdog(boost::asio::io_context& io, std::chrono::microseconds interval, WatchdogHooks hooks);

 private:
  void look();

  boost::asio::steady_timer timer_;
  std::chrono::microseconds interval_;
  WatchdogHooks hooks_;
  Progress progress_;
  std::string stalled_;
};

}  // namespace tertius::daemon
