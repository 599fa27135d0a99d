#include "daemon/client_network.hpp"

#include <algorithm>

namespace tertius::daemon {

namespace {

namespace ip = boost::asio::ip;

// "::ffff:192.0.2.1" is how a socket of both families has an IPv4 peer.
ip::address plain(const ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

std::string network_of(const ip::address& address) {
  if (address.is_v4()) return address.to_string();
  constexpr std::size_t site_octets = 7;
  auto octets = address.to_v6().to_bytes();
  std::fill(octets.begin() + site_octets, octets.end(), 0);
  return ip::make_address_v6(octets).to_string() + "/56";
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Some proxies write the port too: "192.0.2.1:4711", "[2001:db8::1]:4711".
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  const auto colon = text.find(':');
  const bool has_one = colon != text.npos && text.find(':', colon + 1) == text.npos;
  return has_one ? text.substr(0, colon) : text;
}

}  // namespace

bool is_numeric_address(std::string_view text) {
  boost::system::error_code error;
  ip::make_address(std::string(text), error);
  return !error;
}

std::string client_network(const ip::address& peer, std::string_view forwarded_for, std::string_view proxy) {
  const ip::address near = plain(peer);
  boost::system::error_code error;
  const ip::address trusted = ip::make_address(std::string(proxy), error);
  const bool is_proxy = near.is_loopback() || (!error && near == plain(trusted));
  const auto comma = forwarded_for.rfind(',');
  const std::string_view last = comma == forwarded_for.npos ? forwarded_for : forwarded_for.substr(comma + 1);
  if (!is_proxy || trimmed(last).empty()) return network_of(near);
  const ip::address client = ip::make_address(std::string(without_port(trimmed(last))), error);
  return network_of(error ? near : plain(client));
}

}  // namespace tertius::daemon
