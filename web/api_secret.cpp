#include "web/api_secret.hpp"

#include <sodium.h>

#include <array>

#include "broker/webhook_signature.hpp"

namespace tertius::web {

std::string new_api_secret() {
  std::array<unsigned char, 24> octets{};
  randombytes_buf(octets.data(), octets.size());
  std::string hex(2 * octets.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), octets.data(), octets.size());
  hex.pop_back();
  return "tertius_" + hex;
}

std::string new_webhook_secret() {
  std::array<unsigned char, 32> key{};
  randombytes_buf(key.data(), key.size());
  return webhook_secret(key);
}

}  // namespace tertius::web
