#pragma once
// Letters from a Maildir (https://cr.yp.to/proto/maildir.html) that some other program delivers into: what is
// in new/ is taken as LMTP takes it, and moved to cur/ as seen once that is committed. What cannot be taken
// now stays and is tried again, later each time. Killed between the two, the same letter is taken once more,
// and known by its bytes. Threads: the I/O thread.

#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <map>
#include <string>

#include "daemon/database_thread.hpp"
#include "daemon/lmtp_server.hpp"

namespace tertius::daemon {

struct MailboxSettings {
  std::filesystem::path maildir = {};  // empty: none
  Links links = {};                    // whose letters these are
  std::size_t longest_letter = mail::LmtpLimits{}.letter_bytes;
  std::chrono::milliseconds between_looks{2'000};
};

class MaildirLoop {
 public:
  // Throws std::runtime_error where the folder is no Maildir that we may write in.
  MaildirLoop(boost::asio::io_context& io, DatabaseThread& database, MailboxSettings settings);

  void start();
  void set_links(Links links) { settings_.links = std::move(links); }
  void stop();  // no further letter; the one under way is finished

 private:
  struct Waiting {
    std::chrono::steady_clock::time_point until;
    std::chrono::seconds wait{};
  };
  void look();
  void take_next();
  bool take(const std::string& name);
  void finish(const std::string& name, mail::Verdict verdict);
  void put_off(const std::string& name);
  void keep_as_seen(const std::string& name);
  std::vector<std::string> ready_names();
  void sleep();

  DatabaseThread& database_;
  MailboxSettings settings_;
  std::vector<std::string> names_;  // to be taken, the last first
  std::map<std::string, Waiting> put_off_;
  bool stopped_ = false;
  boost::asio::steady_timer timer_;
};

}  // namespace tertius::daemon
