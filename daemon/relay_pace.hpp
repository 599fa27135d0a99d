#pragma once
// When a mail may go: the relay's rates, and the pause after it refused our login or showed a certificate
// that is not to be trusted. Pure. Receivers count too: a provider that gets forty mails in a second from a
// small sender defers them (421, 450 4.7.x), and remembers it.

#include <map>
#include <optional>
#include <set>
#include <string>

#include "broker/delivery.hpp"
#include "broker/ids.hpp"
#include "broker/time.hpp"

namespace tertius::daemon {

struct Rates {
  int per_minute = 0;             // 0: no limit
  int per_minute_and_domain = 0;  // of the recipient's domain; 0: no limit
};

struct PacedMail {
  NoticeId notice{};
  std::string domain;      // of the recipient
  bool is_answer = false;  // somebody waits for it: it goes at once, and is counted
};

class RelayPace {
 public:
  explicit RelayPace(Rates rates) : rates_(rates) {}

  void set_rates(Rates rates) { rates_ = rates; }  // turns that are kept stay as they are

  // Until then nothing is dialled.
  std::optional<Time> paused_until(Time now) const;
  // How many may be dialled at once, of `at_once`: after a pause one goes ahead and tries.
  int allowed(int at_once) const { return refusals_ > 0 ? 1 : at_once; }
  // There is a new password or token: the pause ends, and refusals of the old one begin no other.
  void forgive();
  // Which password or token a mail is dialled with: counts the forgivings.
  int epoch() const { return epoch_; }
  // The moment at which this mail may go, `now` where it may at once. A later one is kept for it: when it
  // comes back then, it goes.
  Time turn_of(const PacedMail& mail, Time now);
  // The earliest turn that is kept for a mail.
  std::optional<Time> next_turn(Time now);
  // True where this begins a pause: the operator must hear of it. `epoch` is that of the dialling.
  bool take(const DeliveryResult& result, Time now, int epoch);

 private:
  // When the next mail may go, in microseconds: sixty a minute and seventy are not the same.
  using Fine = std::chrono::sys_time<std::chrono::microseconds>;
  bool uses_kept_turn(NoticeId notice, Time now);
  void forget_stale_turns(Time now);
  void forget_free_domains(Time now);

  Rates rates_;
  Fine next_{};
  std::map<std::string, Fine, std::less<>> next_of_domain_;
  std::map<NoticeId, Time> turns_;
  std::set<std::pair<Time, NoticeId>> turns_by_time_;
  int refusals_ = 0;  // in a row
  int epoch_ = 0;
  Time resumes_{};
};

}  // namespace tertius::daemon
