#pragma once
// Once a day what has been kept for its time is forgotten (storage/retention.hpp), a batch at a time, with a
// pause after each so that letters and clicks come between. What was forgotten is said in the log, the audit
// log and the metrics. Threads: the I/O thread.

#include <boost/asio/steady_timer.hpp>
#include <functional>

#include "daemon/database_thread.hpp"
#include "storage/retention.hpp"

namespace tertius::daemon {

// One batch; at the end of the pass the audit log says what it has forgotten. The database thread; within its
// transaction.
storage::RetentionPass forget_more(Engine& engine, const storage::RetentionTimes& times,
                                   storage::RetentionPass pass);

class RetentionLoop {
 public:
  RetentionLoop(boost::asio::io_context& io, DatabaseThread& database, storage::RetentionTimes times);

  void start();
  void set(const storage::RetentionTimes& times);  // with other ones a pass begins at once
  void stop();

  std::function<void(const storage::RetentionPass&)> on_pass = [](const auto&) {};  // it is through

 private:
  void go_on();
  void finish();
  void await(std::chrono::steady_clock::duration pause);

  DatabaseThread& database_;
  storage::RetentionTimes times_;
  storage::RetentionPass pass_;
  bool stopped_ = false, under_way_ = false;  // a pass
  boost::asio::steady_timer timer_;
};

}  // namespace tertius::daemon
