#pragma once

#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>
#include <vector>

#include "daemon/http_server.hpp"
#include "tests/support/daemon/socket_client.hpp"

namespace tertius::tests {

using Respond = std::function<void(web::HttpResponse)>;

inline web::HttpResponse plain(std::string body) {
  web::HttpResponse out;
  out.content_type = "text/plain";
  out.body = std::move(body);
  return out;
}

inline std::string request(const std::string& line, const std::string& more = {}) {
  return line + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
}

// Server and clients on one io_context. Requests are answered with their own path, or kept where `keeps` is
// set.
struct HttpBench {
  explicit HttpBench(std::size_t max = 100, std::chrono::milliseconds patience = std::chrono::seconds{60}) {
    const auto handler = [this](web::HttpRequest request, Respond respond) {
      requests.push_back(std::move(request));
      if (keeps)
        waiting.push_back(std::move(respond));
      else
        respond(plain("path " + requests.back().path));
    };
    server.emplace(context, daemon::ListenAddress{{}, "127.0.0.1", 0}, handler, max, patience);
  }

  template <class Condition>
  bool run_until(Condition condition) {
    return tests::run_until(context, condition);
  }

  boost::asio::io_context context;
  bool keeps = false;
  std::vector<web::HttpRequest> requests;
  std::vector<Respond> waiting;
  std::optional<daemon::HttpServer> server;
};

struct HttpClient : SocketClient {
  explicit HttpClient(HttpBench& bench) : SocketClient(bench.context, bench.server->port()) {}
};

}  // namespace tertius::tests
