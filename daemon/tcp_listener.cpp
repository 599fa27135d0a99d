#include "daemon/tcp_listener.hpp"

#include <stdexcept>

namespace tertius::daemon {

namespace asio = boost::asio;
using boost::asio::ip::tcp;

void listen(tcp::acceptor& acceptor, const ListenAddress& address) {
  try {
    if (address.handed_in >= 0) {
      const bool is_v6 = asio::ip::make_address(address.host).is_v6();
      acceptor.assign(is_v6 ? tcp::v6() : tcp::v4(), address.handed_in);
      return;
    }
    const tcp::endpoint endpoint(asio::ip::make_address(address.host), address.port);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
  } catch (const boost::system::system_error& e) {
    throw std::runtime_error("pages cannot be served on " + address.host + ":" +
                             std::to_string(address.port) + ": " + e.code().message());
  }
}

}  // namespace tertius::daemon
