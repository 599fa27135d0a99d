// While it runs: SIGHUP reads the configuration again, the watchdog is fed while work gets done.
#include "daemon/log.hpp"
#include "daemon/notify.hpp"
#include "daemon/service_rooms.hpp"
#include "storage/audit.hpp"

namespace tertius::daemon {

namespace {

// How long a worker may be at one thing: an import of the largest file, a wait for another program's lock;
// and the fifteen seconds of a webhook. A relay may take as long as a claim on a mail holds.
constexpr std::chrono::minutes database_patience{5}, webhook_patience{5};

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

}  // namespace

void Service::Rooms::await_hangup() {
  hangups.async_wait([this](boost::system::error_code error, int) {
    if (error || draining) return;
    await_hangup();
    reload();
  });
}

void Service::Rooms::reload() {
  notify_reloading();
  auto found = read_again();
  if (!found) {
    const auto& [what, hint] = found.error();
    log_error("reload", "why=" + log_value(what) + " hint=" + log_value(hint));
    return notify_ready(status() + ". Not reloaded: " + what);
  }
  Reloaded& fresh = found.value();
  waiting = joined(fresh.waiting);
  log_info("reload", "changed=" + log_value(joined(fresh.taken)) + " wants_restart=" + log_value(waiting));
  take(std::move(fresh));
}

// The database thread has the engine; READY is said when it has the new settings too.
void Service::Rooms::take(Reloaded fresh) {
  keep_what_runs(fresh.settings.engine);
  settings.engine = fresh.settings.engine;
  outbox.set(settings.engine, fresh.settings.rates);
  books.set_keys(settings.engine.links.keys);
  if (maildir) maildir->set_links(settings.engine.links);
  if (!settings.try_room && does(DaemonRole::clock)) retention.set(fresh.settings.upkeep.retention);
  if (http) http->trust_proxy(fresh.settings.web_proxy);
  settings.password_file = fresh.settings.password_file;
  read_password_again();
  if (token) token->renew();
  if (imap_token) imap_token->renew();
  if (imap) reload_imap(fresh.settings);
  database.run<std::monostate>(
      [engine = settings.engine, before = std::move(fresh.templates_before),
       keys = joined(fresh.taken)](Engine& there) {
        there.settings = engine;
        storage::note_audit(there.db, there.now(), storage::by_operator, storage::AuditAct::reloaded, keys);
        return std::monostate{};
      },
      [this](auto) {
        if (!draining) notify_ready(status());
      });
}

void Service::Rooms::reload_imap(const ServiceSettings& fresh) {
  imap->set_links(settings.engine.links);
  if (fresh.imap) imap->set_password_file(fresh.imap->password_file);
  imap->try_again();
}

void Service::Rooms::keep_what_runs(EngineSettings& fresh) const {
  const EngineSettings& now = settings.engine;
  fresh.network = now.network;
  fresh.long_ways = now.long_ways;
  fresh.daemon = now.daemon;
  fresh.clock = now.clock;
  fresh.ids = now.ids;
  fresh.on_step = now.on_step;
  fresh.on_letter = now.on_letter;
}

void Service::Rooms::watch() {
  const auto interval = watchdog_interval();
  if (!interval) return;
  WatchdogHooks hooks;
  hooks.workers = [this] {
    return std::vector<Worker>{{"the database", database.finished(), database.has_work(), database_patience},
                               {"the relay", outbox.answered(), outbox.has_sent(), outbox_lease},
                               {"the webhooks", webhooks.finished(), !webhooks.is_idle(), webhook_patience}};
  };
  hooks.feed = feed_watchdog;
  hooks.stalled = [](std::string_view who) {
    log_error("stalled", "who=" + log_value(who));
    notify_status("Stalled: " + std::string(who) + " finishes nothing");
  };
  hooks.moving = [this] {
    log_info("moving");
    notify_status(status());
  };
  // Half of it, so that one look may come late.
  watchdog.emplace(io, *interval / 2, std::move(hooks));
}

std::string Service::Rooms::status() const {
  std::string out = settings.roles == every_role() ? "Serving" : "Doing " + text(settings.roles) + ";";
  if (http) out += " pages on port " + std::to_string(http->port());
  if (http && lmtp) out += ",";
  if (lmtp)
    out += " letters on " +
           (settings.lmtp.path.empty() ? "port " + std::to_string(lmtp->port()) : settings.lmtp.path);
  return waiting.empty() ? out : out + "; changed, and wants a restart: " + waiting;
}

}  // namespace tertius::daemon
