#pragma once
// Who is signed in, and which browser it is. A browser holds one random secret in a __Host- cookie (HttpOnly,
// Secure, SameSite=Lax; RFC 6265bis 4.1.3.2), which only a browser that was given it can send: no scanner
// holds it, whatever script it runs. On plain http (`tertius try` on a loopback address) the prefix and
// Secure are dropped.

#include <optional>
#include <string>

#include "broker/person.hpp"
#include "storage/browsers.hpp"
#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::web {

inline constexpr std::chrono::days browser_life{180};
inline constexpr std::chrono::days session_life{30};
inline constexpr std::chrono::hours member_nonce_life{
    12};  // a request takes longer to write than half an hour

struct Member {
  Person person;
  storage::Browser browser;
  bool is_operator = false;  // signed in with the operator's own address
};

// The hash of the browser's secret; empty where it holds none.
std::string browser_key(const HttpRequest& request, const Links& links);
// As this person's, also where their answer has yet to outlive its hold.
std::optional<storage::Browser> find_browser_of(const HttpRequest& request, Desk& desk, PersonId person);
bool is_known_browser(const HttpRequest& request, Desk& desk, PersonId person);
std::optional<Member> find_member(const HttpRequest& request, Desk& desk);

// Gives the browser a new secret, and what its old one was known for stays with it. The new key's hash.
std::string renew_browser(const HttpRequest& request, Desk& desk, HttpResponse& out);
// Its own key, or a new one where it has none.
std::string keep_browser(const HttpRequest& request, Desk& desk, HttpResponse& out);

// "Firefox on Linux", for the list of browsers that a person can revoke.
std::string browser_name(const HttpRequest& request);

// What the nonces of a signed-in browser's pages are for.
std::string member_token(const Member& member);

}  // namespace tertius::web
