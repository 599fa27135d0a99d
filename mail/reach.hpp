#pragma once
// Which addresses a URL that a stranger has given us may lead to: none behind our own firewall. Looked at
// when the socket is opened, after names were resolved, so that a name that changes its mind gains nothing.
// Pure.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tertius::mail {

enum class Reach : std::uint8_t {
  anywhere,  // the public Internet
  loopback,
  private_network,  // RFC 1918, 6598, 4193
  nowhere,          // link-local, multicast, documentation, translated, reserved
};

// Four octets or sixteen, in network order; anything else leads nowhere.
Reach reach_of(std::span<const unsigned char> address);
// Of a host that is written as an address, "[::1]" too; empty where it is a name.
std::optional<Reach> find_reach(const std::string& host);

bool is_open_port(int port);  // 443, 8443 and those that need no root

}  // namespace tertius::mail
