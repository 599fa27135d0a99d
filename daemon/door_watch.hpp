#pragma once
// A mail::Door on Asio: opens it, then waits for its socket. Lives in a shared_ptr; one thread, that of the
// io_context. After close(), and after its last owner is gone, it calls nobody.

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <memory>
#include <optional>

#include "daemon/curl_watch.hpp"
#include "mail/door.hpp"

namespace tertius::daemon {

class DoorWatch : public std::enable_shared_from_this<DoorWatch> {
 public:
  DoorWatch(boost::asio::io_context& context, const mail::DoorSettings& settings, mail::Door::Opened opened);
  ~DoorWatch() { close(); }

  void start();
  void close();

  // After it has opened.
  mail::Door& door() { return *door_; }
  // Call back once; a second wait of the same kind while one is pending is ignored.
  void wait_readable(std::function<void()> ready) {
    wait(reading_, boost::asio::posix::stream_descriptor::wait_read, std::move(ready));
  }
  void wait_writable(std::function<void()> ready) {
    wait(writing_, boost::asio::posix::stream_descriptor::wait_write, std::move(ready));
  }

 private:
  using Descriptor = boost::asio::posix::stream_descriptor;

  void open(std::optional<mail::DoorFailure> failure);
  void wait(bool& pending, Descriptor::wait_type what, std::function<void()> ready);

  boost::asio::io_context& context_;
  std::shared_ptr<CurlWatch> watch_;   // while opening
  std::optional<Descriptor> session_;  // afterwards
  bool reading_ = false, writing_ = false;
  mail::Door::Opened opened_;
  std::unique_ptr<mail::Door> door_;
};

}  // namespace tertius::daemon
