#include "mail/door.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>
#include <utility>

#include "mail/ascii.hpp"
#include "mail/imap_response.hpp"
#include "mail/libcurl.hpp"
#include "mail/reply_reader.hpp"

namespace tertius::mail {
namespace {

constexpr std::size_t most_lines = 1000;       // of a server that never ends its greeting
constexpr std::size_t most_at_once = 1 << 20;  // so that one busy server does not keep the thread

// The path of the URL is the EHLO name; anything odd in it would change the URL.
std::string url_of(const DoorSettings& settings) {
  const std::string_view scheme = settings.protocol == DoorProtocol::smtp ? "smtp" : "imap";
  const bool ipv6 = settings.host.find(':') != std::string::npos && !settings.host.starts_with('[');
  auto url = std::string(scheme) + (settings.security == Security::tls ? "s://" : "://");
  url += ipv6 ? "[" + settings.host + "]" : settings.host;
  url += ":" + std::to_string(settings.port) + "/";
  if (settings.protocol == DoorProtocol::imap) return url;
  for (const char c : settings.hello)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-')
      url += c;
  return url;
}

struct FaultOfCode {
  CURLcode code;
  DoorFault fault;
};
constexpr auto faults = std::to_array<FaultOfCode>({
    {CURLE_PEER_FAILED_VERIFICATION, DoorFault::certificate},
    {CURLE_SSL_CACERT_BADFILE, DoorFault::certificate},
    {CURLE_SSL_ISSUER_ERROR, DoorFault::certificate},
    {CURLE_SSL_CONNECT_ERROR, DoorFault::tls},
    {CURLE_USE_SSL_FAILED, DoorFault::tls},
    {CURLE_SSL_CIPHER, DoorFault::tls},
    {CURLE_SSL_CERTPROBLEM, DoorFault::tls},
    {CURLE_LOGIN_DENIED, DoorFault::login},
    {CURLE_AUTH_ERROR, DoorFault::login},
    {CURLE_REMOTE_ACCESS_DENIED, DoorFault::refused},
    {CURLE_WEIRD_SERVER_REPLY, DoorFault::refused},
});

DoorFault fault_of(CURLcode code) {
  const auto row = std::find_if(faults.begin(), faults.end(),
                                [code](const FaultOfCode& each) { return each.code == code; });
  return row == faults.end() ? DoorFault::unreachable : row->fault;
}

}  // namespace

struct Door::Curl {
  CURLM* multi = nullptr;
  CURL* easy = nullptr;
  DoorSettings settings;
  DoorLoop loop;
  Opened opened;
  std::vector<std::string> lines;  // of the reply under way (IMAP: all)
  std::vector<std::string> offer;  // of the last EHLO
  SmtpReply last_reply;
  bool done = false;
  std::array<char, CURL_ERROR_SIZE> error{};

  ~Curl();
  void set_up();
  void set_login() const;
  void add_line(std::string line);
  DoorFailure failure_of(CURLcode code) const;
  void say_imap_refusal(DoorFailure& failure) const;
  bool lacks_login() const;

  static std::size_t on_line(char* text, std::size_t, std::size_t size, void* self);
  static int on_socket(CURL*, curl_socket_t fd, int what, void* self, void*);
  static int on_timer(CURLM*, long milliseconds, void* self);
};

Door::Curl::~Curl() {
  // curl says goodbye to its sockets in here; nobody listens any more but the loop must forget them.
  opened = nullptr;
  if (multi != nullptr && easy != nullptr) curl_multi_remove_handle(multi, easy);
  curl_easy_cleanup(easy);
  curl_multi_cleanup(multi);
}

std::size_t Door::Curl::on_line(char* text, std::size_t, std::size_t size, void* self) {
  static_cast<Curl*>(self)->add_line(std::string(text, size));
  return size;
}

int Door::Curl::on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) {
  const bool read = what == CURL_POLL_IN || what == CURL_POLL_INOUT;
  const bool write = what == CURL_POLL_OUT || what == CURL_POLL_INOUT;
  static_cast<Curl*>(self)->loop.watch(fd, read, write);
  return 0;
}

int Door::Curl::on_timer(CURLM*, long milliseconds, void* self) {
  std::optional<std::chrono::milliseconds> wait;
  if (milliseconds >= 0) wait = std::chrono::milliseconds{milliseconds};
  static_cast<Curl*>(self)->loop.set_timer(wait);
  return 0;
}

// After STARTTLS there is a second EHLO; what the first one promised, in the clear, no longer counts.
void Door::Curl::add_line(std::string line) {
  if (lines.size() >= most_lines) return;
  lines.push_back(std::move(line));
  if (settings.protocol == DoorProtocol::imap) return;
  const auto& last = lines.back();
  if (last.size() > 3 && last[3] == '-') return;
  ReplyReader reader;
  for (const auto& each : lines) reader.add(each);
  last_reply = reader.take().value_or(SmtpReply{});
  if (last_reply.code == 250) offer = lines;
  lines.clear();
}

void Door::Curl::set_login() const {
  if (settings.user.empty()) return;
  curl_easy_setopt(easy, CURLOPT_USERNAME, settings.user.c_str());
  if (settings.bearer.empty())
    curl_easy_setopt(easy, CURLOPT_PASSWORD, settings.password.c_str());
  else
    curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, settings.bearer.c_str());
  if (!settings.login_options.empty())
    curl_easy_setopt(easy, CURLOPT_LOGIN_OPTIONS, settings.login_options.c_str());
}

void Door::Curl::set_up() {
  multi = curl_multi_init();
  easy = curl_easy_init();
  if (multi == nullptr || easy == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Curl::on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Curl::on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
  curl_easy_setopt(easy, CURLOPT_URL, url_of(settings).c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps,imap,imaps");
  curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // not what the environment says
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Curl::on_line);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error.data());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.patience.count()));
  curl_easy_setopt(easy, CURLOPT_USE_SSL,
                   settings.security == Security::starttls ? static_cast<long>(CURLUSESSL_ALL)
                                                           : static_cast<long>(CURLUSESSL_NONE));
  if (!settings.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
  set_login();
}

DoorFailure Door::Curl::failure_of(CURLcode code) const {
  DoorFailure failure{fault_of(code), 0, {}, error[0] != '\0' ? error.data() : curl_easy_strerror(code)};
  if (settings.protocol == DoorProtocol::imap) say_imap_refusal(failure);
  if (last_reply.code < 400) return failure;
  failure.code = last_reply.code;
  failure.enhanced = last_reply.enhanced;
  failure.text = last_reply.text;
  // 454 at login is a directory that is down (RFC 4954 6), 421 in the greeting a relay that is full.
  if (failure.code < 500 && (failure.fault == DoorFault::login || failure.fault == DoorFault::refused))
    failure.fault = DoorFault::busy;
  return failure;
}

// libcurl says that it was refused; the server says why. UNAVAILABLE is a directory that is down, and INUSE
// and LIMIT pass too (RFC 5530 3, RFC 9051 7.1); BYE in the greeting is a server that is full.
void Door::Curl::say_imap_refusal(DoorFailure& failure) const {
  const auto status_of = [](std::string_view line) {
    return find_status(trim(line.substr(std::min(line.find(' ') + 1, line.size()))));
  };
  const auto is_refusal = [&](const std::string& line) {
    const auto status = status_of(line);
    return status && status->condition != ImapCondition::ok && status->condition != ImapCondition::preauth;
  };
  const auto line = std::find_if(lines.rbegin(), lines.rend(), is_refusal);
  if (line == lines.rend()) return;
  const auto status = status_of(*line);
  if (!status->text.empty()) failure.text = status->text;
  const bool passes =
      has_code(*status, "UNAVAILABLE") || has_code(*status, "INUSE") || has_code(*status, "LIMIT");
  const bool counts = failure.fault == DoorFault::login || failure.fault == DoorFault::refused;
  if (counts && (passes || status->condition == ImapCondition::bye)) failure.fault = DoorFault::busy;
}

// libcurl goes on without login where none is offered; the relay would then refuse mail by mail.
bool Door::Curl::lacks_login() const {
  if (settings.user.empty() || settings.protocol != DoorProtocol::smtp) return false;
  return std::none_of(offer.begin(), offer.end(), [](const std::string& line) {
    return line.size() > 8 && line.compare(4, 4, "AUTH") == 0;
  });
}

Door::Door(const DoorSettings& settings, DoorLoop loop, Opened opened) : curl_(std::make_unique<Curl>()) {
  start_libcurl();
  curl_->settings = settings;
  curl_->loop = std::move(loop);
  curl_->opened = std::move(opened);
  curl_->set_up();
}

Door::~Door() = default;

void Door::start() { curl_multi_add_handle(curl_->multi, curl_->easy); }

void Door::ready(int fd, bool readable, bool writable) {
  int running = 0;
  const int mask = (readable ? CURL_CSELECT_IN : 0) | (writable ? CURL_CSELECT_OUT : 0);
  curl_multi_socket_action(curl_->multi, fd, mask, &running);
  finish_if_done();
}

void Door::timer() {
  int running = 0;
  curl_multi_socket_action(curl_->multi, CURL_SOCKET_TIMEOUT, 0, &running);
  finish_if_done();
}

void Door::finish_if_done() {
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(curl_->multi, &left);
  if (message == nullptr || message->msg != CURLMSG_DONE || curl_->done) return;
  curl_->done = true;
  std::optional<DoorFailure> failure;
  if (message->data.result != CURLE_OK)
    failure = curl_->failure_of(message->data.result);
  else if (curl_->lacks_login())
    failure = DoorFailure{DoorFault::login, 0, {}, "it offers no AUTH"};
  const auto opened = std::exchange(curl_->opened, nullptr);
  if (opened) opened(std::move(failure));  // may destroy this
}

int Door::socket() const {
  curl_socket_t fd = CURL_SOCKET_BAD;
  curl_easy_getinfo(curl_->easy, CURLINFO_ACTIVESOCKET, &fd);
  return fd;
}

const std::vector<std::string>& Door::offer_lines() const {
  return curl_->settings.protocol == DoorProtocol::smtp ? curl_->offer : curl_->lines;
}

std::optional<std::size_t> Door::send(std::string_view bytes) {
  std::size_t sent = 0;
  const auto code = curl_easy_send(curl_->easy, bytes.data(), bytes.size(), &sent);
  if (code == CURLE_OK) return sent;
  if (code == CURLE_AGAIN) return 0;
  return {};
}

Door::Reading Door::receive(std::string& bytes) {
  std::array<char, 16384> buffer;
  for (std::size_t total = 0; total < most_at_once;) {
    std::size_t size = 0;
    const auto code = curl_easy_recv(curl_->easy, buffer.data(), buffer.size(), &size);
    if (code == CURLE_AGAIN) return Reading::drained;
    if (code != CURLE_OK || size == 0) return Reading::closed;
    bytes.append(buffer.data(), size);
    total += size;
  }
  return Reading::more;
}

}  // namespace tertius::mail
