#include "daemon/metrics_server.hpp"

#include "daemon/log.hpp"
#include "daemon/plain_page.hpp"
#include "storage/statistics.hpp"

namespace tertius::daemon {

namespace {

using Done = std::function<void(web::HttpResponse)>;

// Prometheus asks every 15 s or so, from one or two places.
constexpr std::size_t most_connections = 16;

web::HttpResponse exposition(std::string text) {
  auto out = plain_page(200, std::move(text));
  out.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return out;
}

Standing look(Engine& engine) {
  Standing out;
  out.now = engine.now();
  out.backlog = storage::count_backlog(engine.db, out.now);
  out.held = storage::count_held(engine.db);
  if (const auto network = network_of(engine.settings.network, engine.db)) {
    out.people = network->people();
    out.ties = network->ties();
  }
  return out;
}

void answer(const web::HttpRequest& request, DatabaseThread& database, Meters& meters, Done done) {
  if (request.path != "/metrics") return done(plain_page(404, "There is /metrics here, and nothing else.\n"));
  if (request.method != "GET" && request.method != "HEAD") return done(plain_page(405, "GET it.\n"));
  database.run<Standing>(look, [&meters, done = std::move(done)](auto standing) {
    if (const auto* found = std::get_if<Standing>(&standing)) return done(exposition(meters.text(*found)));
    log_failure("counting for Prometheus", std::get<std::exception_ptr>(standing));
    done(plain_page(503, "The database does not answer just now.\n"));
  });
}

}  // namespace

MetricsServer::MetricsServer(boost::asio::io_context& io, const ListenAddress& address,
                             DatabaseThread& database, Meters& meters)
    : http_(
          io, address,
          [&database, &meters](auto request, auto done) {
            answer(request, database, meters, std::move(done));
          },
          most_connections) {}

EngineSettings counted(EngineSettings settings, Meters& meters) {
  settings.on_step = [&meters, also = std::move(settings.on_step)](const Introduction& before,
                                                                   const Step& step) {
    meters.count(step);
    if (also) also(before, step);
  };
  settings.on_letter = [&meters](LetterKind kind) { meters.count(kind); };
  return settings;
}

}  // namespace tertius::daemon
