#include "daemon/loops.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <iterator>
#include <utility>

#include "daemon/heartbeat.hpp"
#include "daemon/log.hpp"
#include "daemon/notice_letter.hpp"

namespace tertius::daemon {

namespace {

constexpr int deadlines_at_once = 100;

template <class T>
T* value_or_log(Answer_of<T>& answer, const char* doing) {
  if (const auto* error = std::get_if<std::exception_ptr>(&answer)) {
    log_failure(doing, *error);
    return nullptr;
  }
  return &std::get<T>(answer);
}

// A row of an older program may lack what this one shows. It must not take a place on the way out for good.
Result<mail::OutgoingMail> written(const storage::OutboxRow& row, const EngineSettings& settings) {
  try {
    return write_mail(row, settings);
  } catch (const std::exception& e) {
    return Failure{std::string("this notice cannot be written: ") + e.what(), {}};
  }
}

// Each its part; one mail a minute at least.
Rates shared(const Rates& rates, int senders) {
  const auto part = [senders](int rate) { return rate == 0 ? 0 : std::max(rate / senders, 1); };
  return {part(rates.per_minute), part(rates.per_minute_and_domain)};
}

PacedMail paced(const storage::OutboxRow& row) {
  return {.notice = row.id,
          .domain = row.recipient.substr(row.recipient.rfind('@') + 1),
          .is_answer = row.priority == 0};
}

}  // namespace

OutboxLoop::OutboxLoop(boost::asio::io_context& io, DatabaseThread& database, EngineSettings settings,
                       mail::Sender sender, int at_once, Rates rates, int bounce_stop)
    : database_(database),
      settings_(std::move(settings)),
      sender_(std::move(sender)),
      rates_(rates),
      pace_(rates),
      bounces_(bounce_stop),
      at_once_(at_once),
      timer_(io) {}

void OutboxLoop::poke() {
  poked_ = true;
  settle_again();
  claim_more();
}

void OutboxLoop::try_again() {
  pace_.forgive();
  poke();
}

void OutboxLoop::set(EngineSettings settings, Rates rates) {
  settings_ = std::move(settings);
  rates_ = rates;
  pace_.set_rates(shared(rates_, senders_));
}

void OutboxLoop::share(int senders) {
  const int now = std::max(senders, 1);
  if (now == senders_) return;
  senders_ = now;
  pace_.set_rates(shared(rates_, senders_));
}

void OutboxLoop::stop() {
  stopped_ = true;
  settle_again();
  timer_.cancel();
}

void OutboxLoop::claim_more() {
  if (stopped_ || claiming_) return;
  if (pace_.paused_until(settings_.clock())) return sleep();
  const int most = pace_.allowed(at_once_), limit = most - on_their_way_;
  if (2 * limit < std::max(most, 1)) return;  // a claim is a commit: not one for each mail
  claiming_ = true;
  poked_ = false;
  const auto runs = std::make_shared<int>(0);
  database_.run<std::vector<storage::OutboxRow>>(claiming(limit, runs), [this, runs](auto answer) {
    claiming_ = false;
    // Run again, it found others: what the first commit had claimed may be on the disk for all that. So it
    // may where the job could not even begin again. Good at once, this one has looked for what others left.
    in_doubt_ = *runs > 1 || std::holds_alternative<std::exception_ptr>(answer);
    send_all(value_or_log(answer, "claiming notices"));
  });
}

std::function<std::vector<storage::OutboxRow>(Engine&)> OutboxLoop::claiming(int limit,
                                                                             std::shared_ptr<int> runs) {
  std::optional<std::vector<NoticeId>> under_way;
  if (in_doubt_) under_way.emplace(ours_.begin(), ours_.end());
  return [limit, runs = std::move(runs), under_way = std::move(under_way)](Engine& engine) {
    ++*runs;
    if (under_way) release_strays(engine, *under_way);
    return claim(engine, limit);
  };
}

void OutboxLoop::send_all(std::vector<storage::OutboxRow>* rows) {
  if (rows)
    for (auto& row : *rows) send(std::move(row));
  const bool more = (rows && !rows->empty()) || poked_;
  more ? claim_more() : sleep();
}

void OutboxLoop::send(storage::OutboxRow row) {
  // A clock that jumped has ended its lease: it is under way all the same.
  if (!ours_.insert(row.id).second) return;
  const Time now = settings_.clock();
  const Time turn = pace_.turn_of(paced(row), now);
  if (turn > now) return keep_back(std::move(row), turn);
  ++on_their_way_;
  auto mail = written(row, settings_);
  row.fields = {};  // hundreds of small strings, copied with each callback, and settling asks for none
  if (!mail) {
    DeliveryResult unwritten;
    unwritten.delivery = Delivery::deferred;  // a template the operator can mend
    unwritten.text = mail.error().what;
    return take({.row = std::move(row), .result = std::move(unwritten), .unwritten = true});
  }
  sender_(std::move(mail.value()),
          [this, row = std::move(row), epoch = pace_.epoch()](DeliveryResult result) {
            take({.row = row, .result = std::move(result), .epoch = epoch});
          });
}

// Other mails may go before its turn: to other domains, or of other kinds.
void OutboxLoop::keep_back(storage::OutboxRow row, Time turn) {
  DeliveryResult kept;
  kept.delivery = Delivery::unharmed;
  kept.text = "kept back: more mails a minute than may go";
  attempts_.push_back({.row = std::move(row), .result = std::move(kept), .turn = turn});
  settle_some();
}

void OutboxLoop::take(Attempt attempt) {
  --on_their_way_;
  ++answered_;
  log_delivery(attempt.row, attempt.result);
  on_delivery(attempt.result.delivery);
  // A mail that could not be written says nothing of the relay.
  if (!attempt.unwritten) attempt.begins_pause = pace_.take(attempt.result, settings_.clock(), attempt.epoch);
  if (attempt.begins_pause) on_refused();
  if (bounces_.take(attempt.result.delivery, settings_.clock())) stop_in_storm();
  attempts_.push_back(std::move(attempt));
  settle_some();
  claim_more();
}

void OutboxLoop::settle_some() {
  if (settling_ == 0 && !attempts_.empty()) settle(std::exchange(attempts_, {}));
  weigh();
}

void OutboxLoop::weigh() {
  const auto most = static_cast<std::size_t>(std::max(at_once_ / claims_per_connection, 1));
  const bool full = attempts_.size() + settling_mails_ >= most;
  if (std::exchange(full_, full) != full) on_full(full);
}

// The relay has these mails. Forgotten, they would go out once more when their leases have run out. Each
// alone: one that cannot be settled keeps no other waiting.
void OutboxLoop::settle_again() {
  for (Attempt& attempt : std::exchange(unsettled_, {})) settle({std::move(attempt)});
}

void OutboxLoop::settle(std::vector<Attempt> attempts) {
  ++settling_;
  settling_mails_ += attempts.size();
  auto batch = std::make_shared<std::vector<Attempt>>(std::move(attempts));
  database_.run<std::monostate>(
      [batch](Engine& engine) {
        daemon::settle(engine, *batch);
        return std::monostate{};
      },
      [this, batch, count = batch->size()](auto answer) {
        --settling_;
        settling_mails_ -= count;
        if (value_or_log(answer, "settling notices"))
          for (const Attempt& attempt : *batch) ours_.erase(attempt.row.id);
        else
          keep_unsettled(std::move(*batch));
        settle_some();
        if (is_idle() && on_idle) on_idle();
      });
}

void OutboxLoop::keep_unsettled(std::vector<Attempt> attempts) {
  std::move(attempts.begin(), attempts.end(), std::back_inserter(unsettled_));
  on_unsettled();
}

void OutboxLoop::stop_in_storm() {
  database_.run<std::monostate>(
      [](Engine& engine) {
        daemon::stop_in_storm(engine);
        return std::monostate{};
      },
      [](auto answer) { value_or_log(answer, "stopping in a storm of bounces"); });
}

void OutboxLoop::sleep() {
  if (stopped_) return;
  const Time now = settings_.clock();
  const Time wake = std::min(pace_.next_turn(now).value_or(Time::max()), now + longest_sleep);
  timer_.expires_after(std::max(wake - now, std::chrono::seconds{1}));
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    settle_again();
    claim_more();
  });
}

DeadlineLoop::DeadlineLoop(boost::asio::io_context& io, DatabaseThread& database)
    : database_(database), timer_(io) {}

void DeadlineLoop::poke() {
  poked_ = true;
  meet_some();
}

void DeadlineLoop::stop() {
  stopped_ = true;
  timer_.cancel();
}

void DeadlineLoop::meet_some() {
  if (stopped_ || meeting_) return;
  meeting_ = true;
  poked_ = false;
  database_.run<int>(
      [](Engine& engine) {
        return has_turn(engine, clock_lease) ? meet_deadlines(engine, deadlines_at_once) : 0;
      },
      [this](auto answer) {
        meeting_ = false;
        const int* stepped = value_or_log(answer, "meeting deadlines");
        if (poked_ || (stepped && *stepped > 0))
          meet_some();
        else
          sleep();
      });
}

void DeadlineLoop::sleep() {
  if (stopped_) return;
  timer_.expires_after(std::chrono::seconds{1});
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) meet_some();
  });
}

}  // namespace tertius::daemon
