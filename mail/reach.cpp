#include "mail/reach.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace tertius::mail {
namespace {

struct Block {
  std::array<unsigned char, 16> prefix;
  int bits;
  Reach reach;
};

// IANA's special-purpose registries; what is not named is the public Internet.
constexpr auto v4_blocks = std::to_array<Block>({
    {{0}, 8, Reach::nowhere},                  // "this network": Linux takes it for loopback
    {{10}, 8, Reach::private_network},         // RFC 1918
    {{100, 64}, 10, Reach::private_network},   // RFC 6598, carriers' NAT
    {{127}, 8, Reach::loopback},               //
    {{169, 254}, 16, Reach::nowhere},          // link-local; clouds tell secrets at 169.254.169.254
    {{172, 16}, 12, Reach::private_network},   // RFC 1918
    {{192, 0, 0}, 24, Reach::nowhere},         // IETF protocols; Oracle's cloud at 192.0.0.192
    {{192, 0, 2}, 24, Reach::nowhere},         // documentation
    {{192, 88, 99}, 24, Reach::nowhere},       // 6to4 relays
    {{192, 168}, 16, Reach::private_network},  // RFC 1918
    {{198, 18}, 15, Reach::nowhere},           // benchmarks
    {{198, 51, 100}, 24, Reach::nowhere},      // documentation
    {{203, 0, 113}, 24, Reach::nowhere},       // documentation
    {{224}, 4, Reach::nowhere},                // multicast
    {{240}, 4, Reach::nowhere},                // reserved, broadcast
});

constexpr auto v6_blocks = std::to_array<Block>({
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, Reach::loopback},
    {{0xfc}, 7, Reach::private_network},       // RFC 4193
    {{0x20, 0x01, 0x00}, 23, Reach::nowhere},  // Teredo, ORCHID: IPv4 addresses in disguise, and no hosts
    {{0x20, 0x01, 0x0d, 0xb8}, 32, Reach::nowhere},  // documentation
    {{0x20, 0x02}, 16, Reach::nowhere},              // 6to4: an IPv4 address in disguise
    {{0x3f, 0xff}, 20, Reach::nowhere},              // documentation
    {{0x20}, 3, Reach::anywhere},                    // all that is given out
    {{}, 0, Reach::nowhere},                         // v4-mapped, NAT64, link-local, multicast
});

bool is_in(std::span<const unsigned char> address, const Block& block) {
  for (int bit = 0; bit < block.bits; ++bit) {
    const auto at = static_cast<std::size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if ((address[at] & mask) != (block.prefix[at] & mask)) return false;
  }
  return true;
}

Reach find_in(std::span<const Block> blocks, std::span<const unsigned char> address) {
  const auto block = std::ranges::find_if(blocks, [&](const Block& one) { return is_in(address, one); });
  return block == blocks.end() ? Reach::anywhere : block->reach;
}

}  // namespace

Reach reach_of(std::span<const unsigned char> address) {
  if (address.size() == 4) return find_in(v4_blocks, address);
  return address.size() == 16 ? find_in(v6_blocks, address) : Reach::nowhere;
}

std::optional<Reach> find_reach(const std::string& host) {
  std::string bare = host;
  if (bare.starts_with('[') && bare.ends_with(']')) bare = bare.substr(1, bare.size() - 2);
  bare = bare.substr(0, bare.find('%'));  // a zone
  std::array<unsigned char, 16> octets{};
  if (inet_pton(AF_INET, bare.c_str(), octets.data()) == 1) return reach_of(std::span(octets).first(4));
  if (inet_pton(AF_INET6, bare.c_str(), octets.data()) == 1) return reach_of(octets);
  return std::nullopt;
}

bool is_open_port(int port) { return port == 443 || port == 8443 || (port > 1024 && port <= 65'535); }

}  // namespace tertius::mail
