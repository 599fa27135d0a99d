#pragma once
// Carries mails to one relay over a pool of connections: mail::Sender for the outbox. Every mail gets exactly
// one result, on the io_context's thread. A mail lost before its dot, or met by 421, is tried once more at
// once on a fresh connection; a relay that cannot be reached, or refuses our login, answers for all that
// wait. No retries beyond that: the outbox keeps the schedule.

#include <functional>
#include <memory>

#include "broker/result.hpp"
#include "daemon/relay_connection.hpp"
#include "mail/door.hpp"
#include "mail/ports.hpp"

namespace tertius::daemon {

struct SmtpSenderSettings {
  mail::DoorSettings relay;
  std::size_t connections = 4;
  bool wants_bearer = false;
  RelayLimits limits;
};

class SmtpSender {
 public:
  SmtpSender(boost::asio::io_context& context, SmtpSenderSettings settings);
  ~SmtpSender();  // as close()
  SmtpSender(const SmtpSender&) = delete;
  SmtpSender& operator=(const SmtpSender&) = delete;

  // May be kept longer than this object: afterwards it answers `unharmed`.
  mail::Sender sender();

  void set_password(std::string password);  // for connections from now on
  // For a relay that wants OAuth2 (wants_bearer): until the first token comes mails wait, and where none is
  // to be had they come back unharmed, with the reason.
  void set_bearer(Result<std::string> token);

  // What waits for a connection comes back unharmed; what is under way goes on.
  void give_back();
  // While it holds, no further mail is begun.
  void hold(bool holds);
  // Takes no more, gives back unharmed what has not been started, lets what is under way finish; then calls
  // `done`.
  void drain(std::function<void()> done);
  // Now: mails under way end as unharmed or, behind their dot, ambiguous.
  void close();

  std::size_t waiting() const;  // mails not yet on a connection
  std::size_t connections() const;

 private:
  class Pool;
  std::shared_ptr<Pool> pool_;
};

}  // namespace tertius::daemon
