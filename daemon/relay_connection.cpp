#include "daemon/relay_connection.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "daemon/door_bytes.hpp"

namespace tertius::daemon {
namespace {

constexpr int closing = 421;

// The verdict on a second try whose door did not open: 421 before it means the notice stays unharmed.
DeliveryResult result_behind_shut_door(const RelayJob& job, const mail::DoorFailure& failure) {
  if (job.earlier && job.earlier->delivery == Delivery::unharmed) return *job.earlier;
  return mail::delivery_of(failure);
}

}  // namespace

RelayConnection::RelayConnection(boost::asio::io_context& context, const RelayLimits& limits,
                                 RelayHooks hooks)
    : context_(context), timer_(context), limits_(limits), hooks_(std::move(hooks)) {}

void RelayConnection::open(const mail::DoorSettings& settings, std::optional<RelayJob> first) {
  first_ = std::move(first);
  door_ = std::make_shared<DoorWatch>(context_, settings,
                                      [weak = weak_from_this()](std::optional<mail::DoorFailure> failure) {
                                        if (const auto self = weak.lock()) self->greet(std::move(failure));
                                      });
  door_->start();
}

void RelayConnection::greet(std::optional<mail::DoorFailure> failure) {
  if (!failure) {
    dialogue_.emplace(mail::parse_offer(door_->door().offer_lines()));
    open_ = true;
    return advance();
  }
  if (const auto job = std::exchange(first_, std::nullopt))
    job->done(result_behind_shut_door(*job, *failure));
  hooks_.shut(*failure);
  end();
}

void RelayConnection::wake() {
  woken_ = true;
  boost::asio::post(context_, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    self->woken_ = false;
    self->advance();
  });
}

void RelayConnection::leave() {
  leaving_ = true;
  if (open_) wake();
}

void RelayConnection::cut() {
  const auto self = shared_from_this();
  cut_ = true;
  if (const auto job = std::exchange(first_, std::nullopt))
    job->done({Delivery::unharmed, 0, {}, "shutting down before the mail left"});
  if (dialogue_) dialogue_->lost("shutting down");
  settle();
  end();
}

// The one place where anything moves: after every readiness, timer and wake-up.
void RelayConnection::advance() {
  const auto self = shared_from_this();  // a result's receiver may drop us
  while (open_ && !ended_) {
    blocked_ = move_bytes(door_->door(), *dialogue_);
    settle();
    if (ended_) return;
    if (dialogue_->is_over()) return end();
    if (dialogue_->is_idle() && start_next()) continue;
    if (dialogue_->output().empty() || blocked_) return arm();
  }
}

void RelayConnection::settle() {
  auto result = dialogue_ ? dialogue_->take_result() : std::nullopt;
  if (!result || !job_) return;
  auto job = std::move(*job_);
  job_.reset();
  ++carried_;
  const bool innocent = dialogue_->was_lost_early() || result->code == closing;
  if (cut_ && dialogue_->was_lost_early()) result->delivery = Delivery::unharmed;
  if (cut_ || !innocent || job.earlier) return job.done(std::move(*result));
  job.earlier = std::move(result);
  hooks_.again(std::move(job));
}

// True when there is something new to write or to settle.
bool RelayConnection::start_next() {
  const bool may_carry = !leaving_ && carried_ < limits_.mails;
  job_ = first_ ? std::exchange(first_, std::nullopt) : may_carry ? hooks_.next() : std::nullopt;
  if (job_)
    dialogue_->send(job_->mail);
  else if (!may_carry)
    dialogue_->quit();
  return job_ || !may_carry;
}

void RelayConnection::arm() {
  const auto again = [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->advance();
  };
  door_->wait_readable(again);
  if (blocked_) door_->wait_writable(again);
  timer_.expires_after(dialogue_->is_idle() ? limits_.idle : dialogue_->patience());
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self && !self->ended_) self->time_out();
  });
}

void RelayConnection::time_out() {
  if (dialogue_->is_idle())
    dialogue_->quit();
  else
    dialogue_->lost("the relay is silent");
  advance();
}

void RelayConnection::end() {
  if (std::exchange(ended_, true)) return;
  timer_.cancel();
  if (door_) door_->close();
  hooks_.ended(*this);
}

}  // namespace tertius::daemon
