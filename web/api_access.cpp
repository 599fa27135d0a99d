#include "web/api_access.hpp"

#include <algorithm>

#include "broker/sha256.hpp"
#include "mail/transfer_encoding.hpp"
#include "web/api_problem.hpp"

namespace tertius::web {

namespace {

HttpResponse challenge(const Desk& desk, const ApiProblem& what, const std::string& error) {
  HttpResponse out = problem_response(desk, what);
  out.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"tertius\"" + error);
  return out;
}

// What stands behind the scheme, whose name is in any case (RFC 9110 11.1).
std::string credentials(const HttpRequest& request, std::string_view scheme) {
  const std::string header = header_of(request, "authorization");
  const auto is_same = [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); };
  if (header.size() <= scheme.size() || header[scheme.size()] != ' ') return {};
  if (!std::equal(scheme.begin(), scheme.end(), header.begin(), is_same)) return {};
  return header.substr(std::min(header.find_first_not_of(' ', scheme.size()), header.size()));
}

}  // namespace

std::string header_of(const HttpRequest& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? std::string() : found->second;
}

std::string bearer_secret(const HttpRequest& request) { return credentials(request, "bearer"); }

// The user's name ends at the first colon; the password may have more of them.
std::string password_secret(const HttpRequest& request) {
  const std::string pair = mail::decode_base64(credentials(request, "basic"));
  const auto colon = pair.find(':');
  return colon == pair.npos ? std::string() : pair.substr(colon + 1);
}

std::variant<storage::ApiToken, HttpResponse> authenticate(const std::string& secret, const Desk& desk) {
  if (secret.empty()) {
    const ApiProblem none{"no_token", "There is no bearer token in the Authorization header.",
                          "Make one on the page /tokens, or have the operator make one: tertius token add."};
    return challenge(desk, none, "");
  }
  auto token = storage::find_api_token(desk.db, hex_sha256(secret), desk.now);
  if (token) return std::move(*token);
  const ApiProblem bad{"bad_token", "This token is unknown, has expired or was revoked.",
                       "Make a new one on the page /tokens."};
  return challenge(desk, bad, ", error=\"invalid_token\"");
}

std::optional<HttpResponse> refuse_scope(const Desk& desk, ApiScope scope, const storage::ApiToken& token) {
  if (token.scopes.has(scope)) return std::nullopt;
  const std::string wanted(scope_name(scope));
  const ApiProblem problem{"insufficient_scope", "This wants a token with the scope " + wanted + ".",
                           "Make one that has it."};
  return challenge(desk, problem, ", error=\"insufficient_scope\", scope=\"" + wanted + "\"");
}

}  // namespace tertius::web
