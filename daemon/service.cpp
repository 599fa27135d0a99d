#include "daemon/service.hpp"

#include <boost/asio/post.hpp>
#include <csignal>

#include "daemon/alerts.hpp"
#include "daemon/log.hpp"
#include "daemon/notify.hpp"
#include "daemon/receiving.hpp"
#include "daemon/secret_file.hpp"
#include "daemon/service_rooms.hpp"
#include "daemon/taking_letters.hpp"

namespace tertius::daemon {

namespace {

namespace asio = boost::asio;

// Together five seconds, so that a stop never waits for a silent relay.
constexpr std::chrono::seconds longest_drain{4};
constexpr std::chrono::seconds last_word{1};

LmtpServerSettings lmtp_settings(const ServiceSettings& settings) {
  LmtpServerSettings out;
  out.socket_path = settings.lmtp.path;
  if (!settings.lmtp.host.empty()) out.address = settings.lmtp.host;
  out.port = settings.lmtp.port;
  out.handed_in = settings.lmtp.handed_in;
  out.host = settings.engine.links.domain;
  out.connections = settings.lmtp_connections;
  return out;
}

}  // namespace

Service::Rooms::Rooms(storage::Database db_, ServiceSettings settings_)
    : settings(std::move(settings_)),
      network(keep_network(settings.database_url, settings.engine.network)),
      db(std::move(db_)),
      signals(io, SIGTERM, SIGINT),
      hangups(io),
      drain_limit(io),
      smtp(io, settings.relay),
      meters(settings.user_agent),
      database(
          {db, settings.engine = counted(settings.engine, meters)},
          [this](auto job) { asio::post(io, std::move(job)); },
          [this] { asio::post(io, [this] { poke(); }); }, [this](auto took) { meters.time_commit(took); }),
      outbox(io, database, settings.engine,
             settings.try_room ? settings.try_room->sandbox.sender() : smtp.sender(),
             claims_per_connection * static_cast<int>(settings.relay.connections), settings.rates,
             settings.bounce_stop),
      deadlines(io, database),
      imports(io, database),
      books(io, database,
            {settings.engine.links.keys, settings.user_agent, settings.engine.private_address_books}),
      upkeep(io, database, settings.upkeep),
      retention(io, database, settings.upkeep.retention),
      webhooks(io, database, settings.engine.clock, {settings.user_agent, settings.engine.private_webhooks}) {
  open_doors();
  outbox.on_refused = [this] { read_password_again(); };
  outbox.on_unsettled = [this] { smtp.give_back(); };
  outbox.on_full = [this](bool full) { smtp.hold(full); };
  outbox.on_delivery = [this](Delivery delivery) { meters.count(delivery); };
  retention.on_pass = [this](const storage::RetentionPass& pass) { meters.count(pass); };
  if (settings.metrics) metrics.emplace(io, *settings.metrics, database, meters);
  if (!settings.maildir.empty() && does(DaemonRole::imap))
    maildir.emplace(io, database, MailboxSettings{settings.maildir, settings.engine.links});
  if (settings.imap && does(DaemonRole::imap)) collect_by_imap();
  if (settings.token_source && (does(DaemonRole::send) || imap)) keep_token();
  if (settings.engine.daemon != storage::DaemonId{}) join_others();
}

void Service::Rooms::open_doors() {
  if (does(DaemonRole::lmtp)) lmtp.emplace(io, lmtp_settings(settings), lmtp_handlers());
  if (!does(DaemonRole::web)) return;
  http.emplace(io, settings.web,
               [this](auto request, auto done) { answer(std::move(request), std::move(done)); });
  http->trust_proxy(settings.web_proxy);
  take_uploads();
}

void Service::Rooms::collect_by_imap() {
  settings.imap->links = settings.engine.links;
  settings.imap->clock = settings.engine.clock;  // the database's
  imap.emplace(io, database, *settings.imap);
  imap->on_refused = [this] { (imap_token ? imap_token : token)->renew(); };
  if (!settings.imap_token_source) return;
  TokenHooks hooks;
  hooks.told = [this](Result<std::string> fetched) {
    if (!fetched) alarm(wording("The login at the mailbox wants a hand"), fetched.error());
    imap->set_bearer(std::move(fetched));
  };
  hooks.alarmed = [this](const Failure& failure) {
    alarm(wording("The login at the mailbox wants a hand"), failure);
  };
  imap_token.emplace(io, *settings.imap_token_source, std::move(hooks));
  imap_token->start();
}

// The operator may have written the new one since.
void Service::Rooms::read_password_again() {
  if (settings.password_file.empty()) return;
  auto read = read_secret_file(settings.password_file);
  if (!read || read.value() == settings.relay.relay.password) return;
  settings.relay.relay.password = read.value();
  smtp.set_password(std::move(read).value());
  send_again();
}

// The keeper of the token may be here for the mailbox alone.
void Service::Rooms::send_again() {
  if (does(DaemonRole::send)) outbox.try_again();
}

void Service::Rooms::keep_token() {
  TokenHooks hooks;
  hooks.told = [this](Result<std::string> fetched) {
    const bool good = fetched.has_value(), reads = imap && settings.imap->wants_bearer && !imap_token;
    // Of the relay's login the operator hears when a mail is due; without letters few are.
    if (!good && reads) alarm(wording("The login at the mailbox wants a hand"), fetched.error());
    if (reads) imap->set_bearer(fetched);
    smtp.set_bearer(std::move(fetched));
    if (good) send_again();
  };
  hooks.alarmed = [this](const Failure& failure) {
    alarm(does(DaemonRole::send) ? wording("The login at the relay wants a hand")
                                 : wording("The login at the mailbox wants a hand"),
          failure);
  };
  token.emplace(io, *settings.token_source, std::move(hooks));
  outbox.on_refused = [this] { token->renew(); };
  token->start();
}

void Service::Rooms::alarm(const Wording& what, const Failure& failure) {
  database.run<std::monostate>(
      [what, failure](Engine& engine) {
        post_alert(engine, what, {verbatim(failure.what), verbatim(failure.hint)});
        return std::monostate{};
      },
      [](auto) {});
}

void Service::Rooms::poke() {
  if (does(DaemonRole::send)) outbox.poke();
  if (!does(DaemonRole::clock)) return;
  deadlines.poke();
  imports.poke();
  books.poke();
  webhooks.poke();
}

LmtpHandlers Service::Rooms::lmtp_handlers() {
  LmtpHandlers out;
  out.knows = [this](const std::string& recipient) {
    return knows_recipient(settings.engine.links, recipient);
  };
  out.deliver = [this](mail::ReceivedLetter letter, LmtpHandlers::Verdicts done) {
    take_letter(database, std::move(letter), std::move(done));
  };
  return out;
}

void Service::Rooms::drain() {
  if (draining) return;
  draining = true;
  log_info("stopping");
  notify_stopping("Finishing what is under way");
  if (token) token->stop();
  if (imap_token) imap_token->stop();
  http_drained = !http;
  if (http)
    http->drain([this] {
      http_drained = true;
      end_if_drained();
    });
  if (metrics) metrics->stop();
  deadlines.stop();
  imports.stop();
  books.stop();
  upkeep.stop();
  retention.stop();
  if (maildir) maildir->stop();
  if (imap) imap->stop();
  webhooks.stop();
  outbox.stop();
  if (heartbeat) heartbeat->stop();
  drain_limit.expires_after(longest_drain);
  drain_limit.async_wait([this](boost::system::error_code error) {
    if (!error) cut_short();
  });
  lmtp_drained = !lmtp;
  if (lmtp)
    lmtp->drain([this] {
      lmtp_drained = true;
      end_if_drained();
    });
  smtp.drain([this] {
    smtp_drained = true;
    end_if_drained();
  });
  outbox.on_idle = webhooks.on_idle = [this] { end_if_drained(); };
  if (imap) imap->on_idle = [this] { end_if_drained(); };
  end_if_drained();
}

// What hangs behind a silent relay gets its result now, ambiguous where its dot has gone out, and the
// result is kept: unsettled, it would be sent again at the next start without the wait that an ambiguous
// mail has.
void Service::Rooms::cut_short() {
  drain_limit.expires_after(last_word);
  drain_limit.async_wait([this](boost::system::error_code error) {
    if (!error) io.stop();
  });
  http_drained = lmtp_drained = smtp_drained = true;
  smtp.close();
  webhooks.close();
  if (imap) imap->close();
  end_if_drained();
}

void Service::Rooms::end_if_drained() {
  const bool signed_off = !heartbeat || heartbeat->has_signed_off();
  if (http_drained && lmtp_drained && smtp_drained && outbox.is_idle() && webhooks.is_idle() &&
      (!imap || imap->is_idle()) && signed_off)
    io.stop();
}

Service::Service(storage::Database db, ServiceSettings settings)
    : rooms_(std::make_unique<Rooms>(std::move(db), std::move(settings))) {}
Service::~Service() = default;

void Service::reload_by(std::function<Result<Reloaded>()> read) {
  rooms_->read_again = std::move(read);
  rooms_->hangups.add(SIGHUP);
  rooms_->await_hangup();
}

void Service::run() {
  rooms_->signals.async_wait([this](boost::system::error_code error, int) {
    if (!error) rooms_->drain();
  });
  if (rooms_->heartbeat) rooms_->heartbeat->start();
  rooms_->poke();
  if (!rooms_->settings.try_room && rooms_->does(DaemonRole::clock)) {
    rooms_->upkeep.start();
    rooms_->retention.start();
  }
  if (rooms_->maildir) rooms_->maildir->start();
  if (rooms_->imap) rooms_->imap->start();
  rooms_->watch();
  notify_ready(rooms_->status());
  log_info("ready", "web_port=" + std::to_string(web_port()) + " lmtp_port=" + std::to_string(lmtp_port()));
  // A request or a turn of a loop that throws has failed; the others go on.
  while (true) {
    try {
      rooms_->io.run();
      break;
    } catch (const std::exception&) {
      log_failure("an I/O handler", std::current_exception());
    }
  }
  log_info("stopped");
  if (!rooms_->too_old.empty())
    throw storage::StorageError(storage::StorageTrouble::too_new, rooms_->too_old);
}

void Service::stop() {
  asio::post(rooms_->io, [this] { rooms_->drain(); });
}

void Service::poke() {
  asio::post(rooms_->io, [this] { rooms_->poke(); });
}

unsigned short Service::web_port() const { return rooms_->http ? rooms_->http->port() : 0; }
unsigned short Service::lmtp_port() const { return rooms_->lmtp ? rooms_->lmtp->port() : 0; }

}  // namespace tertius::daemon
