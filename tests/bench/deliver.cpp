// Hands letters in over LMTP: bench_deliver PORT LETTERS CONNECTIONS, or with "hold" behind that: all
// connections stand at once, each with a letter whose last dot is held back until every one has come so far.
// LETTERS is of bench_inbound's making: for each a line "SENDER RECIPIENT OCTETS", then the letter. Prints
// one line of JSON.
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/bench/process.hpp"

namespace tertius::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

struct Outgoing {
  std::string sender, recipient, bytes;
};

std::vector<Outgoing> load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<Outgoing> out;
  std::size_t size = 0;
  for (Outgoing one; file >> one.sender >> one.recipient >> size;) {
    file.get();
    one.bytes.resize(size);
    file.read(one.bytes.data(), static_cast<std::streamsize>(size));
    out.push_back(one);
  }
  if (out.empty()) throw std::runtime_error("no letters in " + path);
  return out;
}

class Client {
 public:
  Client(asio::io_context& io, unsigned short port) : socket_(io) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
    socket_.set_option(tcp::no_delay(true));
    expect('2');
    write("LHLO mx.rowan.example\r\n");
    expect('2');
  }

  void begin(const Outgoing& letter) {
    write("MAIL FROM:<" + letter.sender + ">\r\nRCPT TO:<" + letter.recipient + ">\r\nDATA\r\n");
    for (const char wanted : {'2', '2', '3'}) expect(wanted);
    write(letter.bytes);
  }
  void write_dot() { write(".\r\n"); }
  bool is_taken() { return reply().at(0) == '2'; }

 private:
  void write(const std::string& bytes) { asio::write(socket_, asio::buffer(bytes)); }
  void expect(char wanted) {
    if (const auto got = reply(); got.at(0) != wanted) throw std::runtime_error("the server says " + got);
  }
  std::string reply() {
    std::string line;
    do {
      asio::read_until(socket_, buffer_, '\n');
      std::istream in(&buffer_);
      std::getline(in, line);
    } while (line.size() > 3 && line[3] == '-');
    return line;
  }

  tcp::socket socket_;
  asio::streambuf buffer_;
};

// Each connection takes the next letter when its last has its verdict.
std::size_t deliver(unsigned short port, const std::vector<Outgoing>& letters, std::size_t connections) {
  std::atomic<std::size_t> next = 0, taken = 0;
  const auto work = [&] {
    asio::io_context io;
    Client client(io, port);
    for (std::size_t i = next++; i < letters.size(); i = next++) {
      client.begin(letters[i]);
      client.write_dot();
      taken += client.is_taken();
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < connections; ++i) threads.emplace_back(work);
  threads.clear();
  return taken;
}

std::size_t hold(unsigned short port, const std::vector<Outgoing>& letters, std::size_t connections) {
  asio::io_context io;
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < connections; ++i) clients.push_back(std::make_unique<Client>(io, port));
  for (std::size_t i = 0; i < connections; ++i) clients[i]->begin(letters.at(i));
  for (const auto& client : clients) client->write_dot();
  std::size_t taken = 0;
  for (const auto& client : clients) taken += client->is_taken();
  return taken;
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 3) return std::cerr << "usage: see deliver.cpp\n", 64;
  const auto port = static_cast<unsigned short>(std::stoi(arguments[0]));
  const auto letters = load(arguments[1]);
  const Usage begin = usage();
  const auto taken = (arguments.size() > 3 ? hold : deliver)(port, letters, std::stoul(arguments[2]));
  std::printf("{\"seconds\": %f, \"taken\": %zu}\n", (usage() - begin).seconds, taken);
  return 0;
}

}  // namespace
}  // namespace tertius::bench

int main(int argc, char** argv) { return tertius::bench::run({argv + 1, argv + argc}); }
