#include "daemon/door_watch.hpp"

#include <utility>

namespace tertius::daemon {

namespace asio = boost::asio;

DoorWatch::DoorWatch(asio::io_context& context, const mail::DoorSettings& settings, mail::Door::Opened opened)
    : context_(context), timer_(context), opened_(std::move(opened)) {
  mail::DoorLoop loop;
  loop.watch = [this](int fd, bool read, bool write) { watch(fd, read, write); };
  loop.set_timer = [this](std::optional<std::chrono::milliseconds> wait) { set_timer(wait); };
  door_ = std::make_unique<mail::Door>(
      settings, std::move(loop),
      [this](std::optional<mail::DoorFailure> failure) { open(std::move(failure)); });
}

void DoorWatch::start() { door_->start(); }

// The descriptors are the door's: let go of them before it closes them.
void DoorWatch::close() {
  opened_ = nullptr;
  timer_.cancel();
  forget_all();
  if (session_) session_->release();
  session_.reset();
  door_.reset();
  forget_all();  // what the door said while it went
}

void DoorWatch::watch(int fd, bool read, bool write) {
  if (!read && !write) return forget(fd);
  auto& watched = watched_[fd];
  if (!watched) watched = std::make_shared<Watched>(Descriptor(context_, fd));
  watched->read = read;
  watched->write = write;
  arm(fd, watched);
}

void DoorWatch::forget(int fd) {
  const auto found = watched_.find(fd);
  if (found == watched_.end()) return;
  found->second->descriptor.release();
  watched_.erase(found);
}

void DoorWatch::forget_all() {
  while (!watched_.empty()) forget(watched_.begin()->first);
}

void DoorWatch::arm(int fd, const std::shared_ptr<Watched>& watched) {
  if (watched->read && !std::exchange(watched->reading, true)) await(fd, watched, false);
  if (watched->write && !std::exchange(watched->writing, true)) await(fd, watched, true);
}

void DoorWatch::await(int fd, const std::shared_ptr<Watched>& watched, bool write) {
  const auto what = write ? Descriptor::wait_write : Descriptor::wait_read;
  watched->descriptor.async_wait(
      what, [weak = weak_from_this(), watched, fd, write](const boost::system::error_code& error) {
        (write ? watched->writing : watched->reading) = false;
        const auto self = weak.lock();
        // The number may meanwhile belong to another socket: only the one that was waited for counts.
        const auto is_current = [&] {
          const auto found = self->watched_.find(fd);
          return found != self->watched_.end() && found->second == watched;
        };
        if (error || !self || !self->door_ || !is_current()) return;
        if (write ? watched->write : watched->read) self->door_->ready(fd, !write, write);
        if (is_current()) self->arm(fd, watched);
      });
}

void DoorWatch::set_timer(std::optional<std::chrono::milliseconds> wait) {
  timer_.cancel();
  if (!wait) return;
  timer_.expires_after(*wait);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self && self->door_) self->door_->timer();
  });
}

void DoorWatch::open(std::optional<mail::DoorFailure> failure) {
  forget_all();
  timer_.cancel();
  if (!failure) session_.emplace(context_, door_->socket());
  const auto opened = std::exchange(opened_, nullptr);
  if (opened) opened(std::move(failure));
}

void DoorWatch::wait(bool& pending, Descriptor::wait_type what, std::function<void()> ready) {
  if (std::exchange(pending, true)) return;
  session_->async_wait(what, [weak = weak_from_this(), &pending,
                              ready = std::move(ready)](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!self) return;
    pending = false;
    if (!error && self->session_) ready();
  });
}

}  // namespace tertius::daemon
