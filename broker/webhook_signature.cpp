#include "broker/webhook_signature.hpp"

#include <sodium.h>

#include <array>
#include <vector>

namespace tertius {

namespace {

constexpr std::string_view prefix = "whsec_";

std::string base64(std::span<const unsigned char> octets) {
  std::string text(sodium_base64_ENCODED_LEN(octets.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), octets.data(), octets.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

std::optional<std::vector<unsigned char>> find_key(std::string_view secret) {
  if (!secret.starts_with(prefix)) return std::nullopt;
  secret.remove_prefix(prefix.size());
  if (secret.empty()) return std::nullopt;
  std::vector<unsigned char> key(secret.size());
  std::size_t size = 0;
  const int failed = sodium_base642bin(key.data(), key.size(), secret.data(), secret.size(), nullptr, &size,
                                       nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (failed != 0 || size == 0) return std::nullopt;
  key.resize(size);
  return key;
}

void add(crypto_auth_hmacsha256_state& state, std::string_view text) {
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

}  // namespace

std::string webhook_secret(std::span<const unsigned char> key) { return std::string(prefix) + base64(key); }

std::optional<std::string> webhook_signature(std::string_view secret, std::string_view id, Time at,
                                             std::string_view body) {
  const auto key = find_key(secret);
  if (!key) return std::nullopt;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key->data(), key->size());
  add(state, id);
  add(state, "." + std::to_string(unix_seconds(at)) + ".");
  add(state, body);
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_final(&state, mac.data());
  return "v1," + base64(mac);
}

}  // namespace tertius
