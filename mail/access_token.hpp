#pragma once
// OAuth2 access tokens (RFC 6749) for relays and mailboxes that take no password: Gmail with a refresh token
// (6), Microsoft 365 with that or with the client's own credentials (4.4). The request and the reply are
// pure; fetching is one blocking POST.

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

namespace tertius::mail {

struct TokenClient {
  std::string url;  // https, but for loopback
  std::string client_id;
  std::string client_secret;  // empty for a public client
  std::string refresh_token;  // empty: client credentials
  std::string scope;
};

struct AccessToken {
  std::string token;
  std::chrono::seconds lifetime{};
  std::string
      refresh_token;  // the next one, where the server gives a new one each time; empty: the old one stays
};

struct TokenRefusal {
  bool is_final = false;  // invalid_grant and kin: only a person can mend it
  std::string text;
};

using TokenReply = std::variant<AccessToken, TokenRefusal>;

// The body, as application/x-www-form-urlencoded.
std::string token_request(const TokenClient& client);
// Of a token endpoint (5.1, 5.2); status 0: none came, and `body` says why. A refusal's words are short, and
// without the client's secrets.
TokenReply read_token_reply(int status, std::string_view body, const TokenClient& client = {});
// A server's words for the log, should it have said back what it was sent, plain or as it was sent.
std::string without_secrets(std::string words, const TokenClient& client);

// Blocks for up to half a minute; gives up as soon as `is_ending` says so.
TokenReply fetch_token(const TokenClient& client, const std::function<bool()>& is_ending);

}  // namespace tertius::mail
