#pragma once
// HTTP/1.1 over Boost.Beast, and nothing else: bytes to web::HttpRequest, web::HttpResponse to bytes.
// Threads: the I/O thread. Limits: headers 16 KB, body 128 KB, `patience` for a request to arrive or a
// response to leave, and as many connections as `max_connections`. Beast stays in http_server.cpp, where it
// takes its 20 s to compile.
//
// Uploads are longer, so that few are read at once, and only after `admit` has seen their headers: a stranger
// cannot have the server hold megabytes.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "daemon/listen_address.hpp"
#include "web/http.hpp"

namespace tertius::daemon {

struct HttpRoom;  // what the server's sessions share

struct Uploads {
  std::uint64_t most_bytes = 0;
  bool (*is_upload)(const web::HttpRequest&) = nullptr;  // by method and path
  // Asked with an empty body, now or later, on the I/O thread; answered once, with the refusal or with
  // nothing.
  using Admitted = std::function<void(std::optional<web::HttpResponse>)>;
  std::function<void(web::HttpRequest, Admitted)> admit;
  std::string too_long = {};  // said with 413
  std::size_t at_once = 4;
  std::chrono::milliseconds patience = std::chrono::minutes{5};  // for the whole of one to arrive
};

class HttpServer {
 public:
  // Answers a request, now or later, on the I/O thread; once.
  using Handler = std::function<void(web::HttpRequest, std::function<void(web::HttpResponse)>)>;

  // Port 0 takes any. Throws std::runtime_error, naming the address, where it is taken.
  HttpServer(boost::asio::io_context& io, const ListenAddress& address, Handler handler,
             std::size_t max_connections = 10'000,
             std::chrono::milliseconds patience = std::chrono::seconds{30});
  ~HttpServer();

  void take_uploads(Uploads uploads);     // of one more kind
  void trust_proxy(std::string address);  // numeric; daemon/client_network.hpp
  unsigned short port() const;
  void stop();  // no new connections; those that wait for a request are closed, answers under way finish
  // As stop(), but who has just connected may still ask: a client loop sees no connection reset by a restart.
  // Then `done`.
  void drain(std::function<void()> done);

 private:
  std::shared_ptr<HttpRoom> room_;
};

}  // namespace tertius::daemon
