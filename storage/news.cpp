#include "storage/news.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include "storage/drivers.hpp"

namespace tertius::storage {
namespace {

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct FreeNotify {
  void operator()(PGnotify* notify) const { PQfreemem(notify); }
};

StorageError lost(PGconn* connection) {
  return {StorageTrouble::busy, std::string("PostgreSQL: ") + PQerrorMessage(connection),
          "check that the server runs and that storage.url is right"};
}

}  // namespace

void tell_news(Database& db, DaemonId from) {
  if (!db.is_postgres()) return;
  db.run("SELECT pg_notify('tertius', $1)", {std::to_string(static_cast<std::int64_t>(from))});
}

struct NewsListener::Connection {
  std::unique_ptr<PGconn, Finish> to;
};

NewsListener::NewsListener(const std::string& url) : connection_(std::make_unique<Connection>()) {
  connection_->to.reset(connect_postgres(url));
  PGconn* to = connection_->to.get();
  PGresult* listening = PQexec(to, "LISTEN tertius");
  const bool good = PQresultStatus(listening) == PGRES_COMMAND_OK;
  PQclear(listening);
  if (!good) throw lost(to);
}

NewsListener::~NewsListener() = default;

bool NewsListener::wait(std::chrono::milliseconds longest, DaemonId self) {
  PGconn* to = connection_->to.get();
  pollfd socket{PQsocket(to), POLLIN, 0};
  if (::poll(&socket, 1, static_cast<int>(longest.count())) == 0) return false;
  if (PQconsumeInput(to) == 0 || PQstatus(to) != CONNECTION_OK) throw lost(to);
  const std::string own = std::to_string(static_cast<std::int64_t>(self));
  bool heard = false;
  while (const std::unique_ptr<PGnotify, FreeNotify> notify{PQnotifies(to)}) heard |= own != notify->extra;
  return heard;
}

}  // namespace tertius::storage
