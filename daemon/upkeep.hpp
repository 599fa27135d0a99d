#pragma once
// What the operator would look after if they had nothing else to do, once a minute: whether mail waits for
// too long, whether the disk of the database fills up. Each is an alert (daemon/alerts.hpp).

#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <optional>

#include "daemon/database_thread.hpp"
#include "storage/retention.hpp"

namespace tertius::daemon {

// Of the file system of this folder, for us; none where it cannot be told.
std::optional<std::uintmax_t> free_bytes(const std::filesystem::path& folder);

struct UpkeepSettings {
  std::filesystem::path folder = {};  // of an SQLite database; empty: another's disk
  std::uintmax_t least_free = 500'000'000;
  storage::RetentionTimes retention = {};  // retention_loop.hpp
};

// The database thread; within its transaction.
void look_after(Engine& engine, const UpkeepSettings& settings);

class UpkeepLoop {
 public:
  UpkeepLoop(boost::asio::io_context& io, DatabaseThread& database, UpkeepSettings settings);

  void start();
  void stop();

 private:
  DatabaseThread& database_;
  UpkeepSettings settings_;
  bool stopped_ = false;
  boost::asio::steady_timer timer_;
};

}  // namespace tertius::daemon
