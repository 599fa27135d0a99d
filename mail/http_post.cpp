#include "mail/http_post.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <list>
#include <new>
#include <utility>

#include "mail/libcurl.hpp"
#include "mail/may_dial.hpp"

namespace tertius::mail {
namespace {

// What a reply says is nobody's business: it is read so far that the connection can be closed in peace.
constexpr std::size_t most_body = 4096;
constexpr std::size_t most_headers = 32 * 1024;
constexpr std::size_t longest_line = 120;

std::string shown_line(std::string_view text) {
  std::string out(text.substr(0, std::min({text.find_first_of("\r\n"), text.size(), longest_line})));
  for (char& c : out)
    if (c < ' ' || c > '~') c = '?';
  return out;
}

}  // namespace

struct HttpPoster::Curl {
  struct Call {
    HttpPost post;
    Replied replied;
    const HttpPosterSettings* settings = nullptr;
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    std::array<char, CURL_ERROR_SIZE> error{};
    std::string line;
    std::size_t header_octets = 0, body_octets = 0;
    bool refused = false;  // an address that we do not open

    Call() = default;
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call();
    void set_up(CURLM* multi);
    bool may_open(const curl_sockaddr& address) const;
    HttpReply reply(CURLcode code) const;
  };

  HttpPosterSettings settings;
  DoorLoop loop;
  CURLM* multi = nullptr;
  std::list<Call> calls;

  Curl(HttpPosterSettings settings_, DoorLoop loop_);
  ~Curl();
  void take_ended();
  void end(CURL* easy, CURLcode code);

  static int on_socket(CURL*, curl_socket_t fd, int what, void* self, void*);
  static int on_timer(CURLM*, long milliseconds, void* self);
  static curl_socket_t on_open(void* call, curlsocktype, curl_sockaddr* address);
  static std::size_t on_header(char* text, std::size_t, std::size_t size, void* call);
  static std::size_t on_body(char*, std::size_t, std::size_t size, void* call);
};

HttpPoster::Curl::Call::~Call() {
  curl_easy_cleanup(easy);
  curl_slist_free_all(headers);
}

bool HttpPoster::Curl::Call::may_open(const curl_sockaddr& address) const {
  return may_dial(post.url, address.family, &address.addr, address.addrlen, settings->allow_private);
}

void HttpPoster::Curl::Call::set_up(CURLM* multi) {
  easy = curl_easy_init();
  if (easy == nullptr) throw std::bad_alloc();
  for (const std::string& header : post.headers) headers = curl_slist_append(headers, header.c_str());
  headers = curl_slist_append(headers, "Expect:");  // no round for a 100
  curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy, CURLOPT_URL, post.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, settings->allow_private ? "http,https" : "https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // not what the environment says: a proxy would resolve for us
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Curl::on_open);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, settings->user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(post.body.size()));
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, post.body.c_str());
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Curl::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Curl::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error.data());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(settings->patience.count()));
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // an end that waits for dead DNS is none
  if (!settings->ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, settings->ca_file.c_str());
  curl_multi_add_handle(multi, easy);
}

// A reply whose body is long, or never ends, is a reply.
HttpReply HttpPoster::Curl::Call::reply(CURLcode code) const {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  const bool is_whole = code == CURLE_OK || (code == CURLE_WRITE_ERROR && body_octets > most_body);
  curl_off_t retry_after = 0;
  curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retry_after);  // a date is told in seconds, too
  if (is_whole && status >= 200)
    return {static_cast<int>(status), line, std::chrono::seconds{std::max<curl_off_t>(retry_after, 0)}};
  // Alike, so that nobody learns which names are known in our own network.
  if (refused || code == CURLE_COULDNT_RESOLVE_HOST)
    return {0, "not dialled: no server on the public Internet has this name or address", {}};
  return {0, shown_line(error[0] != '\0' ? error.data() : curl_easy_strerror(code)), {}};
}

HttpPoster::Curl::Curl(HttpPosterSettings settings_, DoorLoop loop_)
    : settings(std::move(settings_)), loop(std::move(loop_)) {
  start_libcurl();
  multi = curl_multi_init();
  if (multi == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Curl::on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Curl::on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
}

HttpPoster::Curl::~Curl() {
  for (Call& call : calls) curl_multi_remove_handle(multi, call.easy);
  calls.clear();
  curl_multi_cleanup(multi);
}

int HttpPoster::Curl::on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) {
  const bool read = what == CURL_POLL_IN || what == CURL_POLL_INOUT;
  const bool write = what == CURL_POLL_OUT || what == CURL_POLL_INOUT;
  static_cast<Curl*>(self)->loop.watch(fd, read, write);
  return 0;
}

int HttpPoster::Curl::on_timer(CURLM*, long milliseconds, void* self) {
  std::optional<std::chrono::milliseconds> wait;
  if (milliseconds >= 0) wait = std::chrono::milliseconds{milliseconds};
  static_cast<Curl*>(self)->loop.set_timer(wait);
  return 0;
}

// Asked for each address of the name, just before it is dialled.
curl_socket_t HttpPoster::Curl::on_open(void* self, curlsocktype, curl_sockaddr* address) {
  auto& call = *static_cast<Call*>(self);
  if (!call.may_open(*address)) {
    call.refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t HttpPoster::Curl::on_header(char* text, std::size_t, std::size_t size, void* self) {
  auto& call = *static_cast<Call*>(self);
  const std::string_view header(text, size);
  if (header.starts_with("HTTP/")) call.line = shown_line(header);
  call.header_octets += size;
  return call.header_octets > most_headers ? 0 : size;
}

std::size_t HttpPoster::Curl::on_body(char*, std::size_t, std::size_t size, void* self) {
  auto& call = *static_cast<Call*>(self);
  call.body_octets += size;
  return call.body_octets > most_body ? 0 : size;
}

void HttpPoster::Curl::take_ended() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg == CURLMSG_DONE) end(message->easy_handle, message->data.result);
  }
}

void HttpPoster::Curl::end(CURL* easy, CURLcode code) {
  const auto call = std::ranges::find(calls, easy, &Call::easy);
  if (call == calls.end()) return;
  curl_multi_remove_handle(multi, easy);
  const HttpReply reply = call->reply(code);
  const Replied replied = std::move(call->replied);
  calls.erase(call);
  replied(reply);
}

HttpPoster::HttpPoster(HttpPosterSettings settings, DoorLoop loop)
    : curl_(std::make_unique<Curl>(std::move(settings), std::move(loop))) {}
HttpPoster::~HttpPoster() = default;

void HttpPoster::post(HttpPost what, Replied replied) {
  auto& call = curl_->calls.emplace_back();
  call.post = std::move(what);
  call.replied = std::move(replied);
  call.settings = &curl_->settings;
  call.set_up(curl_->multi);
}

void HttpPoster::ready(int fd, bool readable, bool writable) {
  int running = 0;
  const int mask = (readable ? CURL_CSELECT_IN : 0) | (writable ? CURL_CSELECT_OUT : 0);
  curl_multi_socket_action(curl_->multi, fd, mask, &running);
  curl_->take_ended();
}

void HttpPoster::timer() {
  int running = 0;
  curl_multi_socket_action(curl_->multi, CURL_SOCKET_TIMEOUT, 0, &running);
  curl_->take_ended();
}

}  // namespace tertius::mail
