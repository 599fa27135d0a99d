#pragma once
// Listens for what the other daemons of a PostgreSQL tell (storage/news.hpp), on a thread and a connection of
// its own. A server that does not answer is tried again; meanwhile everybody looks every few seconds.

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "storage/daemons.hpp"

namespace tertius::daemon {

class NewsEar {
 public:
  // `heard` is called on the ear's thread.
  NewsEar(std::string url, storage::DaemonId self, std::function<void()> heard);
  ~NewsEar();
  NewsEar(const NewsEar&) = delete;
  NewsEar& operator=(const NewsEar&) = delete;

 private:
  void listen();
  void listen_while_connected();

  std::string url_;
  storage::DaemonId self_;
  std::function<void()> heard_;
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace tertius::daemon
