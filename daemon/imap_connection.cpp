#include "daemon/imap_connection.hpp"

#include <exception>
#include <utility>

#include "daemon/door_bytes.hpp"

namespace tertius::daemon {

ImapConnection::ImapConnection(boost::asio::io_context& context, const ImapTimes& times, ImapHooks hooks)
    : context_(context), timer_(context), times_(times), hooks_(std::move(hooks)) {}

// What throws half-way (no memory) would leave a connection without a wait and a timer, which nobody ends.
template <class Work>
void ImapConnection::guard(Work work) {
  const auto self = shared_from_this();  // whoever hears of it may drop us
  try {
    work();
  } catch (const std::exception& error) {
    if (ended_) throw;  // by whoever heard of the end
    end(mail::ImapFailure{mail::ImapFault::lost, error.what()});
  }
}

template <class Work>
void ImapConnection::advance_after(Work work) {
  guard([&] {
    work();
    advance();
  });
}

void ImapConnection::open(const mail::DoorSettings& settings, mail::ImapTask task) {
  guard([&] {
    door_ = std::make_shared<DoorWatch>(
        context_, settings,
        [weak = weak_from_this(), task = std::move(task)](std::optional<mail::DoorFailure> failure) {
          if (const auto self = weak.lock()) self->greet(std::move(failure), task);
        });
    door_->start();
  });
}

void ImapConnection::greet(std::optional<mail::DoorFailure> failure, const mail::ImapTask& task) {
  if (failure) return end(*failure);
  advance_after([&] { dialogue_.emplace(task); });
}

void ImapConnection::answer(std::int64_t uid, bool taken) {
  if (!dialogue_ || ended_) return;
  advance_after([&] { dialogue_->answer(uid, taken); });
}

void ImapConnection::try_again() {
  if (!dialogue_ || ended_) return;
  advance_after([&] { dialogue_->try_again(); });
}

void ImapConnection::leave() {
  if (std::exchange(leaving_, true)) return;
  if (!dialogue_) return end({});
  advance_after([&] { dialogue_->leave(); });
}

void ImapConnection::close() { end({}); }

// The one place where anything moves: after every readiness, timer, answer and wish.
void ImapConnection::advance() {
  while (!ended_) {
    blocked_ = move_bytes(door_->door(), *dialogue_);
    hand_over();
    if (ended_) return;
    if (dialogue_->is_over()) return end(dialogue_->failure() ? ImapEnd(*dialogue_->failure()) : ImapEnd());
    if (dialogue_->output().empty() || blocked_) return arm();
  }
}

// The place first: it names the letters that are to be moved.
void ImapConnection::hand_over() {
  while (const auto place = dialogue_->take_place()) hooks_.place(*place);
  while (auto letter = dialogue_->take_letter()) hooks_.letter(std::move(*letter));
  while (const auto remark = dialogue_->take_remark()) hooks_.remark(*remark);
}

void ImapConnection::arm() {
  const auto again = [weak = weak_from_this()] {
    if (const auto self = weak.lock(); self && !self->ended_) self->advance_after([] {});
  };
  door_->wait_readable(again);
  if (blocked_) door_->wait_writable(again);
  arm_timer();
  if (dialogue_->is_waiting()) hooks_.waits(dialogue_->has_put_off());
}

// While waiting it runs from the beginning of that: "* OK Still here" (Dovecot, every two minutes) keeps no
// server from logging us out.
void ImapConnection::arm_timer() {
  if (!dialogue_->is_waiting()) waiting_since_.reset();
  if (dialogue_->is_deciding()) {  // it is our turn
    timer_.cancel();
    return;
  }
  const auto now = std::chrono::steady_clock::now();
  if (dialogue_->is_waiting()) {
    waiting_since_ = waiting_since_.value_or(now);
    timer_.expires_at(*waiting_since_ + (dialogue_->is_idling() ? times_.idle : times_.between_looks));
  } else {
    timer_.expires_at(now + dialogue_->patience());
  }
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self && !self->ended_) self->time_out();
  });
}

void ImapConnection::time_out() {
  waiting_since_.reset();
  advance_after([&] {
    if (dialogue_->is_waiting())
      dialogue_->look();
    else
      dialogue_->lost("the server is silent");
  });
}

void ImapConnection::end(const ImapEnd& why) {
  if (std::exchange(ended_, true)) return;
  const auto self = shared_from_this();
  timer_.cancel();
  if (door_) door_->close();
  hooks_.ended(why);
}

}  // namespace tertius::daemon
