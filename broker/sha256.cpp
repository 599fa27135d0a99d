#include "broker/sha256.hpp"

#include <sodium.h>

#include <array>

namespace tertius {

namespace {

using Digest = std::array<unsigned char, crypto_hash_sha256_BYTES>;

Digest sha256(std::string_view octets) {
  Digest digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(octets.data()), octets.size());
  return digest;
}

}  // namespace

std::string hex_sha256(std::string_view octets) {
  const Digest digest = sha256(octets);
  std::string hex(2 * digest.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

std::string base64_sha256(std::string_view octets) {
  const Digest digest = sha256(octets);
  std::string text(sodium_base64_ENCODED_LEN(digest.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

}  // namespace tertius
