#pragma once
// This daemon among the others of its database: every few seconds it says that it is there, reads the
// database's clock, renews its leases and takes those that are free, and looks whether its program may still
// work on this schema. A daemon that cannot reach the database for as long as a lease holds has lost its
// leases, and finds that out before it uses them (storage/leases.hpp). Threads: the I/O thread.

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daemon/database_thread.hpp"
#include "storage/daemons.hpp"
#include "storage/database_time.hpp"

namespace tertius::daemon {

inline constexpr std::chrono::seconds between_beats{5}, lease_length{15};
inline constexpr auto clock_lease = "clock";  // who meets deadlines and sends the alerts

struct HeartbeatSettings {
  storage::DaemonRow me;                        // but for its times
  std::vector<std::string> leases;              // wanted
  std::shared_ptr<storage::DatabaseTime> time;  // to be read; none where the clock is the host's
};

class Heartbeat {
 public:
  Heartbeat(boost::asio::io_context& io, DatabaseThread& database, HeartbeatSettings settings);

  void start();
  void stop();  // leases that are held are for others from now on
  // Called where the program is too old for what has become of the schema.
  std::function<void(const std::string& why)> on_too_old = [](const std::string&) {};
  // A lease has become ours, or is no longer.
  std::function<void(const std::string& name, bool held)> on_lease = [](const std::string&, bool) {};
  // How many daemons are at work in that role, ourselves among them.
  std::function<void(int senders)> on_senders = [](int) {};
  std::function<void()> on_signed_off = [] {};
  bool has_signed_off() const { return signed_off_; }

 private:
  void beat();
  struct Beat {
    std::vector<std::string> held;  // leases
    int senders = 1;
  };
  static Beat beat_once(Engine& engine, HeartbeatSettings& settings);
  void take(Answer_of<Beat> answer);
  void sleep();

  DatabaseThread& database_;
  std::shared_ptr<HeartbeatSettings> settings_;
  std::vector<std::string> held_;
  bool stopped_ = false, signed_off_ = false, failed_ = false;
  boost::asio::steady_timer timer_;
};

}  // namespace tertius::daemon
