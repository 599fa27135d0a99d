#include "mail/http_fetch.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <new>

#include "mail/libcurl.hpp"
#include "mail/may_dial.hpp"

namespace tertius::mail {
namespace {

constexpr std::size_t longest_trouble = 200;

// libcurl writes our login into the address that it was sent on to.
std::string without_login(const char* text) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), curl_url_cleanup);
  if (!url) throw std::bad_alloc();
  char* bare = nullptr;
  if (curl_url_set(url.get(), CURLUPART_URL, text, 0) != CURLUE_OK) return {};
  curl_url_set(url.get(), CURLUPART_USER, nullptr, 0);
  curl_url_set(url.get(), CURLUPART_PASSWORD, nullptr, 0);
  if (curl_url_get(url.get(), CURLUPART_URL, &bare, 0) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owner(bare, curl_free);
  return bare;
}

std::string shown(std::string_view text) {
  std::string out(text.substr(0, longest_trouble));
  for (char& c : out)
    if (c < ' ' || c > '~') c = '?';
  return out;
}

}  // namespace

struct HttpFetcher::Curl {
  FetchSettings settings;
  CURL* easy = nullptr;
  std::array<char, CURL_ERROR_SIZE> error{};
  std::string url, body;
  bool refused = false;   // an address that we do not open
  bool too_long = false;  // a body that we do not hold

  explicit Curl(FetchSettings settings_);
  ~Curl() { curl_easy_cleanup(easy); }
  Curl(const Curl&) = delete;
  Curl& operator=(const Curl&) = delete;

  Fetched outcome(CURLcode code);
  std::string trouble(CURLcode code) const;

  static curl_socket_t on_open(void* self, curlsocktype, curl_sockaddr* address);
  static std::size_t on_body(char* text, std::size_t, std::size_t size, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
};

HttpFetcher::Curl::Curl(FetchSettings settings_) : settings(std::move(settings_)) {
  start_libcurl();
  easy = curl_easy_init();
  if (easy == nullptr) throw std::bad_alloc();
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, settings.allow_private ? "http,https" : "https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // not what the environment says: a proxy would resolve for us
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Curl::on_open);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Curl::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &Curl::on_progress);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_USERAGENT, settings.user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error.data());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.patience.count()));
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // an end that waits for dead DNS is none
  if (!settings.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
  if (settings.user.empty()) return;
  curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC | CURLAUTH_DIGEST));
  curl_easy_setopt(easy, CURLOPT_USERNAME, settings.user.c_str());
  curl_easy_setopt(easy, CURLOPT_PASSWORD, settings.password.c_str());
}

// Asked for each address of the name, just before it is dialled.
curl_socket_t HttpFetcher::Curl::on_open(void* self, curlsocktype, curl_sockaddr* address) {
  auto& curl = *static_cast<Curl*>(self);
  if (!may_dial(curl.url, address->family, &address->addr, address->addrlen, curl.settings.allow_private)) {
    curl.refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t HttpFetcher::Curl::on_body(char* text, std::size_t, std::size_t size, void* self) {
  auto& curl = *static_cast<Curl*>(self);
  curl.too_long = curl.body.size() + size > curl.settings.most_body;
  if (curl.too_long) return 0;
  curl.body.append(text, size);
  return size;
}

int HttpFetcher::Curl::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Curl*>(self)->settings.is_given_up() ? 1 : 0;
}

std::string HttpFetcher::Curl::trouble(CURLcode code) const {
  if (too_long) return "The server's answer is too long.";
  // Alike, so that nobody learns which names are known in our own network.
  if (refused || code == CURLE_COULDNT_RESOLVE_HOST)
    return "No server on the public Internet has this name or address.";
  if (code == CURLE_ABORTED_BY_CALLBACK) return "It took too long, or we were stopped meanwhile.";
  return shown(error[0] != '\0' ? error.data() : curl_easy_strerror(code));
}

Fetched HttpFetcher::Curl::outcome(CURLcode code) {
  Fetched out;
  if (code != CURLE_OK) {
    out.what = trouble(code);
    out.is_untrusted = code == CURLE_PEER_FAILED_VERIFICATION;
    return out;
  }
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  const char* location = nullptr;
  curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &location);
  out.status = static_cast<int>(status);
  if (location != nullptr) out.location = without_login(location);
  out.body = std::move(body);
  return out;
}

HttpFetcher::HttpFetcher(FetchSettings settings) : curl_(std::make_unique<Curl>(std::move(settings))) {}
HttpFetcher::~HttpFetcher() = default;

Fetched HttpFetcher::fetch(const FetchRequest& request) {
  Curl& curl = *curl_;
  curl.url = request.url;
  curl.body.clear();
  curl.refused = curl.too_long = false;
  curl.error.fill('\0');
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(nullptr, curl_slist_free_all);
  const auto add = [&](const std::string& line) {
    headers.reset(curl_slist_append(headers.release(), line.c_str()));
  };
  for (const std::string& header : request.headers) add(header);
  add("Expect:");  // no round for a 100
  curl_easy_setopt(curl.easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl.easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(curl.easy, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
  curl_easy_setopt(curl.easy, CURLOPT_POSTFIELDS, request.body.c_str());
  return curl.outcome(curl_easy_perform(curl.easy));
}

}  // namespace tertius::mail
