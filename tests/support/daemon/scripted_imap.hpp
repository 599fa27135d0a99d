#pragma once
// A small IMAP server on loopback with one folder, on the test's io_context: no IDLE, no MOVE, and it breaks
// what the test wants it to break.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>

namespace tertius::tests {

class ScriptedImap {
 public:
  explicit ScriptedImap(boost::asio::io_context& context)
      : acceptor_(context, {boost::asio::ip::address_v4::loopback(), 0}) {
    accept();
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  std::map<int, std::string> letters;  // by UID
  std::set<int> seen;
  std::string password = "open";
  int connections = 0;
  // Asked before each command, with the connection's number and the command's in it: true closes instead.
  std::function<bool(int connection, int command, const std::string& line)> cuts =
      [](int, int, const std::string&) { return false; };

 private:
  struct Talk {
    explicit Talk(boost::asio::ip::tcp::socket accepted) : socket(std::move(accepted)) {}
    boost::asio::ip::tcp::socket socket;
    boost::asio::streambuf input;
    std::string output;
    int number = 0, commands = 0;
  };
  using TalkPointer = std::shared_ptr<Talk>;

  void accept() {
    acceptor_.async_accept([this](boost::system::error_code error, boost::asio::ip::tcp::socket socket) {
      if (error) return;
      const auto talk = std::make_shared<Talk>(std::move(socket));
      talk->number = ++connections;
      say(talk, "* OK scripted\r\n");
      accept();
    });
  }

  void say(const TalkPointer& talk, std::string bytes) {
    talk->output = std::move(bytes);
    boost::asio::async_write(talk->socket, boost::asio::buffer(talk->output),
                             [this, talk](boost::system::error_code error, std::size_t) {
                               if (!error) listen(talk);
                             });
  }

  void listen(const TalkPointer& talk) {
    boost::asio::async_read_until(talk->socket, talk->input, "\r\n",
                                  [this, talk](boost::system::error_code error, std::size_t) {
                                    if (!error) obey(talk);
                                  });
  }

  void obey(const TalkPointer& talk) {
    std::istream in(&talk->input);
    std::string line;
    std::getline(in, line);
    line.pop_back();
    if (cuts(talk->number, ++talk->commands, line)) return talk->socket.close();
    const auto space = line.find(' ');
    say(talk, answer(line.substr(space + 1), line.substr(0, space) + " "));
  }

  static std::set<int> uids_in(std::string list) {
    std::set<int> out;
    std::istringstream in(list);
    for (int uid = 0; in >> uid; in.ignore()) out.insert(uid);
    return out;
  }

  std::string fetched(const std::string& command) const {
    std::string out;
    for (const int uid : uids_in(command.substr(10))) {
      const auto letter = letters.find(uid);
      if (letter == letters.end()) continue;
      const std::string size = std::to_string(letter->second.size());
      const bool body = command.find("BODY.PEEK[]") != command.npos;
      out += "* 1 FETCH (UID " + std::to_string(uid) +
             (body ? " BODY[] {" + size + "}\r\n" + letter->second : " RFC822.SIZE " + size) + ")\r\n";
    }
    return out;
  }

  std::string found(const std::string& command) const {
    std::string out = "* SEARCH";
    const int from = std::stoi(command.substr(15));
    const bool unseen = command.ends_with("UNSEEN");
    for (const auto& [uid, text] : letters)
      if (uid >= from && !(unseen && seen.contains(uid))) out += " " + std::to_string(uid);
    return out + "\r\n";
  }

  std::string answer(const std::string& command, const std::string& tag) {
    const std::string ok = tag + "OK done\r\n";
    const int next = letters.empty() ? 1 : letters.rbegin()->first + 1;
    if (command == "CAPABILITY") return "* CAPABILITY IMAP4rev1\r\n" + ok;
    if (command.starts_with("LOGIN")) return command.ends_with(" " + password) ? ok : tag + "NO not you\r\n";
    if (command.starts_with("SELECT"))
      return "* " + std::to_string(letters.size()) + " EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT " +
             std::to_string(next) + "] ok\r\n" + ok;
    if (command.starts_with("UID SEARCH")) return found(command) + ok;
    if (command.starts_with("UID FETCH")) return fetched(command) + ok;
    if (command.starts_with("UID STORE")) seen.merge(uids_in(command.substr(10)));
    if (command == "LOGOUT") return "* BYE\r\n" + ok;
    return ok;
  }

  boost::asio::ip::tcp::acceptor acceptor_;
};

}  // namespace tertius::tests
