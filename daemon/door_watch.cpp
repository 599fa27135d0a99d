#include "daemon/door_watch.hpp"

#include <utility>

namespace tertius::daemon {

namespace asio = boost::asio;

// Each call holds on to us: what is told to the door may end in its being dropped.
DoorWatch::DoorWatch(asio::io_context& context, const mail::DoorSettings& settings, mail::Door::Opened opened)
    : context_(context), opened_(std::move(opened)) {
  CurlWatch::Hooks hooks;
  hooks.ready = [this](int fd, bool readable, bool writable) {
    const auto self = weak_from_this().lock();
    if (self && door_) door_->ready(fd, readable, writable);
  };
  hooks.timer = [this] {
    const auto self = weak_from_this().lock();
    if (self && door_) door_->timer();
  };
  watch_ = std::make_shared<CurlWatch>(context, std::move(hooks));
  door_ = std::make_unique<mail::Door>(
      settings, watch_->loop(),
      [this](std::optional<mail::DoorFailure> failure) { open(std::move(failure)); });
}

void DoorWatch::start() { door_->start(); }

// The descriptors are the door's: let go of them before it closes them.
void DoorWatch::close() {
  opened_ = nullptr;
  watch_->close();
  if (session_) session_->release();
  session_.reset();
  door_.reset();
}

void DoorWatch::open(std::optional<mail::DoorFailure> failure) {
  watch_->close();
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
