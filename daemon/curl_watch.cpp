#include "daemon/curl_watch.hpp"

#include <utility>

namespace tertius::daemon {

CurlWatch::CurlWatch(boost::asio::io_context& context, Hooks hooks)
    : context_(context), timer_(context), hooks_(std::move(hooks)) {}

mail::DoorLoop CurlWatch::loop() {
  mail::DoorLoop loop;
  loop.watch = [this](int fd, bool read, bool write) { watch(fd, read, write); };
  loop.set_timer = [this](std::optional<std::chrono::milliseconds> wait) { set_timer(wait); };
  return loop;
}

void CurlWatch::close() {
  closed_ = true;
  timer_.cancel();
  forget_all();
}

void CurlWatch::watch(int fd, bool read, bool write) {
  if (!read && !write) return forget(fd);
  if (closed_) return;
  auto& watched = watched_[fd];
  if (!watched) watched = std::make_shared<Watched>(Descriptor(context_, fd));
  watched->read = read;
  watched->write = write;
  arm(fd, watched);
}

void CurlWatch::forget(int fd) {
  const auto found = watched_.find(fd);
  if (found == watched_.end()) return;
  found->second->descriptor.release();
  watched_.erase(found);
}

void CurlWatch::forget_all() {
  while (!watched_.empty()) forget(watched_.begin()->first);
}

void CurlWatch::arm(int fd, const std::shared_ptr<Watched>& watched) {
  if (watched->read && !std::exchange(watched->reading, true)) await(fd, watched, false);
  if (watched->write && !std::exchange(watched->writing, true)) await(fd, watched, true);
}

void CurlWatch::await(int fd, const std::shared_ptr<Watched>& watched, bool write) {
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
        if (error || !self || self->closed_ || !is_current()) return;
        if (write ? watched->write : watched->read) self->hooks_.ready(fd, !write, write);
        if (is_current()) self->arm(fd, watched);
      });
}

void CurlWatch::set_timer(std::optional<std::chrono::milliseconds> wait) {
  timer_.cancel();
  if (!wait || closed_) return;
  timer_.expires_after(*wait);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self && !self->closed_) self->hooks_.timer();
  });
}

}  // namespace tertius::daemon
