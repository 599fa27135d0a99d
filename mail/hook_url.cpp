#include "mail/hook_url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <new>

#include "mail/reach.hpp"

namespace tertius::mail {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// Empty where it has none.
std::string part_of(const Url& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, curl_free);
  return text;
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host.ends_with(".localhost") || find_reach(host) == Reach::loopback;
}

bool is_ours(const std::string& host) {
  return is_this_machine(host) || find_reach(host).value_or(Reach::anywhere) == Reach::private_network;
}

// What differs between those that we post to and those that we read.
struct Purpose {
  const char *example, *switched_by, *no_login;
};
constexpr Purpose hook{"https://example.org/hook",
                       "The operator can allow this machine's own: web.allow_private_webhooks.",
                       "What is sent is signed; that tells your program that it comes from here."};
constexpr Purpose book{"https://dav.example.org/",
                       "The operator can allow this machine's own: contacts.allow_private_address_books.",
                       "They have fields of their own."};

Done check_place(const Url& url, bool allow_private, const Purpose& purpose) {
  std::string host = part_of(url, CURLUPART_HOST);
  std::ranges::transform(host, host.begin(), [](unsigned char c) { return std::tolower(c); });
  while (host.ends_with('.')) host.pop_back();
  if (host.empty()) return Failure{"The address names no server.", purpose.example};
  if (part_of(url, CURLUPART_SCHEME) != "https" && !(allow_private && is_this_machine(host)))
    return Failure{"The address has to begin with https://.", ""};
  if (find_reach(host) == Reach::nowhere || (is_ours(host) && !allow_private))
    return Failure{"This address leads to no server on the public Internet.", purpose.switched_by};
  const std::string port = part_of(url, CURLUPART_PORT);
  if (port.size() > 5 || !is_open_port(std::stoi("0" + port)))
    return Failure{"The port has to be 443, 8443 or above 1024.", ""};
  return std::monostate{};
}

Done check_url(const std::string& text, bool allow_private, const Purpose& purpose) {
  const bool visible = std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
  if (text.empty() || text.size() > longest_hook_url || !visible)
    return Failure{"This is no web address.", purpose.example};
  const Url url(curl_url(), curl_url_cleanup);
  if (!url) throw std::bad_alloc();
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
    return Failure{"This is no web address.", purpose.example};
  if (!part_of(url, CURLUPART_USER).empty() || !part_of(url, CURLUPART_PASSWORD).empty())
    return Failure{"The address has a name or password before its server.", purpose.no_login};
  return check_place(url, allow_private, purpose);
}

}  // namespace

Done check_hook_url(const std::string& text, bool allow_private) {
  return check_url(text, allow_private, hook);
}

Done check_book_url(const std::string& text, bool allow_private) {
  return check_url(text, allow_private, book);
}

}  // namespace tertius::mail
