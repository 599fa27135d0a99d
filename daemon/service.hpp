#pragma once
// The daemon: one I/O thread for HTTP, LMTP, SMTP, IMAP, timers and signals, one thread for the database.
// run() serves until stop() or SIGTERM, then drains: no new letters, pages or notices; what is under way is
// finished, for five seconds at most. What is not finished by then is safe: an unanswered letter comes again,
// a claimed notice's lease runs out.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "broker/result.hpp"
#include "daemon/engine.hpp"
#include "daemon/imap_loop.hpp"
#include "daemon/listen_address.hpp"
#include "daemon/maildir_loop.hpp"
#include "daemon/relay_pace.hpp"
#include "daemon/roles.hpp"
#include "daemon/smtp_sender.hpp"
#include "daemon/token_keeper.hpp"
#include "daemon/upkeep.hpp"
#include "mail/ports.hpp"
#include "storage/database_time.hpp"
#include "web/http.hpp"

namespace tertius::daemon {

struct TryRoom;

struct ServiceSettings {
  EngineSettings engine;
  DaemonRoles roles = every_role();
  std::shared_ptr<storage::DatabaseTime> time = {};  // engine.clock's, where it is the database's
  ListenAddress web;
  std::string web_proxy = {};  // daemon/client_network.hpp
  ListenAddress lmtp;
  std::optional<ListenAddress> metrics = std::nullopt;  // none: Prometheus is told nothing
  SmtpSenderSettings relay;
  std::string password_file = {};  // the relay's; read again when it is refused
  Rates rates = {};
  int bounce_stop = 0;  // bounce_watch.hpp
  UpkeepSettings upkeep = {};
  std::string maildir = {};                         // to take letters from; empty: none
  std::optional<ImapSettings> imap = std::nullopt;  // a mailbox to take letters from; its links are ours
  std::string database_url = {};                    // to read the network by; empty: it is not kept in memory
  std::string user_agent = "tertius";               // to webhooks
  std::optional<TokenSource> token_source = std::nullopt;       // OAuth2 for the relay
  std::optional<TokenSource> imap_token_source = std::nullopt;  // for the mailbox; none: as the relay's
  TryRoom* try_room = nullptr;        // the sandbox: its sender instead of the relay, and its pages
  std::size_t lmtp_connections = 50;  // at once; a mail server opens 20 to one destination (Postfix)
};

// What a reload has found; the templates have been replaced already.
struct Reloaded {
  ServiceSettings settings;  // of a configuration that differs from the running one in what can be reloaded
  std::shared_ptr<const void> templates_before;  // templates::replace_catalogue
  std::vector<std::string> taken, waiting;       // keys that have changed; `waiting` want a restart
};

class Service {
 public:
  // Throws where an address cannot be listened on. `db` is moved to the database thread.
  Service(storage::Database db, ServiceSettings settings);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // At SIGHUP; called on the I/O thread. What it throws or gives as a Failure changes nothing.
  void reload_by(std::function<Result<Reloaded>()> read);
  // Throws StorageError (too_new) where another program has made the schema one that this one may not touch.
  void run();
  void stop();  // from any thread
  // Something outside the database has changed what is due: the sandbox's clock.
  void poke();
  unsigned short web_port() const;   // 0 where it serves none
  unsigned short lmtp_port() const;  // the same

 private:
  struct Rooms;
  std::unique_ptr<Rooms> rooms_;
};

}  // namespace tertius::daemon
