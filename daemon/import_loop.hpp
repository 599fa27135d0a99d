#pragma once
// Uploaded contact files become contacts: read on a thread of its own, then imported slice by slice, so that
// letters and pages have their turn between any two. A file that a stopped daemon left half done is gone on
// with. Afterwards, contacts whom nothing needs any more are forgotten, some at a time too. Threads: the I/O
// thread.

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>

#include "daemon/database_thread.hpp"
#include "storage/imports.hpp"

namespace tertius::daemon {

class ImportLoop {
 public:
  ImportLoop(boost::asio::io_context& io, DatabaseThread& database);
  ~ImportLoop();

  void poke();  // a file may be waiting
  void stop();  // no further slice

 private:
  struct Work;  // the file that is being imported
  void claim();
  void read(std::shared_ptr<Work> work);
  void begin(const std::shared_ptr<Work>& work);
  void import_more(const std::shared_ptr<Work>& work);
  void forget_some();
  void sleep();

  boost::asio::io_context& io_;
  DatabaseThread& database_;
  boost::asio::thread_pool reader_{1};
  bool busy_ = false, poked_ = false, stopped_ = false;
  boost::asio::steady_timer timer_;
};

}  // namespace tertius::daemon
