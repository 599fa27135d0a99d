#pragma once
// Looks at linked address books when they are due: each on one of a few threads, for it waits for somebody
// else's server, then saves what has changed and leaves the cards to the ImportLoop. Threads: the I/O thread.

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>

#include "daemon/book_reading.hpp"
#include "daemon/database_thread.hpp"

namespace tertius::daemon {

class BookLoop {
 public:
  BookLoop(boost::asio::io_context& io, DatabaseThread& database, BookReadingSettings settings);
  ~BookLoop();

  void poke();                                                        // one may be due
  void set_keys(LinkKeys keys) { settings_.keys = std::move(keys); }  // for books from now on
  void stop();  // what is being read is given up within a second, and read again at the next start

 private:
  struct Work;
  void claim();
  void read(std::shared_ptr<Work> work);
  void save(const std::shared_ptr<Work>& work);
  void sleep();

  boost::asio::io_context& io_;
  DatabaseThread& database_;
  BookReadingSettings settings_;
  std::atomic<bool> stopped_ = false;
  int being_read_ = 0;
  bool claiming_ = false, poked_ = false;
  boost::asio::steady_timer timer_;
  boost::asio::thread_pool readers_;  // ends before all that its threads use
};

// What a look at a book has found is saved, and when it is due again. Whether any card has changed.
bool save_look(storage::Database& db, const storage::LinkedBook& book,
               const Result<storage::SyncedBook>& found, Time now, std::chrono::hours interval);

}  // namespace tertius::daemon
