#include "daemon/handed_in.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace tertius::daemon {

namespace {

using boost::asio::ip::tcp;

// sd_listen_fds_with_names allocates them.
std::vector<std::string> take_names(char** names) {
  std::vector<std::string> out;
  for (char** name = names; name && *name; ++name) {
    out.emplace_back(*name);
    std::free(*name);
  }
  std::free(names);
  return out;
}

Done add_socket(HandedIn& out, const std::string& name, int socket) {
  const std::string which = "the socket \"" + name + "\" that systemd hands in";
  if (name != "http" && name != "lmtp")
    return Failure{which + " is for nothing here", "FileDescriptorName=http or lmtp"};
  if (sd_is_socket(socket, AF_UNSPEC, SOCK_STREAM, 1) <= 0)
    return Failure{which + " is not one that listens for streams", "ListenStream="};
  std::optional<int>& place = name == "http" ? out.http : out.lmtp;
  if (place)
    return Failure{which + " is there twice",
                   "one ListenStream= in its unit; an empty one before it clears the list"};
  place = socket;
  return std::monostate{};
}

// As parse_listen_address reads it.
std::string address_text(int socket) {
  sockaddr_storage name{};
  socklen_t length = sizeof name;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&name), &length) != 0) return "an unknown address";
  if (name.ss_family == AF_UNIX) {
    const auto* path = reinterpret_cast<const sockaddr_un*>(&name);
    return "unix:" +
           std::string(path->sun_path, strnlen(path->sun_path, length - offsetof(sockaddr_un, sun_path)));
  }
  tcp::endpoint endpoint;
  std::memcpy(endpoint.data(), &name, std::min<std::size_t>(length, endpoint.capacity()));
  const std::string host = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

std::string address_text(const ListenAddress& address) {
  if (!address.path.empty()) return "unix:" + address.path;
  const auto host = boost::asio::ip::make_address(address.host);
  return (host.is_v6() ? "[" + host.to_string() + "]" : host.to_string()) + ":" +
         std::to_string(address.port);
}

}  // namespace

Result<HandedIn> take_handed_in() {
  char** names = nullptr;
  const int count = sd_listen_fds_with_names(1, &names);
  const auto named = take_names(names);
  HandedIn out;
  for (int i = 0; i < count; ++i) {
    if (auto added = add_socket(out, named[static_cast<std::size_t>(i)], SD_LISTEN_FDS_START + i); !added)
      return added.error();
  }
  return out;
}

Result<ListenAddress> listen_on(ListenAddress configured, std::optional<int> socket, const std::string& key) {
  if (!socket) return configured;
  const std::string wanted = address_text(configured), found = address_text(*socket);
  if (wanted != found) {
    const std::string unit = key == "web.listen" ? "tertius-http.socket" : "tertius-lmtp.socket";
    const std::string stream = wanted.starts_with("unix:") ? wanted.substr(5) : wanted;
    return Failure{key + " is " + wanted + ", but " + unit + " listens on " + found,
                   "systemctl edit " + unit + ": [Socket], ListenStream=, ListenStream=" + stream +
                       "; then systemctl restart it with the service stopped"};
  }
  configured.handed_in = *socket;
  return configured;
}

}  // namespace tertius::daemon
