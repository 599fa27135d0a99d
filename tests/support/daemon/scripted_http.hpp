#pragma once
// A small HTTP server on loopback that answers each request with the next body of its script, the last one
// again and again; one request a connection.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tertius::tests {

struct HttpReply {
  int status;
  std::string body;
  std::string header = {};  // "Name: value\r\n"
};

class ScriptedHttp {
 public:
  explicit ScriptedHttp(std::vector<HttpReply> replies) : replies_(std::move(replies)) {
    thread_ = std::thread([this] { serve_all(); });
  }
  ~ScriptedHttp() {
    ending_ = true;
    boost::system::error_code ignored;
    boost::asio::ip::tcp::socket last(io_);
    last.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/token";
  }
  std::vector<std::string> bodies() const {
    const std::lock_guard lock(mutex_);
    return bodies_;
  }

 private:
  void serve_all() {
    for (std::size_t i = 0; !ending_; ++i) {
      boost::asio::ip::tcp::socket socket(io_);
      boost::system::error_code error;
      acceptor_.accept(socket, error);
      if (error || ending_) return;
      serve(socket, replies_[std::min(i, replies_.size() - 1)]);
    }
  }
  void serve(boost::asio::ip::tcp::socket& socket, const HttpReply& reply) {
    boost::system::error_code error;
    std::string bytes;
    const std::size_t head =
        boost::asio::read_until(socket, boost::asio::dynamic_buffer(bytes), "\r\n\r\n", error);
    const auto at = bytes.find("Content-Length: ");
    const std::size_t length = at == bytes.npos ? 0 : std::stoul(bytes.substr(at + 16));
    while (!error && bytes.size() < head + length)
      bytes.resize(bytes.size() + read_some(socket, bytes, error));
    {
      const std::lock_guard lock(mutex_);
      bodies_.push_back(bytes.substr(head));
    }
    const std::string answer = "HTTP/1.1 " + std::to_string(reply.status) +
                               " x\r\nContent-Length: " + std::to_string(reply.body.size()) + "\r\n" +
                               reply.header + "Connection: close\r\n\r\n" + reply.body;
    boost::asio::write(socket, boost::asio::buffer(answer), error);
  }
  static std::size_t read_some(boost::asio::ip::tcp::socket& socket, std::string& bytes,
                               boost::system::error_code& error) {
    std::array<char, 4096> more{};
    const std::size_t size = socket.read_some(boost::asio::buffer(more), error);
    bytes.append(more.data(), size);
    return 0;
  }

  std::vector<HttpReply> replies_;
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_{io_, {boost::asio::ip::make_address("127.0.0.1"), 0}};
  std::atomic<bool> ending_ = false;
  mutable std::mutex mutex_;
  std::vector<std::string> bodies_;
  std::thread thread_;
};

}  // namespace tertius::tests
