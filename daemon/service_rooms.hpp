#pragma once
// The daemon's loops and servers, and what they share; for service*.cpp alone. One I/O thread but for what
// says otherwise. Members are destroyed in reverse: the servers before the database thread they ask.

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/book_loop.hpp"
#include "daemon/database_thread.hpp"
#include "daemon/heartbeat.hpp"
#include "daemon/http_server.hpp"
#include "daemon/imap_loop.hpp"
#include "daemon/import_loop.hpp"
#include "daemon/lmtp_server.hpp"
#include "daemon/loops.hpp"
#include "daemon/metrics_server.hpp"
#include "daemon/network_keeper.hpp"
#include "daemon/news_ear.hpp"
#include "daemon/retention_loop.hpp"
#include "daemon/service.hpp"
#include "daemon/try_pages.hpp"
#include "daemon/watchdog.hpp"
#include "daemon/webhook_loop.hpp"
#include "web/api_secret.hpp"
#include "web/desk.hpp"
#include "web/pace.hpp"

namespace tertius::daemon {

struct Service::Rooms {
  Rooms(storage::Database db_, ServiceSettings settings_);
  void read_password_again();
  void keep_token();
  void send_again();
  void collect_by_imap();
  void alarm(const Wording& what, const Failure& failure);
  bool does(DaemonRole role) const { return has_role(settings.roles, role); }
  void open_doors();
  void join_others();
  HeartbeatSettings heartbeat_settings() const;
  web::TakePace pace_of(Engine& engine);
  void poke();
  using Done = std::function<void(web::HttpResponse)>;
  void answer(web::HttpRequest request, Done done);
  void take_uploads();
  using Refuse = std::optional<web::HttpResponse> (*)(const web::HttpRequest&, web::Desk&);
  void admit_upload(web::HttpRequest request, Refuse refuse, Uploads::Admitted admitted);
  void answer_inbound(web::HttpRequest request, Done done);
  void take_inbound(web::HttpRequest request, const Done& done);
  static web::HttpResponse page_or_sorry(Answer_of<web::HttpResponse> answer);
  void answer_health(Done done);
  void answer_try_page(web::HttpRequest request, Done done);
  void deliver_from_page(TryLetter letter, Done done);
  LmtpHandlers lmtp_handlers();
  void await_hangup();
  void reload();
  void take(Reloaded fresh);
  void reload_imap(const ServiceSettings& fresh);
  void keep_what_runs(EngineSettings& fresh) const;
  void watch();
  std::string status() const;
  void drain();
  void cut_short();
  void end_if_drained();

  ServiceSettings settings;
  std::unique_ptr<NetworkKeeper> network;
  storage::Database db;
  boost::asio::io_context io{1};
  boost::asio::signal_set signals, hangups;
  boost::asio::steady_timer drain_limit;
  SmtpSender smtp;
  Meters meters;
  web::Pace pace{web::new_api_secret()};  // the database thread's; of a daemon that is by itself
  DatabaseThread database;
  OutboxLoop outbox;
  DeadlineLoop deadlines;
  ImportLoop imports;
  BookLoop books;
  UpkeepLoop upkeep;
  RetentionLoop retention;
  WebhookLoop webhooks;
  std::optional<HttpServer> http;
  std::optional<LmtpServer> lmtp;
  std::optional<MetricsServer> metrics;
  std::optional<MaildirLoop> maildir;
  std::optional<ImapLoop> imap;
  std::optional<TokenKeeper> token, imap_token;
  std::optional<Watchdog> watchdog;
  std::optional<Heartbeat> heartbeat;
  std::optional<NewsEar> ear;
  std::function<Result<Reloaded>()> read_again;
  std::string waiting;  // keys for the next start
  std::string too_old;  // why this program has to end
  bool draining = false, http_drained = false, lmtp_drained = false, smtp_drained = false;
};

}  // namespace tertius::daemon
