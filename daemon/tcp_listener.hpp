#pragma once
// Opens the place where TCP clients come in.

#include <boost/asio/ip/tcp.hpp>

#include "daemon/listen_address.hpp"

namespace tertius::daemon {

// Takes over the socket that is handed in, or binds one. Throws std::runtime_error, naming the address, where
// it is taken.
void listen(boost::asio::ip::tcp::acceptor& acceptor, const ListenAddress& address);

}  // namespace tertius::daemon
