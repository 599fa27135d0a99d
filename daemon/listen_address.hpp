#pragma once
// "127.0.0.1:8025", "[::1]:8025" or "unix:/run/tertius/lmtp.sock".

#include <string>
#include <string_view>

#include "broker/result.hpp"

namespace tertius::daemon {

struct ListenAddress {
  std::string path;  // of a unix socket; empty: TCP
  std::string host;  // a numeric address
  unsigned short port = 0;
  int handed_in = -1;  // a socket that listens there already, for us to take over (daemon/handed_in.hpp)
};

Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace tertius::daemon
