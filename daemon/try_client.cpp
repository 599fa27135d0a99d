#include "daemon/try_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <istream>

namespace tertius::daemon {

namespace {

namespace asio = boost::asio;
using boost::asio::ip::tcp;

// The last line of one reply (RFC 5321 4.2.1: "250-" goes on, "250 " ends).
template <class Socket>
std::string read_reply(Socket& socket, asio::streambuf& buffer) {
  std::string line;
  do {
    asio::read_until(socket, buffer, "\r\n");
    std::istream in(&buffer);
    std::getline(in, line);
    if (!line.empty() && line.back() == '\r') line.pop_back();
  } while (line.size() > 3 && line[3] == '-');
  return line;
}

// Line ends made CRLF and leading dots doubled (RFC 5321 4.5.2).
std::string as_data(const std::string& letter) {
  std::string out;
  for (std::size_t start = 0; start < letter.size();) {
    const std::size_t end = std::min(letter.find('\n', start), letter.size());
    std::string line = letter.substr(start, end - start);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    out += (line.starts_with('.') ? "." : "") + line + "\r\n";
    start = end + 1;
  }
  return out + ".\r\n";
}

// The last reply; one that is no yes ends it.
template <class Socket>
std::string say_all(Socket& socket, asio::streambuf& buffer, const std::vector<std::string>& commands) {
  std::string reply;
  for (const std::string& command : commands) {
    asio::write(socket, asio::buffer(command + "\r\n"));
    reply = read_reply(socket, buffer);
    if (reply.empty() || (reply[0] != '2' && reply[0] != '3')) break;
  }
  return reply;
}

// `letter`: none asks only whether one would be taken.
template <class Socket>
std::string speak_lmtp(Socket& socket, const std::string& sender, const std::string& recipient,
                       const std::string* letter) {
  asio::streambuf buffer;
  read_reply(socket, buffer);
  std::string reply = say_all(
      socket, buffer, {"LHLO try.example", "MAIL FROM:<" + sender + ">", "RCPT TO:<" + recipient + ">"});
  if (letter && reply.starts_with('2')) reply = say_all(socket, buffer, {"DATA"});
  if (letter && reply.starts_with('3')) {
    asio::write(socket, asio::buffer(as_data(*letter)));
    reply = read_reply(socket, buffer);
  }
  asio::write(socket, asio::buffer(std::string("QUIT\r\n")));
  return reply;
}

std::string connect_and_speak(const ListenAddress& server, const std::string& sender,
                              const std::string& recipient, const std::string* letter) {
  try {
    asio::io_context io;
    if (!server.path.empty()) {
      asio::local::stream_protocol::socket socket(io);
      socket.connect(asio::local::stream_protocol::endpoint(server.path));
      return speak_lmtp(socket, sender, recipient, letter);
    }
    tcp::socket socket(io);
    socket.connect({asio::ip::make_address(server.host), server.port});
    return speak_lmtp(socket, sender, recipient, letter);
  } catch (const boost::system::system_error& e) {
    return e.what();
  }
}

std::string header(const std::string& head, const std::string& name) {
  const auto start = head.find("\r\n" + name + ": ");
  if (start == std::string::npos) return {};
  const auto from = start + name.size() + 4;
  return head.substr(from, head.find("\r\n", from) - from);
}

}  // namespace

std::string send_lmtp(const ListenAddress& server, const std::string& sender, const std::string& recipient,
                      const std::string& letter) {
  return connect_and_speak(server, sender, recipient, &letter);
}

std::string ask_lmtp(const ListenAddress& server, const std::string& recipient) {
  return connect_and_speak(server, "", recipient, nullptr);
}

FetchedPage fetch(const std::string& host, unsigned short port, const std::string& path,
                  const std::string& origin, const std::string& form) {
  asio::io_context io;
  tcp::socket socket(io);
  socket.connect({asio::ip::make_address(host), port});
  std::string request = (form.empty() ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: " + host +
                        "\r\nOrigin: " + origin + "\r\nConnection: close\r\n";
  if (!form.empty())
    request +=
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(form.size()) +
        "\r\n";
  asio::write(socket, asio::buffer(request + "\r\n" + form));
  std::string answer;
  boost::system::error_code end;
  asio::read(socket, asio::dynamic_buffer(answer), end);
  const auto body = answer.find("\r\n\r\n");
  const std::string head = answer.substr(0, body);
  FetchedPage out;
  if (head.size() > 12) out.status = std::atoi(head.c_str() + 9);
  out.location = header(head, "Location");
  if (body != std::string::npos) out.body = answer.substr(body + 4);
  return out;
}

std::string hidden_value(const std::string& html, const std::string& name) {
  const std::string start = "name=\"" + name + "\" value=\"";
  const auto at = html.find(start);
  if (at == std::string::npos) return {};
  const auto from = at + start.size();
  return html.substr(from, html.find('"', from) - from);
}

}  // namespace tertius::daemon
