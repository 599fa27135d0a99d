#include "daemon/lmtp_server.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "daemon/lmtp_session.hpp"

namespace tertius::daemon {

namespace asio = boost::asio;
using Stream = asio::generic::stream_protocol;

namespace {

using Acceptor = asio::basic_socket_acceptor<Stream>;

bool is_socket(const std::string& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode);
}

// A socket left by a crash is removed; one that somebody answers on is not ours to take.
void clear_path(asio::io_context& context, const std::string& path) {
  if (!is_socket(path)) return;
  asio::local::stream_protocol::socket probe(context);
  boost::system::error_code error;
  probe.connect(path, error);
  if (!error) throw std::runtime_error("another program listens on " + path);
  ::unlink(path.c_str());
}

Stream::endpoint endpoint_of(const LmtpServerSettings& settings) {
  if (!settings.socket_path.empty()) return asio::local::stream_protocol::endpoint(settings.socket_path);
  return asio::ip::tcp::endpoint(asio::ip::make_address(settings.address), settings.port);
}

std::string place_of(const LmtpServerSettings& settings) {
  return settings.socket_path.empty() ? settings.address + ":" + std::to_string(settings.port)
                                      : settings.socket_path;
}

Acceptor open_acceptor(asio::io_context& context, const LmtpServerSettings& settings) {
  if (settings.handed_in >= 0) return {context, Stream(endpoint_of(settings).protocol()), settings.handed_in};
  if (!settings.socket_path.empty()) clear_path(context, settings.socket_path);
  const auto endpoint = endpoint_of(settings);
  Acceptor acceptor(context);
  acceptor.open(endpoint.protocol());
  if (settings.socket_path.empty()) acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.bind(endpoint);
  // Between bind and listen nobody can connect, so the mode is in force from the first client on.
  if (!settings.socket_path.empty()) ::chmod(settings.socket_path.c_str(), settings.socket_mode);
  acceptor.listen();
  return acceptor;
}

Acceptor make_acceptor(asio::io_context& context, const LmtpServerSettings& settings) {
  try {
    return open_acceptor(context, settings);
  } catch (const boost::system::system_error& e) {
    throw std::runtime_error("letters cannot be taken on " + place_of(settings) + ": " + e.code().message());
  }
}

}  // namespace

class LmtpServer::Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(asio::io_context& context, LmtpServerSettings settings, LmtpHandlers handlers)
      : settings_(std::move(settings)),
        handlers_(std::move(handlers)),
        acceptor_(make_acceptor(context, settings_)),
        pause_(context) {}

  void accept();
  void drain(std::function<void()> done);
  void close();
  std::uint16_t port() const;
  std::size_t connections() const { return sessions_.size(); }

 private:
  void welcome(LmtpSession::Socket socket);
  void accept_later();
  void drop(const LmtpSession& session);
  void stop_listening();

  LmtpServerSettings settings_;
  LmtpHandlers handlers_;
  Acceptor acceptor_;
  asio::steady_timer pause_;
  std::vector<std::shared_ptr<LmtpSession>> sessions_;
  std::function<void()> drained_;
};

void LmtpServer::Listener::accept() {
  acceptor_.async_accept(
      [weak = weak_from_this()](const boost::system::error_code& error, LmtpSession::Socket socket) {
        const auto self = weak.lock();
        if (!self || (error && !self->acceptor_.is_open())) return;
        if (error) return self->accept_later();
        self->welcome(std::move(socket));
        if (self->acceptor_.is_open()) self->accept();
      });
}

// Out of descriptors, most likely: accept would fail again at once, for ever.
void LmtpServer::Listener::accept_later() {
  pause_.expires_after(std::chrono::seconds{1});
  pause_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self && self->acceptor_.is_open()) self->accept();
  });
}

void LmtpServer::Listener::welcome(LmtpSession::Socket socket) {
  auto ended = [weak = weak_from_this()](const LmtpSession& session) {
    if (const auto self = weak.lock()) self->drop(session);
  };
  const auto session =
      std::make_shared<LmtpSession>(std::move(socket), settings_, handlers_, std::move(ended));
  sessions_.push_back(session);
  // The one too many is told so, and soon gone: its place beyond the limit is only for the goodbye.
  if (!acceptor_.is_open())
    session->leave("shutting down");
  else if (sessions_.size() > settings_.connections)
    session->leave("too many connections");
  else
    session->start();
}

void LmtpServer::Listener::drop(const LmtpSession& session) {
  std::erase_if(sessions_, [&](const auto& each) { return each.get() == &session; });
  if (sessions_.empty() && drained_) std::exchange(drained_, nullptr)();
}

void LmtpServer::Listener::stop_listening() {
  if (!acceptor_.is_open()) return;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  if (!settings_.socket_path.empty() && settings_.handed_in < 0) ::unlink(settings_.socket_path.c_str());
}

void LmtpServer::Listener::drain(std::function<void()> done) {
  stop_listening();
  drained_ = std::move(done);
  for (const auto& session : std::vector(sessions_)) session->leave("shutting down");
  if (sessions_.empty() && drained_) std::exchange(drained_, nullptr)();
}

void LmtpServer::Listener::close() {
  stop_listening();
  for (const auto& session : std::vector(sessions_)) session->cut();
}

std::uint16_t LmtpServer::Listener::port() const {
  if (!settings_.socket_path.empty()) return 0;
  const auto endpoint = acceptor_.local_endpoint();
  asio::ip::tcp::endpoint tcp;
  std::memcpy(tcp.data(), endpoint.data(), std::min(tcp.capacity(), endpoint.size()));
  return tcp.port();
}

LmtpServer::LmtpServer(asio::io_context& context, LmtpServerSettings settings, LmtpHandlers handlers)
    : listener_(std::make_shared<Listener>(context, std::move(settings), std::move(handlers))) {
  listener_->accept();
}

LmtpServer::~LmtpServer() { listener_->close(); }

std::uint16_t LmtpServer::port() const { return listener_->port(); }
std::size_t LmtpServer::connections() const { return listener_->connections(); }
void LmtpServer::drain(std::function<void()> done) { listener_->drain(std::move(done)); }

}  // namespace tertius::daemon
