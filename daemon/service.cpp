#include "daemon/service.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <thread>

#include "daemon/alerts.hpp"
#include "daemon/book_loop.hpp"
#include "daemon/database_thread.hpp"
#include "daemon/desk.hpp"
#include "daemon/http_server.hpp"
#include "daemon/import_loop.hpp"
#include "daemon/lmtp_server.hpp"
#include "daemon/log.hpp"
#include "daemon/loops.hpp"
#include "daemon/network_keeper.hpp"
#include "daemon/notify.hpp"
#include "daemon/receiving.hpp"
#include "daemon/secret_file.hpp"
#include "daemon/taking_letters.hpp"
#include "daemon/try_client.hpp"
#include "daemon/try_pages.hpp"
#include "daemon/watchdog.hpp"
#include "daemon/webhook_loop.hpp"
#include "web/api_pace.hpp"
#include "web/api_router.hpp"
#include "web/api_secret.hpp"
#include "web/pace.hpp"
#include "web/router.hpp"
#include "web/upload.hpp"

namespace tertius::daemon {

namespace {

namespace asio = boost::asio;

// Together five seconds, so that a stop never waits for a silent relay.
constexpr std::chrono::seconds longest_drain{4};
constexpr std::chrono::seconds last_word{1};

// How long a worker may be at one thing: an import of the largest file, a wait for another program's lock;
// and the fifteen seconds of a webhook. A relay may take as long as a claim on a mail holds.
constexpr std::chrono::minutes database_patience{5}, webhook_patience{5};

web::HttpResponse plain(int status, std::string text) {
  web::HttpResponse out;
  out.status = status;
  out.content_type = "text/plain; charset=utf-8";
  out.body = std::move(text);
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

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

struct Service::Rooms {
  Rooms(storage::Database db_, ServiceSettings settings_)
      : settings(std::move(settings_)),
        network(keep_network(settings.database_url, settings.engine.network)),
        db(std::move(db_)),
        signals(io, SIGTERM, SIGINT),
        hangups(io),
        drain_limit(io),
        smtp(io, settings.relay),
        database(
            {db, settings.engine}, [this](auto job) { asio::post(io, std::move(job)); },
            [this] { asio::post(io, [this] { poke(); }); }),
        outbox(io, database, settings.engine,
               settings.try_room ? settings.try_room->sandbox.sender() : smtp.sender(),
               claims_per_connection * static_cast<int>(settings.relay.connections), settings.rates),
        deadlines(io, database),
        imports(io, database),
        books(io, database,
              {settings.engine.links.keys, settings.user_agent, settings.engine.private_address_books}),
        webhooks(io, database, settings.engine.clock,
                 {settings.user_agent, settings.engine.private_webhooks}),
        http(io, settings.web,
             [this](auto request, auto done) { answer(std::move(request), std::move(done)); }),
        lmtp(io, lmtp_settings(settings), lmtp_handlers()) {
    http.trust_proxy(settings.web_proxy);
    http.take_uploads({web::most_upload_bytes, web::is_upload, [this](auto request, auto admit) {
                         admit_upload(std::move(request), std::move(admit));
                       }});
    outbox.on_refused = [this] { read_password_again(); };
    if (settings.token_source) keep_token();
  }

  // The operator may have written the new one since.
  void read_password_again() {
    if (settings.password_file.empty()) return;
    auto read = read_secret_file(settings.password_file);
    if (!read || read.value() == settings.relay.relay.password) return;
    settings.relay.relay.password = read.value();
    smtp.set_password(std::move(read).value());
    outbox.try_again();
  }

  void keep_token() {
    TokenHooks hooks;
    hooks.told = [this](Result<std::string> fetched) {
      const bool good = fetched.has_value();
      smtp.set_bearer(std::move(fetched));
      if (good) outbox.try_again();
    };
    hooks.alarmed = [this](const Failure& failure) { alarm(failure); };
    token.emplace(io, *settings.token_source, std::move(hooks));
    outbox.on_refused = [this] { token->renew(); };
    token->start();
  }

  void alarm(const Failure& failure) {
    database.run<std::monostate>(
        [failure](Engine& engine) {
          post_alert(engine, wording("The login at the relay wants a hand"),
                     {verbatim(failure.what), verbatim(failure.hint)});
          return std::monostate{};
        },
        [](auto) {});
  }

  void poke() {
    outbox.poke();
    deadlines.poke();
    imports.poke();
    books.poke();
    webhooks.poke();
  }

  // ---- pages ----

  using Done = std::function<void(web::HttpResponse)>;

  void answer(web::HttpRequest request, Done done) {
    if (request.path == "/healthz") return answer_health(std::move(done));
    if (settings.try_room && (request.path == "/try" || request.path.starts_with("/try/")))
      return answer_try_page(std::move(request), std::move(done));
    const bool sandbox = settings.try_room != nullptr;
    auto shared = std::make_shared<web::HttpRequest>(std::move(request));
    database.run<web::HttpResponse>(
        [this, shared, sandbox](Engine& engine) {
          web::Desk desk = make_desk(engine, sandbox);
          desk.api_pace = &api_pace;
          if (!sandbox) desk.pace = &pace;  // everybody there is one person
          return web::respond(*shared, desk);
        },
        [this, shared, done = std::move(done)](auto response) {
          const bool failed = std::holds_alternative<std::exception_ptr>(response);
          auto page = page_or_sorry(std::move(response));
          const bool is_api = web::is_api_path(shared->path);
          done(failed && is_api ? web::api_sorry(settings.engine.links) : std::move(page));
        });
  }

  // Before a long body is read: is it a member's?
  void admit_upload(web::HttpRequest request, std::function<void(bool)> admit) {
    auto shared = std::make_shared<web::HttpRequest>(std::move(request));
    database.run<bool>(
        [shared](Engine& engine) {
          web::Desk desk = make_desk(engine);
          return web::may_upload(*shared, desk);
        },
        [admit = std::move(admit)](auto answer) {
          const bool* may = std::get_if<bool>(&answer);
          admit(may != nullptr && *may);
        });
  }

  static web::HttpResponse page_or_sorry(Answer_of<web::HttpResponse> answer) {
    if (auto* response = std::get_if<web::HttpResponse>(&answer)) return std::move(*response);
    log_failure("answering a page", std::get<std::exception_ptr>(answer));
    return plain(
        503, "The database does not answer just now. Nothing was changed; please try again in a minute.\n");
  }

  void answer_health(Done done) {
    database.run<bool>([](Engine& engine) { return engine.db.row("SELECT 1").has_value(); },
                       [done = std::move(done)](auto healthy) {
                         const bool good = std::holds_alternative<bool>(healthy);
                         done(plain(good ? 200 : 503, good ? "ok\n" : "the database does not answer\n"));
                       });
  }

  void answer_try_page(web::HttpRequest request, Done done) {
    auto shared = std::make_shared<web::HttpRequest>(std::move(request));
    database.run<TryAnswer>(
        [this, shared](Engine& engine) { return answer_try(engine, *settings.try_room, *shared); },
        [this, done = std::move(done)](auto answer) {
          poke();  // the clock may have moved
          if (std::holds_alternative<std::exception_ptr>(answer))
            return done(page_or_sorry(std::get<std::exception_ptr>(answer)));
          TryAnswer& given = std::get<TryAnswer>(answer);
          if (auto* response = std::get_if<web::HttpResponse>(&given)) return done(std::move(*response));
          deliver_from_page(std::move(std::get<TryLetter>(given)), done);
        });
  }

  // What somebody in the sandbox wrote goes through the LMTP server as all letters do, from a thread of its
  // own: the client blocks, and the server it waits for is served by this one.
  void deliver_from_page(TryLetter letter, Done done) {
    const ListenAddress server{settings.lmtp.path, settings.lmtp.host, lmtp.port()};
    std::thread([this, server, letter = std::move(letter), done = std::move(done)] {
      const std::string reply = send_lmtp(server, letter.sender, letter.recipient, letter.bytes);
      asio::post(io, [reply, letter, done] {
        if (reply.starts_with("2")) return done(web::see_other(letter.then));
        done(plain(502, "The letter was not taken: " + reply + "\n"));
      });
    }).detach();
  }

  // ---- letters ----

  LmtpHandlers lmtp_handlers() {
    LmtpHandlers out;
    out.knows = [this](const std::string& recipient) {
      return knows_recipient(settings.engine.links, recipient);
    };
    out.deliver = [this](mail::ReceivedLetter letter, LmtpHandlers::Verdicts done) {
      take_letter(database, std::move(letter), std::move(done));
    };
    return out;
  }

  // ---- SIGHUP ----

  void await_hangup() {
    hangups.async_wait([this](boost::system::error_code error, int) {
      if (error || draining) return;
      await_hangup();
      reload();
    });
  }

  void reload() {
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
  void take(Reloaded fresh) {
    keep_what_runs(fresh.settings.engine);
    settings.engine = fresh.settings.engine;
    outbox.set(settings.engine, fresh.settings.rates);
    books.set_keys(settings.engine.links.keys);
    http.trust_proxy(fresh.settings.web_proxy);
    settings.password_file = fresh.settings.password_file;
    read_password_again();
    if (token) token->renew();
    database.run<std::monostate>(
        [engine = settings.engine, before = std::move(fresh.templates_before)](Engine& there) {
          there.settings = engine;
          return std::monostate{};
        },
        [this](auto) {
          if (!draining) notify_ready(status());
        });
  }

  void keep_what_runs(EngineSettings& fresh) const {
    const EngineSettings& now = settings.engine;
    fresh.network = now.network;
    fresh.long_ways = now.long_ways;
    fresh.clock = now.clock;
    fresh.ids = now.ids;
    fresh.on_step = now.on_step;
  }

  // ---- is it getting on? ----

  void watch() {
    const auto interval = watchdog_interval();
    if (!interval) return;
    WatchdogHooks hooks;
    hooks.workers = [this] {
      return std::vector<Worker>{
          {"the database", database.finished(), database.has_work(), database_patience},
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

  std::string status() const {
    const std::string letters =
        settings.lmtp.path.empty() ? "port " + std::to_string(lmtp.port()) : settings.lmtp.path;
    const std::string restart = waiting.empty() ? "" : "; changed, and wants a restart: " + waiting;
    return "Serving pages on port " + std::to_string(http.port()) + ", letters on " + letters + restart;
  }

  // ---- the end ----

  void drain() {
    if (draining) return;
    draining = true;
    log_info("stopping");
    notify_stopping("Finishing what is under way");
    if (token) token->stop();
    http.drain([this] {
      http_drained = true;
      end_if_drained();
    });
    deadlines.stop();
    imports.stop();
    books.stop();
    webhooks.stop();
    outbox.stop();
    drain_limit.expires_after(longest_drain);
    drain_limit.async_wait([this](boost::system::error_code error) {
      if (!error) cut_short();
    });
    lmtp.drain([this] {
      lmtp_drained = true;
      end_if_drained();
    });
    smtp.drain([this] {
      smtp_drained = true;
      end_if_drained();
    });
    outbox.on_idle = webhooks.on_idle = [this] { end_if_drained(); };
    end_if_drained();
  }

  // What hangs behind a silent relay gets its result now, ambiguous where its dot has gone out, and the
  // result is kept: unsettled, it would be sent again at the next start without the wait that an ambiguous
  // mail has.
  void cut_short() {
    drain_limit.expires_after(last_word);
    drain_limit.async_wait([this](boost::system::error_code error) {
      if (!error) io.stop();
    });
    http_drained = lmtp_drained = smtp_drained = true;
    smtp.close();
    webhooks.close();
    end_if_drained();
  }

  void end_if_drained() {
    if (http_drained && lmtp_drained && smtp_drained && outbox.is_idle() && webhooks.is_idle()) io.stop();
  }

  ServiceSettings settings;
  std::unique_ptr<NetworkKeeper> network;
  storage::Database db;
  asio::io_context io{1};
  asio::signal_set signals, hangups;
  asio::steady_timer drain_limit;
  SmtpSender smtp;
  web::ApiPace api_pace;                  // the database thread's
  web::Pace pace{web::new_api_secret()};  // the database thread's too
  DatabaseThread database;
  OutboxLoop outbox;
  DeadlineLoop deadlines;
  ImportLoop imports;
  BookLoop books;
  WebhookLoop webhooks;
  HttpServer http;
  LmtpServer lmtp;
  std::optional<TokenKeeper> token;
  std::optional<Watchdog> watchdog;
  std::function<Result<Reloaded>()> read_again;
  std::string waiting;  // keys for the next start
  bool draining = false, http_drained = false, lmtp_drained = false, smtp_drained = false;
};

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
  rooms_->poke();
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
}

void Service::stop() {
  asio::post(rooms_->io, [this] { rooms_->drain(); });
}

void Service::poke() {
  asio::post(rooms_->io, [this] { rooms_->poke(); });
}

unsigned short Service::web_port() const { return rooms_->http.port(); }
unsigned short Service::lmtp_port() const { return rooms_->lmtp.port(); }

}  // namespace tertius::daemon
