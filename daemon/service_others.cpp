// This daemon and the others of its database: who is there, who does what only one may do.
#include <boost/asio/post.hpp>

#include "daemon/log.hpp"
#include "daemon/notify.hpp"
#include "daemon/service_rooms.hpp"
#include "daemon/this_machine.hpp"
#include "storage/migrate.hpp"

namespace tertius::daemon {

HeartbeatSettings Service::Rooms::heartbeat_settings() const {
  HeartbeatSettings out;
  out.me = this_process();
  out.me.id = settings.engine.daemon;
  out.me.version = settings.user_agent;
  out.me.knows_schema = storage::newest_known_schema();
  out.me.roles = text(settings.roles);
  if (does(DaemonRole::clock)) out.leases.emplace_back(clock_lease);
  if (imap) out.leases.push_back(imap->lease());
  out.time = settings.time;
  return out;
}

void Service::Rooms::join_others() {
  heartbeat.emplace(io, database, heartbeat_settings());
  heartbeat->on_too_old = [this](const std::string& why) {
    log_error("schema", "why=" + log_value(why));
    notify_status("Ends: " + why);
    too_old = why;
    drain();
  };
  if (imap) imap->hold(false);
  heartbeat->on_lease = [this](const std::string& name, bool held) {
    if (imap && name == imap->lease()) imap->hold(held && !draining);
  };
  heartbeat->on_senders = [this](int senders) { outbox.share(senders); };
  heartbeat->on_signed_off = [this] { end_if_drained(); };
  if (!db.is_postgres()) return;
  ear.emplace(settings.database_url, settings.engine.daemon,
              [this] { boost::asio::post(io, [this] { poke(); }); });
}

}  // namespace tertius::daemon
