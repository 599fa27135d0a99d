#include "broker/link.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>

namespace tertius {

namespace {

constexpr std::size_t mac_octets = 12;
constexpr std::size_t body_octets = 11;  // subject 8, role and use 1, round 1, key id 1
constexpr std::size_t token_characters = ((body_octets + mac_octets) * 8 + 4) / 5;
constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";

// Different uses of one key never share a MAC: each begins with its own letter.
enum class Domain : unsigned char { token = 't', nonce = 'n' };

using Mac = std::array<unsigned char, mac_octets>;

Mac mac(Domain domain, std::string_view message, const LinkKey& key) {
  // crypto_generichash gives at least 16 octets (BLAKE2b's own minimum here); the token carries the first 12.
  std::array<unsigned char, crypto_generichash_BYTES_MIN> full{};
  std::string whole(1, static_cast<char>(domain));
  whole += message;
  crypto_generichash(full.data(), full.size(), reinterpret_cast<const unsigned char*>(whole.data()),
                     whole.size(), key.secret.data(), key.secret.size());
  Mac out{};
  std::copy_n(full.begin(), out.size(), out.begin());
  return out;
}

bool same(const Mac& a, std::string_view b) {
  return b.size() == a.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string base32(std::string_view octets) {
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : octets) {
    buffer = (buffer << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out += alphabet[(buffer >> (bits - 5)) & 31];
  }
  if (bits > 0) out += alphabet[(buffer << (5 - bits)) & 31];
  return out;
}

// Only the canonical spelling: a token with stray low bits in its last character is not ours.
std::optional<std::string> unbase32(std::string_view text) {
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const auto digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 5) | static_cast<unsigned>(digit);
    if ((bits += 5) >= 8) out += static_cast<char>((buffer >> (bits -= 8)) & 255);
  }
  if ((buffer & ((1u << bits) - 1)) != 0) return std::nullopt;
  return out;
}

std::string body_of(const Token& token, const LinkKey& key) {
  std::string body;
  for (int shift = 56; shift >= 0; shift -= 8) body += static_cast<char>((token.subject >> shift) & 255);
  body += static_cast<char>((static_cast<unsigned>(token.role) << 4) | static_cast<unsigned>(token.use));
  body += static_cast<char>(token.round);
  body += static_cast<char>(key.id);
  return body;
}

const LinkKey* find_key(const LinkKeys& keys, unsigned char id) {
  const auto key = std::find_if(keys.begin(), keys.end(), [&](const LinkKey& k) { return k.id == id; });
  return key == keys.end() ? nullptr : &*key;
}

std::string_view as_text(const Mac& mac) { return {reinterpret_cast<const char*>(mac.data()), mac.size()}; }

}  // namespace

std::string make_token(const Token& token, const LinkKey& key) {
  const std::string body = body_of(token, key);
  return base32(body + std::string(as_text(mac(Domain::token, body, key))));
}

std::optional<Token> find_token(std::string_view text, const LinkKeys& keys) {
  if (text.size() != token_characters) return std::nullopt;
  const auto octets = unbase32(text);
  if (!octets) return std::nullopt;
  const std::string_view body = std::string_view(*octets).substr(0, body_octets);
  const LinkKey* key = find_key(keys, static_cast<unsigned char>(body[10]));
  if (!key || !same(mac(Domain::token, body, *key), std::string_view(*octets).substr(body_octets)))
    return std::nullopt;

  Token token;
  for (std::size_t i = 0; i < 8; ++i)
    token.subject = (token.subject << 8) | static_cast<unsigned char>(body[i]);
  const auto packed = static_cast<unsigned char>(body[8]);
  token.role = static_cast<Role>(packed >> 4);
  token.use = static_cast<TokenUse>(packed & 15);
  token.round = static_cast<std::uint8_t>(body[9]);
  return token;
}

// nonce = until "-" visit "-" base32(mac(until "-" visit "-" token)) "-" key id
std::string make_nonce(std::string_view visit, std::string_view token, Time until, const LinkKey& key) {
  const std::string head = std::to_string(unix_seconds(until)) + "-" + std::string(visit);
  return head + "-" + base32(as_text(mac(Domain::nonce, head + "-" + std::string(token), key))) + "-" +
         std::to_string(key.id);
}

std::optional<std::string> find_visit(std::string_view nonce, std::string_view token, Time now,
                                      const LinkKeys& keys) {
  std::array<std::string_view, 4> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto dash = nonce.find('-');
    if ((dash == std::string_view::npos) != (i + 1 == parts.size())) return std::nullopt;
    parts[i] = nonce.substr(0, dash);
    nonce.remove_prefix(dash == std::string_view::npos ? nonce.size() : dash + 1);
  }
  const auto [until, visit, signature, id] = parts;
  std::int64_t seconds = 0;
  unsigned key_id = 0;
  if (std::from_chars(until.begin(), until.end(), seconds).ptr != until.end()) return std::nullopt;
  if (std::from_chars(id.begin(), id.end(), key_id).ptr != id.end() || key_id > 255) return std::nullopt;
  const LinkKey* key = find_key(keys, static_cast<unsigned char>(key_id));
  const auto given = unbase32(signature);
  const std::string signed_text = std::string(until) + "-" + std::string(visit) + "-" + std::string(token);
  if (!key || !given || !same(mac(Domain::nonce, signed_text, *key), *given)) return std::nullopt;
  if (from_unix_seconds(seconds) < now) return std::nullopt;
  return std::string(visit);
}

std::string token_url(const Links& links, std::string_view page, const Token& token,
                      std::string_view action) {
  std::string url = links.public_url + "/" + std::string(page) + "/" + make_token(token, links.key());
  if (!action.empty()) url += "/" + std::string(action);
  return url;
}

std::string ask_address(const Links& links) { return links.mailbox + "@" + links.domain; }

std::string reply_address(const Links& links, const Token& token) {
  return links.mailbox + "+" + make_token(token, links.key()) + "@" + links.domain;
}

std::string bounce_address(const Links& links, const Token& token) {
  return "b+" + make_token(token, links.key()) + "@" + links.domain;
}

std::string thread_anchor(const Links& links, const Token& token) {
  return "t." + make_token(token, links.key()) + "@" + links.domain;
}

}  // namespace tertius
