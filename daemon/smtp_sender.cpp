#include "daemon/smtp_sender.hpp"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

namespace tertius::daemon {
namespace {

DeliveryResult shutting_down() { return {Delivery::unharmed, 0, {}, "shutting down"}; }

}  // namespace

class SmtpSender::Pool : public std::enable_shared_from_this<Pool> {
 public:
  Pool(boost::asio::io_context& context, SmtpSenderSettings settings)
      : context_(context), settings_(std::move(settings)), allowed_(settings_.connections) {}

  void add(mail::OutgoingMail mail, std::function<void(DeliveryResult)> done);
  void set_password(std::string password) { settings_.relay.password = std::move(password); }
  void set_bearer(Result<std::string> token);
  void give_back() {
    answer_all({Delivery::unharmed, 0, {}, "given back: what was sent could not be noted"});
  }
  void hold(bool holds);
  void drain(std::function<void()> done);
  void close();
  std::size_t waiting() const { return queue_.size(); }
  std::size_t connections() const { return connections_.size(); }

 private:
  using Connection = std::shared_ptr<RelayConnection>;

  bool lacks_token() const { return settings_.wants_bearer && settings_.relay.bearer.empty(); }
  void dispatch();
  void dispatch_all();
  void open(std::optional<RelayJob> first);
  RelayHooks hooks();
  std::optional<RelayJob> take_next();
  void take_shut_door(const mail::DoorFailure& failure);
  void drop(const RelayConnection& connection);
  bool has_waited_too_long(const RelayJob& job) const;
  void answer_all(const DeliveryResult& result);

  boost::asio::io_context& context_;
  SmtpSenderSettings settings_;
  std::size_t allowed_;  // connections: fewer once the relay refused one while others stood
  std::deque<RelayJob> queue_;
  std::vector<Connection> connections_;
  std::optional<DeliveryResult> no_token_;  // why the last token could not be had
  std::function<void()> drained_;
  bool stopping_ = false, holds_ = false;
};

void SmtpSender::Pool::add(mail::OutgoingMail mail, std::function<void(DeliveryResult)> done) {
  if (stopping_) return done(shutting_down());
  if (lacks_token() && no_token_) return done(*no_token_);
  queue_.push_back({std::move(mail), std::move(done), {}});
  dispatch();
}

// For one more mail in the queue: an idle connection, or a new one, or the next that comes free.
void SmtpSender::Pool::dispatch() {
  if (holds_ || lacks_token()) return;
  const auto idle = std::find_if(connections_.begin(), connections_.end(),
                                 [](const Connection& each) { return each->is_idle(); });
  if (idle != connections_.end()) return (*idle)->wake();
  if (connections_.size() < allowed_) open({});
}

void SmtpSender::Pool::dispatch_all() {
  for (std::size_t i = 0; i < std::min(queue_.size(), allowed_); ++i) dispatch();
}

void SmtpSender::Pool::open(std::optional<RelayJob> first) {
  const auto connection = std::make_shared<RelayConnection>(context_, settings_.limits, hooks());
  connections_.push_back(connection);
  connection->open(settings_.relay, std::move(first));
  if (stopping_) connection->leave();
}

// The pool outlives its connections, but not the handlers they have posted.
RelayHooks SmtpSender::Pool::hooks() {
  const std::weak_ptr<Pool> weak = weak_from_this();
  RelayHooks hooks;
  hooks.next = [weak] {
    const auto self = weak.lock();
    return self ? self->take_next() : std::nullopt;
  };
  hooks.again = [weak](RelayJob job) {
    const auto self = weak.lock();
    if (self && !self->has_waited_too_long(job)) return self->open(std::move(job));
    job.done(*job.earlier);
  };
  hooks.shut = [weak](const mail::DoorFailure& failure) {
    if (const auto self = weak.lock()) self->take_shut_door(failure);
  };
  hooks.ended = [weak](const RelayConnection& connection) {
    if (const auto self = weak.lock()) self->drop(connection);
  };
  return hooks;
}

// Whoever has lent us the mail lends it to another after a while.
bool SmtpSender::Pool::has_waited_too_long(const RelayJob& job) const {
  return std::chrono::steady_clock::now() - job.since > settings_.limits.longest_wait;
}

void SmtpSender::Pool::hold(bool holds) {
  if (std::exchange(holds_, holds) && !holds) dispatch_all();
}

std::optional<RelayJob> SmtpSender::Pool::take_next() {
  while (!holds_ && !queue_.empty()) {
    auto job = std::move(queue_.front());
    queue_.pop_front();
    if (!has_waited_too_long(job)) return job;
    job.done({Delivery::unharmed, 0, {}, "given back: the relay was busy with others for too long"});
  }
  return {};
}

// Others stand: the relay wants fewer of us at a time. None does: what waits need not each find out for
// itself.
void SmtpSender::Pool::take_shut_door(const mail::DoorFailure& failure) {
  const bool others_stand = std::any_of(connections_.begin(), connections_.end(),
                                        [](const Connection& each) { return each->is_open(); });
  if (others_stand)
    allowed_ = std::max<std::size_t>(1, connections_.size() - 1);
  else
    answer_all(mail::delivery_of(failure));
}

void SmtpSender::Pool::answer_all(const DeliveryResult& result) {
  for (auto& job : std::exchange(queue_, {})) job.done(result);
}

void SmtpSender::Pool::drop(const RelayConnection& connection) {
  std::erase_if(connections_, [&](const Connection& each) { return each.get() == &connection; });
  if (connections_.empty()) allowed_ = settings_.connections;
  if (!queue_.empty()) dispatch();
  if (stopping_ && connections_.empty() && drained_) std::exchange(drained_, nullptr)();
}

void SmtpSender::Pool::set_bearer(Result<std::string> token) {
  if (token) {
    settings_.relay.bearer = std::move(token).value();
    no_token_.reset();
    return dispatch_all();
  }
  settings_.relay.bearer.clear();
  no_token_ =
      DeliveryResult{Delivery::unharmed,
                     0,
                     {},
                     token.error().what + (token.error().hint.empty() ? "" : ". " + token.error().hint),
                     false,
                     true};
  answer_all(*no_token_);
}

void SmtpSender::Pool::drain(std::function<void()> done) {
  stopping_ = true;
  drained_ = std::move(done);
  answer_all(shutting_down());
  for (const auto& connection : connections_) connection->leave();
  if (connections_.empty()) std::exchange(drained_, nullptr)();
}

void SmtpSender::Pool::close() {
  stopping_ = true;
  answer_all(shutting_down());
  for (const auto& connection : std::vector<Connection>(connections_)) connection->cut();
}

SmtpSender::SmtpSender(boost::asio::io_context& context, SmtpSenderSettings settings)
    : pool_(std::make_shared<Pool>(context, std::move(settings))) {}

SmtpSender::~SmtpSender() { pool_->close(); }

mail::Sender SmtpSender::sender() {
  return
      [weak = std::weak_ptr<Pool>(pool_)](mail::OutgoingMail mail, std::function<void(DeliveryResult)> done) {
        if (const auto pool = weak.lock()) return pool->add(std::move(mail), std::move(done));
        done(shutting_down());
      };
}

void SmtpSender::set_password(std::string password) { pool_->set_password(std::move(password)); }
void SmtpSender::set_bearer(Result<std::string> token) { pool_->set_bearer(std::move(token)); }
void SmtpSender::give_back() { pool_->give_back(); }
void SmtpSender::hold(bool holds) { pool_->hold(holds); }
void SmtpSender::drain(std::function<void()> done) { pool_->drain(std::move(done)); }
void SmtpSender::close() { pool_->close(); }
std::size_t SmtpSender::waiting() const { return pool_->waiting(); }
std::size_t SmtpSender::connections() const { return pool_->connections(); }

}  // namespace tertius::daemon
