#pragma once
// GET /metrics for Prometheus, on an address of its own: behind the proxy that the pages stand behind it
// would be open to the world.

#include "daemon/database_thread.hpp"
#include "daemon/http_server.hpp"
#include "daemon/meters.hpp"

namespace tertius::daemon {

class MetricsServer {
 public:
  // Throws std::runtime_error, naming the address, where it is taken.
  MetricsServer(boost::asio::io_context& io, const ListenAddress& address, DatabaseThread& database,
                Meters& meters);

  void stop() { http_.stop(); }
  unsigned short port() const { return http_.port(); }

 private:
  HttpServer http_;
};

// The same engine, whose steps and letters are counted as well.
EngineSettings counted(EngineSettings settings, Meters& meters);

}  // namespace tertius::daemon
