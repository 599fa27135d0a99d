#pragma once
// Whose network a request comes from: one address of IPv4, the /56 of IPv6 (what RFC 6177 has one site get).
// Behind a TLS proxy it is the last address in X-Forwarded-For: the proxy wrote that one, and whatever stands
// before it the client did.

#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>

namespace tertius::daemon {

// `peer` is who is connected. `proxy` is trusted, and so is this machine itself; it may be empty.
std::string client_network(const boost::asio::ip::address& peer, std::string_view forwarded_for,
                           std::string_view proxy);

bool is_numeric_address(std::string_view text);

}  // namespace tertius::daemon
