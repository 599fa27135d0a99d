#pragma once
// Several daemons on one PostgreSQL wake each other: who commits something that may be due says so (NOTIFY),
// and the others look at once rather than in a few seconds. Nothing depends on it: what is not heard is found
// by looking.

#include <chrono>
#include <memory>
#include <string>

#include "storage/daemons.hpp"

namespace tertius::storage {

// In the transaction; heard when it commits. Nothing in SQLite, whose daemon is the only one.
void tell_news(Database& db, DaemonId from);

// A connection of its own. One thread. Throws StorageError where the server cannot be reached.
class NewsListener {
 public:
  // "postgresql://..."
  explicit NewsListener(const std::string& url);
  ~NewsListener();
  NewsListener(const NewsListener&) = delete;
  NewsListener& operator=(const NewsListener&) = delete;

  // Whether another than `self` told something within `longest`.
  bool wait(std::chrono::milliseconds longest, DaemonId self);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace tertius::storage
