#include "daemon/heartbeat.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>

#include "daemon/log.hpp"
#include "daemon/roles.hpp"
#include "daemon/this_machine.hpp"
#include "storage/leases.hpp"
#include "storage/migrate.hpp"
#include "storage/outbox.hpp"
#include "storage/paces.hpp"

namespace tertius::daemon {

namespace {

// Who died without a word is listed for this long, so that `tertius status` can tell of them.
constexpr std::chrono::hours remembered{1};

// A daemon that was killed on this machine had mails in its hands: they need not wait for half an hour.
void release_claims_of_the_dead(Engine& engine, const storage::DaemonRow& here) {
  for (const storage::DaemonRow& other : storage::daemons(engine.db)) {
    if (other.id == here.id || !has_ended(other, here, engine.now())) continue;
    const auto released = storage::release_claims_of(engine.db, other.id, engine.now());
    if (released > 0) log_info("released", "notices=" + std::to_string(released));
    engine.news |= released > 0;
    storage::sign_off(engine.db, other.id);
  }
}

int count_senders(Engine& engine) {
  const std::string_view name = daemon_roles[static_cast<std::size_t>(DaemonRole::send)].name;
  return static_cast<int>(std::ranges::count_if(
      storage::daemons(engine.db), [&, now = engine.now()](const storage::DaemonRow& daemon) {
        return storage::is_alive(daemon, now) && daemon.roles.find(name) != daemon.roles.npos;
      }));
}

bool is_too_old(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const storage::StorageError& e) {
    return e.trouble == storage::StorageTrouble::too_new;
  } catch (...) {
    return false;
  }
}

std::string what_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    return e.what();
  }
}

}  // namespace

Heartbeat::Heartbeat(boost::asio::io_context& io, DatabaseThread& database, HeartbeatSettings settings)
    : database_(database), settings_(std::make_shared<HeartbeatSettings>(std::move(settings))), timer_(io) {}

Heartbeat::Beat Heartbeat::beat_once(Engine& engine, HeartbeatSettings& settings) {
  storage::require_known_schema(engine.db);
  if (settings.time) settings.time->read(engine.db);
  const Time now = engine.now();
  settings.me.seen_at = now;
  if (settings.me.started_at == Time{}) settings.me.started_at = now;
  storage::see_daemon(engine.db, settings.me);
  release_claims_of_the_dead(engine, settings.me);
  storage::forget_daemons(engine.db, now - remembered);
  if (engine.db.is_postgres()) storage::forget_paces(engine.db, now);
  Beat out;
  for (const std::string& name : settings.leases)
    if (storage::take_lease(engine.db, name, settings.me.id, now, lease_length)) out.held.push_back(name);
  out.senders = count_senders(engine);
  return out;
}

void Heartbeat::start() { beat(); }

void Heartbeat::beat() {
  if (stopped_) return;
  database_.run<Beat>([settings = settings_](Engine& engine) { return beat_once(engine, *settings); },
                      [this](auto answer) { take(std::move(answer)); });
}

void Heartbeat::take(Answer_of<Beat> answer) {
  if (const auto* error = std::get_if<std::exception_ptr>(&answer)) {
    if (is_too_old(*error)) return on_too_old(what_of(*error));
    if (!failed_) log_failure("saying that we are here", *error);
    failed_ = true;
    return sleep();
  }
  failed_ = false;
  auto& held = std::get<Beat>(answer).held;
  on_senders(std::get<Beat>(answer).senders);
  const auto has = [](const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
  };
  for (const std::string& name : settings_->leases) {
    const bool is_ours = has(held, name);
    if (is_ours == has(held_, name)) continue;
    log_info("lease", "name=" + log_value(name) + (is_ours ? " held=yes" : " held=no"));
    on_lease(name, is_ours);
  }
  held_ = std::move(held);
  sleep();
}

void Heartbeat::sleep() {
  if (stopped_) return;
  timer_.expires_after(between_beats);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) beat();
  });
}

void Heartbeat::stop() {
  if (stopped_) return;
  stopped_ = true;
  timer_.cancel();
  database_.run<std::monostate>(
      [id = settings_->me.id](Engine& engine) {
        storage::sign_off(engine.db, id);
        return std::monostate{};
      },
      [this](auto) {  // where it fails the leases run out by themselves
        signed_off_ = true;
        on_signed_off();
      });
}

}  // namespace tertius::daemon
