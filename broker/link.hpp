#pragma once
// Tokens: what a link or a reply address carries. A token names an introduction (or a person), a role, the
// round of asking and what it is for, under a 96-bit MAC (keyed BLAKE2b, libsodium), in lower-case base32
// (RFC 4648 alphabet) so that it survives mail systems that fold case and fits RFC 5321's 64-octet local
// part: 23 octets, 37 characters. Pure apart from the key. A forged, cut or mistyped token is simply not
// found.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/introduction.hpp"

namespace tertius {

enum class TokenUse : std::uint8_t {
  decision,  // links of C and T
  confirm,   // "it was me"
  undo,
  bounce,  // VERP envelope senders
  stop,
  show,    // R's page of one introduction
  reply,   // reply addresses: everybody in Cc of an answer reads them, so that they open no page
  thread,  // the anchor in References, which goes wherever a mail is forwarded: opens nothing
};

struct Token {
  std::int64_t subject = 0;  // IntroductionId; PersonId for `stop`; NoticeId for `bounce`
  Role role{};
  TokenUse use{};
  std::uint8_t round = 0;  // Ask::round, for decision tokens

  friend bool operator==(const Token&, const Token&) = default;
};

struct LinkKey {
  std::uint8_t id = 0;
  std::array<unsigned char, 32> secret{};
};
// The first signs; all verify (rotation).
using LinkKeys = std::vector<LinkKey>;

std::string make_token(const Token& token, const LinkKey& key);
std::optional<Token> find_token(std::string_view text, const LinkKeys& keys);

// A signed nonce for one page visit: the visit, the token it is for and until when it holds. One use only;
// storage remembers which are spent.
std::string make_nonce(std::string_view visit, std::string_view token, Time until, const LinkKey& key);
std::optional<std::string> find_visit(std::string_view nonce, std::string_view token, Time now,
                                      const LinkKeys& keys);

// URLs and addresses made of tokens.
struct Links {
  std::string public_url;  // "https://intro.example.org", no trailing slash
  std::string domain;      // of the reply address
  std::string mailbox{"intro"};
  LinkKeys keys;  // not empty

  const LinkKey& key() const { return keys.front(); }
};
std::string token_url(const Links& links, std::string_view page, const Token& token,
                      std::string_view action = {});
std::string ask_address(const Links& links);                         // intro@domain
std::string reply_address(const Links& links, const Token& token);   // intro+<token>@domain
std::string bounce_address(const Links& links, const Token& token);  // b+<token>@domain
std::string thread_anchor(const Links& links, const Token& token);   // t.<token>@domain, a Message-ID

}  // namespace tertius
