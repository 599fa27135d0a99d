#pragma once
// What a libcurl multi handle waits for, on Asio: its sockets and its timer. Lives in a shared_ptr; one
// thread, that of the io_context. After close() it calls nobody.

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>

#include "mail/door.hpp"

namespace tertius::daemon {

class CurlWatch : public std::enable_shared_from_this<CurlWatch> {
 public:
  struct Hooks {
    std::function<void(int fd, bool readable, bool writable)> ready;
    std::function<void()> timer;
  };

  CurlWatch(boost::asio::io_context& context, Hooks hooks);

  mail::DoorLoop loop();  // what the handle tells us; not for longer than this object
  void close();           // before the handle closes its sockets

 private:
  using Descriptor = boost::asio::posix::stream_descriptor;
  struct Watched {
    explicit Watched(Descriptor watched) : descriptor(std::move(watched)) {}
    Descriptor descriptor;
    bool read = false, write = false;       // wanted by the handle
    bool reading = false, writing = false;  // waited for
  };

  void watch(int fd, bool read, bool write);
  void forget(int fd);
  void forget_all();
  void arm(int fd, const std::shared_ptr<Watched>& watched);
  void await(int fd, const std::shared_ptr<Watched>& watched, bool write);
  void set_timer(std::optional<std::chrono::milliseconds> wait);

  boost::asio::io_context& context_;
  boost::asio::steady_timer timer_;
  Hooks hooks_;
  std::map<int, std::shared_ptr<Watched>> watched_;
  bool closed_ = false;
};

}  // namespace tertius::daemon
