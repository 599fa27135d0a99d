#include "broker/keyed_name.hpp"

#include <sodium.h>

#include <array>

namespace tertius {

std::string keyed_name(std::string_view use, std::string_view text, const LinkKey& key) {
  constexpr std::size_t octets = 8;
  // Begins as no token and no nonce does (link.cpp): they have t and n.
  const std::string whole = "k" + std::string(use) + "/" + std::string(text);
  std::array<unsigned char, crypto_generichash_BYTES_MIN> mac{};
  crypto_generichash(mac.data(), mac.size(), reinterpret_cast<const unsigned char*>(whole.data()),
                     whole.size(), key.secret.data(), key.secret.size());
  std::array<char, 2 * octets + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), mac.data(), octets);
  return hex.data();
}

}  // namespace tertius
