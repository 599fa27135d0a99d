#include "mail/may_dial.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>

#include "mail/reach.hpp"

namespace tertius::mail {
namespace {

Reach reach_of_socket(int family, const void* address, std::size_t length, int& port) {
  if (family == AF_INET && length >= sizeof(sockaddr_in)) {
    const auto* v4 = static_cast<const sockaddr_in*>(address);
    port = ntohs(v4->sin_port);
    return reach_of({reinterpret_cast<const unsigned char*>(&v4->sin_addr), 4});
  }
  if (family == AF_INET6 && length >= sizeof(sockaddr_in6)) {
    const auto* v6 = static_cast<const sockaddr_in6*>(address);
    port = ntohs(v6->sin6_port);
    return reach_of({reinterpret_cast<const unsigned char*>(&v6->sin6_addr), 16});
  }
  return Reach::nowhere;
}

bool is_https(std::string_view url) {
  constexpr std::string_view scheme = "https:";
  if (url.size() < scheme.size()) return false;
  for (std::size_t i = 0; i < scheme.size(); ++i)
    if ((url[i] | (url[i] == ':' ? 0 : 0x20)) != scheme[i]) return false;
  return true;
}

}  // namespace

// http on loopback alone, where that is allowed: the check of the URL cannot know what a name resolves to.
bool may_dial(std::string_view url, int family, const void* address, std::size_t length, bool allow_private) {
  int port = 0;
  const Reach reach = reach_of_socket(family, address, length, port);
  if (!is_open_port(port) || reach == Reach::nowhere) return false;
  if (reach == Reach::loopback) return allow_private;
  if (!is_https(url)) return false;
  return reach == Reach::anywhere || allow_private;
}

}  // namespace tertius::mail
