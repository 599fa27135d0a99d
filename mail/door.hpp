#pragma once
// Opens the door to a relay or mailbox: DNS, TCP, greeting, EHLO, TLS and login by libcurl (CONNECT_ONLY),
// without ever blocking; behind it, bytes in and bytes out. It has no event loop of its own: it says through
// DoorLoop what to watch, and is told through ready() and timer(). One thread. Each door has its own libcurl
// multi handle: a shared one prunes idle connections that are in fact ours. Sets SIGPIPE to ignored for the
// whole process, because OpenSSL writes with plain write(2).

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/door_failure.hpp"

namespace tertius::mail {

enum class DoorProtocol { smtp, imap };
enum class Security {
  none,
  starttls,  // or nothing: never falls back to plain
  tls,       // from the first byte
};

struct DoorSettings {
  DoorProtocol protocol = DoorProtocol::smtp;
  std::string host;
  std::uint16_t port = 25;
  Security security = Security::none;
  std::string ca_file;  // PEM; empty: the system's
  std::string user;     // empty: no login
  std::string password;
  std::string bearer;         // OAuth2 access token: XOAUTH2 or OAUTHBEARER instead of the password
  std::string login_options;  // "AUTH=LOGIN"; empty: the best the relay offers
  std::string hello;          // our name in EHLO
  std::chrono::milliseconds patience{30'000};  // until the door is open
};

struct DoorLoop {
  std::function<void(int fd, bool read, bool write)> watch;                 // both false: forget the fd, now
  std::function<void(std::optional<std::chrono::milliseconds>)> set_timer;  // none: stop it
};

class Door {
 public:
  // Called once, with why it did not open or with nothing. The door may be destroyed within it.
  using Opened = std::function<void(std::optional<DoorFailure>)>;

  Door(const DoorSettings& settings, DoorLoop loop, Opened opened);
  ~Door();  // closes the connection, without goodbye; `opened` is no longer called
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  void start();
  void ready(int fd, bool readable, bool writable);
  void timer();

  // After it has opened. The descriptor stays the door's: stop watching it before the door goes.
  int socket() const;
  // SMTP: the lines of the last EHLO reply. IMAP: every line so far.
  const std::vector<std::string>& offer_lines() const;
  // Bytes taken; 0 when it would block; none when the connection is gone.
  std::optional<std::size_t> send(std::string_view bytes);
  enum class Reading { drained, more, closed };
  // Appends what there is. `more` wants another call at once: what TLS holds back makes no descriptor
  // readable.
  Reading receive(std::string& bytes);

 private:
  struct Curl;
  void finish_if_done();
  std::unique_ptr<Curl> curl_;
};

}  // namespace tertius::mail
