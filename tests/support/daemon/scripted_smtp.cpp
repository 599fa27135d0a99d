#include "tests/support/daemon/scripted_smtp.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tertius::tests {
namespace {

int bound_socket(std::uint16_t& port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no loopback socket");
  port = ntohs(address.sin_port);
  return fd;
}

// The next line without its CRLF; none at the end.
std::optional<std::string> read_line(int fd, std::string& pending) {
  while (true) {
    const auto end = pending.find("\r\n");
    if (end != std::string::npos) {
      const auto line = pending.substr(0, end);
      pending.erase(0, end + 2);
      return line;
    }
    std::array<char, 4096> buffer;
    const auto size = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (size <= 0) return {};
    pending.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace

ScriptedSmtp::ScriptedSmtp(std::vector<SmtpScript> scripts) : scripts_(std::move(scripts)) {
  listener_ = bound_socket(port_);
  if (::listen(listener_, 64) != 0) throw std::runtime_error("cannot listen");
  acceptor_ = std::thread([this] { accept_all(); });
}

void ScriptedSmtp::open_gate() {
  const std::lock_guard lock(mutex_);
  gate_open_ = true;
  gate_.notify_all();
}

ScriptedSmtp::~ScriptedSmtp() {
  open_gate();
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }
  for (auto& thread : threads_) thread.join();
}

void ScriptedSmtp::accept_all() {
  while (true) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    const int on = 1;  // else Nagle holds the second of two pipelined replies back for 40 ms
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::lock_guard lock(mutex_);
    open_.push_back(fd);
    const auto script = scripts_[std::min(accepted_++, scripts_.size() - 1)];
    threads_.emplace_back([this, fd, script] { serve(fd, script); });
  }
}

bool ScriptedSmtp::say(int fd, std::vector<std::string>& replies) {
  auto reply = replies.front();
  if (replies.size() > 1) replies.erase(replies.begin());
  if (reply == "cut") return false;
  if (reply == "mute") return true;
  if (reply.starts_with("gate: ")) {
    reply.erase(0, 6);
    std::unique_lock lock(mutex_);
    gate_.wait(lock, [this] { return gate_open_; });
  }
  const bool cut = reply.ends_with(" + cut");
  if (cut) reply.resize(reply.size() - 6);
  reply += "\r\n";
  return ::send(fd, reply.data(), reply.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(reply.size()) && !cut;
}

bool ScriptedSmtp::obey(int fd, SmtpScript& script, const std::string& line, bool& content) {
  note(commands_, line);
  if (line.starts_with("AUTH") || script.logging_in) {
    script.logging_in = script.auth.front().starts_with("334");
    return say(fd, script.auth);
  }
  std::vector<std::string> ok{"250 2.0.0 ok"};
  std::vector<std::string> bye{"221 2.0.0 bye + cut"};
  const std::pair<std::string, std::vector<std::string>*> verbs[] = {
      {"EHLO", &script.ehlo}, {"MAIL", &script.mail}, {"RCPT", &script.rcpt},
      {"DATA", &script.data}, {"RSET", &ok},          {"QUIT", &bye}};
  for (const auto& [verb, replies] : verbs) {
    if (!line.starts_with(verb)) continue;
    content = verb == "DATA" && replies->front().starts_with("354");
    return say(fd, *replies);
  }
  std::vector<std::string> unknown{"500 5.5.1 what"};
  return say(fd, unknown);
}

void ScriptedSmtp::serve(int fd, SmtpScript script) {
  std::string pending;
  std::string text;
  bool content = false;
  bool open = say(fd, script.greeting);
  while (open) {
    const auto line = read_line(fd, pending);
    if (!line) break;
    if (!content) {
      open = obey(fd, script, *line, content);
    } else if (*line != ".") {
      text += *line + "\r\n";
    } else {
      note(contents_, std::exchange(text, {}));
      content = false;
      open = say(fd, script.dot);
    }
  }
  const std::lock_guard lock(mutex_);
  std::erase(open_, fd);
  ::close(fd);
}

void ScriptedSmtp::note(std::vector<std::string>& list, const std::string& text) {
  const std::lock_guard lock(mutex_);
  list.push_back(text);
}

std::vector<std::string> ScriptedSmtp::commands() const {
  const std::lock_guard lock(mutex_);
  return commands_;
}

std::vector<std::string> ScriptedSmtp::contents() const {
  const std::lock_guard lock(mutex_);
  return contents_;
}

std::size_t ScriptedSmtp::count(const std::string& verb) const {
  const auto all = commands();
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const std::string& line) { return line.starts_with(verb); }));
}

std::uint16_t closed_port() {
  std::uint16_t port = 0;
  ::close(bound_socket(port));
  return port;
}

}  // namespace tertius::tests
