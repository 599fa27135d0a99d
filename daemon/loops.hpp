#pragma once
// What runs by itself on the I/O thread: the outbox and the deadlines. Each asks the database thread what is
// due, does it, and sleeps until the next is due or something is committed; at most five seconds, since a
// command line tool may have put something there.

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <set>
#include <vector>

#include "daemon/bounce_watch.hpp"
#include "daemon/database_thread.hpp"
#include "daemon/relay_pace.hpp"
#include "daemon/sending.hpp"
#include "mail/ports.hpp"

namespace tertius::daemon {

inline constexpr std::chrono::seconds longest_sleep{5};

// How many notices are claimed for each connection. They wait behind one another for a relay that is quick,
// so that a commit is there for many of them; a relay that is slow gives them back before their leases run
// out (RelayLimits::longest_wait).
inline constexpr int claims_per_connection = 16;

class OutboxLoop {
 public:
  OutboxLoop(boost::asio::io_context& io, DatabaseThread& database, EngineSettings settings,
             mail::Sender sender, int at_once, Rates rates = {},
             int bounce_stop = 0);  // at_once: claimed and not yet
                                    // answered

  void poke();                                     // something may be due
  void try_again();                                // the relay may take us now
  void stop();                                     // no new claims; what is on its way is settled
  void set(EngineSettings settings, Rates rates);  // for mails from now on
  void share(int senders);                         // the rates: so many daemons send from this database
  bool is_idle() const { return on_their_way_ == 0 && attempts_.empty() && settling_ == 0; }
  std::uint64_t answered() const { return answered_; }  // mails, by the relay
  bool has_sent() const { return on_their_way_ > 0; }   // others, which it has not answered
  // Called whenever the last mail on its way has been settled.
  std::function<void()> on_idle;
  std::function<void(Delivery)> on_delivery = [](Delivery) {};  // each answer of the relay
  std::function<void()> on_refused = [] {};                     // the relay does not take our login
  // The database does not take what the relay has answered: what has not been started had better come back.
  std::function<void()> on_unsettled = [] {};
  // As many have been answered and are not yet on the disk as there are connections: whoever kills us now has
  // them all sent again. No further one had better be begun.
  std::function<void(bool full)> on_full = [](bool) {};

 private:
  void claim_more();
  std::function<std::vector<storage::OutboxRow>(Engine&)> claiming(int limit, std::shared_ptr<int> runs);
  void send_all(std::vector<storage::OutboxRow>* rows);  // null where the claim failed
  void send(storage::OutboxRow row);
  void keep_back(storage::OutboxRow row, Time turn);
  void take(Attempt attempt);
  void settle_some();
  void weigh();
  void settle_again();
  void settle(std::vector<Attempt> attempts);
  void keep_unsettled(std::vector<Attempt> attempts);
  void stop_in_storm();
  void sleep();

  DatabaseThread& database_;
  EngineSettings settings_;
  mail::Sender sender_;
  Rates rates_;
  int senders_ = 1;
  RelayPace pace_;
  BounceWatch bounces_;
  int at_once_;
  int on_their_way_ = 0;
  std::uint64_t answered_ = 0;
  std::vector<Attempt> attempts_;   // answered by the relay, not yet settled
  std::vector<Attempt> unsettled_;  // the database has failed at settling them
  std::set<NoticeId> ours_;         // claimed by this loop and not settled yet
  int settling_ = 0;                // batches in the database thread
  std::size_t settling_mails_ = 0;  // in them
  bool full_ = false;
  bool claiming_ = false, poked_ = false, stopped_ = false;
  bool in_doubt_ = false;  // a claim may be on the disk that we know nothing of
  boost::asio::steady_timer timer_;
};

class DeadlineLoop {
 public:
  DeadlineLoop(boost::asio::io_context& io, DatabaseThread& database);

  void poke();
  void stop();

 private:
  void meet_some();
  void sleep();

  DatabaseThread& database_;
  bool meeting_ = false, poked_ = false, stopped_ = false;
  boost::asio::steady_timer timer_;
};

}  // namespace tertius::daemon
