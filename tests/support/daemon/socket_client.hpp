#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <string>

#include "tests/support/daemon/run_until.hpp"

namespace tertius::tests {

// A client on the server's own io_context, which hears all that is said to it.
struct SocketClient {
  SocketClient(boost::asio::io_context& on, std::uint16_t port) : context(on), socket(on) {
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    read();
  }
  ~SocketClient() {
    boost::system::error_code ignored;
    socket.close(ignored);
    run_until(context, [this] { return closed; });
  }
  SocketClient(const SocketClient&) = delete;

  void say(std::string bytes) {
    auto kept = std::make_shared<std::string>(std::move(bytes));
    boost::asio::async_write(socket, boost::asio::buffer(*kept),
                             [kept](const boost::system::error_code&, std::size_t) {});
  }
  void read() {
    socket.async_read_some(boost::asio::buffer(buffer),
                           [this](const boost::system::error_code& error, std::size_t size) {
                             heard.append(buffer.data(), size);
                             closed = static_cast<bool>(error);
                             if (!error) read();
                           });
  }
  bool hears(const std::string& words) {
    return run_until(context, [&] { return heard.find(words) != std::string::npos || closed; }) &&
           heard.find(words) != std::string::npos;
  }
  bool is_closed() {
    return run_until(context, [this] { return closed; });
  }

  boost::asio::io_context& context;
  boost::asio::ip::tcp::socket socket;
  std::array<char, 4096> buffer{};
  std::string heard;
  bool closed = false;
};

}  // namespace tertius::tests
