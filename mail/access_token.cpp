#include "mail/access_token.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <memory>

#include "broker/utf8.hpp"
#include "mail/libcurl.hpp"

namespace tertius::mail {
namespace {

// RFC 6749 5.2: errors that no repetition mends. invalid_grant: revoked, expired, or the password was
// changed.
constexpr auto final_errors = std::to_array<std::string_view>(
    {"invalid_grant", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"});

constexpr std::chrono::seconds unsaid_lifetime{600};
constexpr std::size_t longest_reply = 64 * 1024;

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || std::string_view("-._~").find(c) != std::string_view::npos)
      out += c;
    else
      ((out += '%') += hex[octet >> 4]) += hex[octet & 15];
  }
  return out;
}

std::string text_of(const boost::json::object& reply, std::string_view name) {
  const auto* value = reply.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// A number, or a number in quotes (Microsoft's older endpoint).
std::chrono::seconds lifetime_of(const boost::json::object& reply) {
  const auto* value = reply.if_contains("expires_in");
  if (value == nullptr) return unsaid_lifetime;
  if (value->is_int64()) return std::chrono::seconds{std::clamp<std::int64_t>(value->get_int64(), 1, 86'400)};
  const std::string text = text_of(reply, "expires_in");
  const bool digits = !text.empty() && text.size() < 8 && text.find_first_not_of("0123456789") == text.npos;
  return digits ? std::chrono::seconds{std::clamp(std::stol(text), 1L, 86'400L)} : unsaid_lifetime;
}

// Cut last: half a secret would not be known for one.
std::string sayable(const std::string& words, const TokenClient& client) {
  constexpr std::size_t longest = 200;
  return std::string(utf8_prefix(without_secrets(words, client), longest));
}

TokenRefusal refusal_of(int status, const boost::json::object& reply, const TokenClient& client) {
  const std::string error = text_of(reply, "error"), description = text_of(reply, "error_description");
  TokenRefusal out;
  out.is_final = std::ranges::find(final_errors, error) != final_errors.end();
  out.text = error.empty() ? "HTTP status " + std::to_string(status) : sayable(error, client);
  if (!description.empty()) out.text += ": " + sayable(description, client);
  return out;
}

struct Fetching {
  std::string body;
  const std::function<bool()>& is_ending;
};

std::size_t on_body(char* text, std::size_t, std::size_t size, void* self) {
  auto& body = static_cast<Fetching*>(self)->body;
  if (body.size() + size > longest_reply) return 0;
  body.append(text, size);
  return size;
}

int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Fetching*>(self)->is_ending() ? 1 : 0;
}

void set_up(CURL* easy, const TokenClient& client, const std::string& request, Fetching& fetching) {
  curl_easy_setopt(easy, CURLOPT_URL, client.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.size()));
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.c_str());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &fetching);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &on_progress);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &fetching);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT, 30L);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);  // secrets go where the operator said, and nowhere else
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);      // an end that waits for dead DNS is none
}

}  // namespace

std::string token_request(const TokenClient& client) {
  const bool refresh = !client.refresh_token.empty();
  std::string out = refresh
                        ? "grant_type=refresh_token&refresh_token=" + percent_encoded(client.refresh_token)
                        : "grant_type=client_credentials";
  out += "&client_id=" + percent_encoded(client.client_id);
  if (!client.client_secret.empty()) out += "&client_secret=" + percent_encoded(client.client_secret);
  if (!client.scope.empty()) out += "&scope=" + percent_encoded(client.scope);
  return out;
}

TokenReply read_token_reply(int status, std::string_view body, const TokenClient& client) {
  if (status == 0) return TokenRefusal{false, std::string(body)};
  boost::json::error_code broken;
  const auto value = boost::json::parse({body.data(), body.size()}, broken);
  if (broken || !value.is_object())
    return TokenRefusal{false, "HTTP status " + std::to_string(status) + ", and no JSON"};
  const auto& reply = value.get_object();
  if (status != 200) return refusal_of(status, reply, client);
  AccessToken out{text_of(reply, "access_token"), lifetime_of(reply), text_of(reply, "refresh_token")};
  // It stands in an SMTP command (RFC 7628 3.1): visible ASCII alone (RFC 6749 A.12).
  const bool visible = std::ranges::all_of(out.token, [](char c) { return c > ' ' && c < 0x7f; });
  if (out.token.empty() || !visible) return TokenRefusal{false, "a reply without an access token"};
  return out;
}

std::string without_secrets(std::string words, const TokenClient& client) {
  const std::string &token = client.refresh_token, &password = client.client_secret;
  for (const std::string& secret : {token, percent_encoded(token), password, percent_encoded(password)})
    for (std::size_t at = 0; !secret.empty() && (at = words.find(secret, at)) != std::string::npos;)
      words.replace(at, secret.size(), "[secret]"), at += 8;
  return words;
}

TokenReply fetch_token(const TokenClient& client, const std::function<bool()>& is_ending) {
  start_libcurl();
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), curl_easy_cleanup);
  if (!easy) return TokenRefusal{false, "no memory"};
  const std::string request = token_request(client);
  Fetching fetching{{}, is_ending};
  set_up(easy.get(), client, request, fetching);
  const CURLcode done = curl_easy_perform(easy.get());
  if (done != CURLE_OK) return TokenRefusal{false, curl_easy_strerror(done)};
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  return read_token_reply(static_cast<int>(status), fetching.body, client);
}

}  // namespace tertius::mail
