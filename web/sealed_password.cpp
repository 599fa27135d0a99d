#include "web/sealed_password.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <vector>

namespace tertius::web {
namespace {

constexpr std::size_t nonce_octets = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t mark_octets = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t key_octets = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
using Octets = std::vector<unsigned char>;

const unsigned char* octets(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// The link key itself signs links and nothing else.
std::array<unsigned char, key_octets> key_from(const LinkKey& key) {
  static const std::string purpose = "tertius: passwords of address books";
  std::array<unsigned char, key_octets> out{};
  crypto_generichash(out.data(), out.size(), octets(purpose), purpose.size(), key.secret.data(),
                     key.secret.size());
  return out;
}

std::string hex_of(const Octets& from) {
  std::string hex(2 * from.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), from.data(), from.size());
  hex.pop_back();
  return hex;
}

Octets octets_of(const std::string& hex) {
  Octets out(hex.size() / 2 + 1);  // sodium wants an address, for nothing too
  std::size_t length = 0;
  if (sodium_hex2bin(out.data(), out.size(), hex.data(), hex.size(), nullptr, &length, nullptr) != 0)
    return {};
  out.resize(length);
  return out;
}

}  // namespace

std::string seal_password(const std::string& password, const std::string& place, const LinkKeys& keys) {
  const auto key = key_from(keys.front());
  Octets sealed(nonce_octets + password.size() + mark_octets);
  randombytes_buf(sealed.data(), nonce_octets);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_octets, nullptr, octets(password),
                                             password.size(), octets(place), place.size(), nullptr,
                                             sealed.data(), key.data());
  return std::to_string(keys.front().id) + ":" + hex_of(sealed);
}

std::optional<std::string> open_password(const std::string& sealed, const std::string& place,
                                         const LinkKeys& keys) {
  const auto colon = sealed.find(':');
  if (colon == sealed.npos) return std::nullopt;
  const std::string id = sealed.substr(0, colon);
  const auto key =
      std::ranges::find_if(keys, [&](const LinkKey& one) { return std::to_string(one.id) == id; });
  const Octets box = octets_of(sealed.substr(colon + 1));
  if (key == keys.end() || box.size() < nonce_octets + mark_octets) return std::nullopt;
  std::string password(box.size() - nonce_octets - mark_octets, '\0');
  const int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(password.data()), nullptr, nullptr, box.data() + nonce_octets,
      box.size() - nonce_octets, octets(place), place.size(), box.data(), key_from(*key).data());
  if (bad != 0) return std::nullopt;
  return password;
}

}  // namespace tertius::web
