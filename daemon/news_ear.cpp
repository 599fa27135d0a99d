#include "daemon/news_ear.hpp"

#include <chrono>
#include <utility>

#include "daemon/log.hpp"
#include "storage/news.hpp"

namespace tertius::daemon {

namespace {

constexpr std::chrono::milliseconds patience{250};  // how long an ending daemon waits for us
constexpr int patiences_after_a_failure = 20;

}  // namespace

NewsEar::NewsEar(std::string url, storage::DaemonId self, std::function<void()> heard)
    : url_(std::move(url)), self_(self), heard_(std::move(heard)), thread_([this] { listen(); }) {}

NewsEar::~NewsEar() {
  ending_ = true;
  thread_.join();
}

void NewsEar::listen_while_connected() {
  storage::NewsListener listener(url_);
  heard_();  // what was told before it was there
  while (!ending_)
    if (listener.wait(patience, self_)) heard_();
}

void NewsEar::listen() {
  bool failed = false;
  while (!ending_) {
    try {
      listen_while_connected();
    } catch (const std::exception&) {
      if (!failed) log_failure("listening for the other daemons", std::current_exception());
      failed = true;
      for (int i = 0; i < patiences_after_a_failure && !ending_; ++i) std::this_thread::sleep_for(patience);
    }
  }
}

}  // namespace tertius::daemon
