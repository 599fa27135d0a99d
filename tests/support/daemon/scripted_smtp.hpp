#pragma once
// A small SMTP server on loopback that says what its script says, with plain sockets and one thread per
// connection.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tertius::tests {

// What one connection answers. Each list is used up reply by reply, its last one again and again. "cut"
// closes the connection instead, "mute" says nothing; "... + cut" closes after the reply, "gate: ..." waits
// for open_gate() before it.
struct SmtpScript {
  std::vector<std::string> greeting{"220 test"};
  std::vector<std::string> ehlo{"250-test\r\n250-PIPELINING\r\n250 SIZE 1000000"};
  std::vector<std::string> auth{"235 2.7.0 ok"};
  std::vector<std::string> mail{"250 2.1.0 ok"};
  std::vector<std::string> rcpt{"250 2.1.5 ok"};
  std::vector<std::string> data{"354 go"};
  std::vector<std::string> dot{"250 2.0.0 queued"};
  bool logging_in = false;  // the last reply was a 334: the next line is the login's
};

inline SmtpScript with(std::vector<std::string> SmtpScript::*stage, std::vector<std::string> replies) {
  SmtpScript script;
  script.*stage = std::move(replies);
  return script;
}

class ScriptedSmtp {
 public:
  // The nth connection follows the nth script, later ones the last.
  explicit ScriptedSmtp(std::vector<SmtpScript> scripts);
  ~ScriptedSmtp();

  std::uint16_t port() const { return port_; }
  std::size_t connections() const { return accepted_; }
  std::vector<std::string> commands() const;  // of all connections: "MAIL FROM:<...>"
  std::vector<std::string> contents() const;  // as on the wire, without the last dot
  std::size_t count(const std::string& verb) const;
  void open_gate();

 private:
  void accept_all();
  void serve(int fd, SmtpScript script);
  bool say(int fd, std::vector<std::string>& replies);
  bool obey(int fd, SmtpScript& script, const std::string& line, bool& content);
  void note(std::vector<std::string>& list, const std::string& text);

  std::vector<SmtpScript> scripts_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<std::size_t> accepted_{0};
  bool gate_open_ = false;
  std::condition_variable gate_;
  mutable std::mutex mutex_;
  std::vector<std::string> commands_, contents_;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

// A loopback port that nobody listens on.
std::uint16_t closed_port();

}  // namespace tertius::tests
