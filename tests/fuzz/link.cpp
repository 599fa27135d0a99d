// Tokens and nonces: nothing that we did not sign is found, and what we signed is found as it was.
#include "broker/link.hpp"

#include <algorithm>

#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

const LinkKeys keys{{1, {1, 2, 3}}, {2, {4, 5, 6}}};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

void require_signed(std::string_view text) {
  const auto found = find_token(text, keys);
  if (!found) return;
  const bool ours = std::ranges::any_of(
      keys, [&](const LinkKey& key) { return make_token(*found, key) == lower(std::string(text)); });
  require(ours, "only our own tokens are found");
}

// The input as a token's content, and then as a change to it.
void require_token(std::string_view bytes) {
  if (bytes.size() < 13) return;
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  Token token;
  for (std::size_t i = 0; i < 8; ++i) token.subject = (token.subject << 8) | octet(i);
  token.role = static_cast<Role>(octet(8) % 3);
  token.use = static_cast<TokenUse>(octet(9) % 8);
  token.round = octet(10);
  std::string text = make_token(token, keys[octet(10) % 2]);
  require(find_token(text, keys) == token, "a token is found as it was made");
  text[octet(11) % text.size()] = bytes[12];
  require_signed(text);
}

void require_nonce(std::string_view bytes) {
  const Time now = from_unix_seconds(1'790'000'000);
  std::string visit(bytes.substr(0, 20));
  std::erase(visit, '-');
  const std::string nonce = make_nonce(visit, "token", now, keys.front());
  require(find_visit(nonce, "token", now, keys) == visit, "a visit is found as it was made");
  require(!find_visit(nonce, "other", now, keys), "a nonce is for one token");
  require(!find_visit(nonce, "token", now + std::chrono::seconds{1}, keys), "a nonce ends");
  require(!find_visit(bytes, "token", now, keys), "nobody else makes nonces");
}

}  // namespace

void link(std::string_view bytes) {
  require_signed(bytes);
  require_token(bytes);
  require_nonce(bytes);
}

}  // namespace tertius::fuzz
