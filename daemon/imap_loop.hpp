#pragma once
// Letters from an IMAP mailbox: taken as LMTP takes them, and marked as seen (or moved) once that is
// committed. What cannot be taken now stays and is tried again, later each time. Killed between the two, the
// same letter is taken once more, and known. How far the folder is read stands in the database. It dials
// again when the connection is lost, later each time; what only a person can mend (a login, a certificate, a
// folder) raises an alert and a pause. Threads: the I/O thread.

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <random>
#include <string>

#include "broker/result.hpp"
#include "daemon/database_thread.hpp"
#include "daemon/ids.hpp"
#include "daemon/imap_connection.hpp"
#include "mail/door.hpp"
#include "mail/lmtp.hpp"

namespace tertius::daemon {

struct ImapSettings {
  mail::DoorSettings server;
  std::string folder = "INBOX";  // UTF-8, and so is the next
  std::string move_to = {};      // empty: letters stay, marked as seen
  Links links = {};              // whose letters these are
  std::string password_file = {};
  bool wants_bearer = false;  // OAuth2: it waits for set_bearer()
  std::size_t longest_letter = mail::LmtpLimits{}.letter_bytes;
  ImapTimes times = {};
  Clock clock = system_clock();
};

std::string mailbox_name(const ImapSettings& settings);  // user@host/folder

class ImapLoop {
 public:
  ImapLoop(boost::asio::io_context& io, DatabaseThread& database, ImapSettings settings);

  void start();
  void stop();   // no further letter; those under way are finished, then on_idle
  void close();  // at once
  bool is_idle() const { return !connection_; }

  // Of several daemons one reads a mailbox: whoever has its lease. Without hold() it is ours.
  std::string lease() const { return "imap " + name_; }
  void hold(bool held);

  void set_links(Links links) { settings_.links = std::move(links); }
  void set_password_file(std::string file) { settings_.password_file = std::move(file); }
  void set_bearer(Result<std::string> token);  // for connections from now on
  void try_again();                            // a pause ends, and so does the wait for the next dialling

  std::function<void()> on_idle = [] {};
  std::function<void()> on_refused = [] {};  // the login: another token is wanted

 private:
  void load_place();
  void connect();
  ImapHooks hooks();
  void take(mail::CollectedLetter letter);
  void save(const mail::ImapPlace& place);
  void plan_retry(bool has_put_off);
  void end(const ImapEnd& why);
  void refuse(const std::string& what, bool is_login);
  void alarm(const std::string& said);
  bool has_new_password();
  void connect_after(std::chrono::milliseconds wait);
  std::chrono::milliseconds next_wait();

  boost::asio::io_context& io_;
  DatabaseThread& database_;
  ImapSettings settings_;
  std::string name_;
  mail::ImapPlace place_;
  std::shared_ptr<ImapConnection> connection_;
  std::chrono::steady_clock::time_point dialled_at_{};
  std::chrono::milliseconds wait_, retry_wait_;
  bool retrying_ = false;  // the timer runs
  bool renewed_ = false;   // the token, since it was last good
  bool loaded_ = false, stopped_ = false, held_ = true;
  std::uint64_t loads_ = 0;  // of the place, ever begun
  boost::asio::steady_timer timer_, retry_timer_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace tertius::daemon
