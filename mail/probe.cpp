#include "mail/probe.hpp"

#include <curl/curl.h>

#include <array>
#include <cstring>
#include <memory>
#include <string_view>

#include "mail/libcurl.hpp"

namespace tertius::mail {

namespace {

constexpr std::size_t longest_body = 4'096;

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* to) {
  auto& body = *static_cast<std::string*>(to);
  body.append(bytes, std::min(size * count, longest_body - std::min(longest_body, body.size())));
  return size * count;
}

// The chain's first certificate is the server's; libcurl spells its end "Expire date:Mar  9 12:00:00 2027
// GMT".
std::optional<Time> end_of_certificate(CURL* easy) {
  curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain || chain->num_of_certs < 1)
    return std::nullopt;
  constexpr std::string_view label = "Expire date:";
  for (const curl_slist* line = chain->certinfo[0]; line; line = line->next) {
    const std::string_view text(line->data);
    if (!text.starts_with(label)) continue;
    const std::time_t until = curl_getdate(line->data + label.size(), nullptr);
    if (until >= 0) return Time{std::chrono::seconds{until}};
  }
  return std::nullopt;
}

class Asking {
 public:
  Asking(const std::string& url, std::chrono::milliseconds patience) {
    easy_.reset(start());
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_ERRORBUFFER, error_.data());
    set(CURLOPT_CERTINFO, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, &out_.body);
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(easy_.get(), option, value);
  }

  Probe perform() {
    const CURLcode done = curl_easy_perform(easy_.get());
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    out_.status = static_cast<int>(status);
    out_.certificate_until = end_of_certificate(easy_.get());
    if (done != CURLE_OK) out_.failure = error_[0] != '\0' ? error_.data() : curl_easy_strerror(done);
    return std::move(out_);
  }

 private:
  static CURL* start() {
    start_libcurl();
    return curl_easy_init();
  }
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy_{nullptr, curl_easy_cleanup};
  std::array<char, CURL_ERROR_SIZE> error_{};
  Probe out_;
};

std::string url_of(const DoorSettings& settings) {
  const std::string protocol = settings.protocol == DoorProtocol::imap ? "imap" : "smtp";
  const std::string scheme = protocol + (settings.security == Security::tls ? "s://" : "://");
  const bool is_six = settings.host.find(':') != std::string::npos;
  const std::string host = is_six ? "[" + settings.host + "]" : settings.host;
  return scheme + host + ":" + std::to_string(settings.port) + "/" + settings.hello;
}

Probe ask_for(const DoorSettings& settings, const std::string& command) {
  Asking asking(url_of(settings), settings.patience);
  asking.set(CURLOPT_USE_SSL,
             static_cast<long>(settings.security == Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  if (!settings.ca_file.empty()) asking.set(CURLOPT_CAINFO, settings.ca_file.c_str());
  if (!settings.user.empty()) asking.set(CURLOPT_USERNAME, settings.user.c_str());
  if (!settings.password.empty()) asking.set(CURLOPT_PASSWORD, settings.password.c_str());
  if (!settings.bearer.empty()) asking.set(CURLOPT_XOAUTH2_BEARER, settings.bearer.c_str());
  if (!settings.login_options.empty()) asking.set(CURLOPT_LOGIN_OPTIONS, settings.login_options.c_str());
  asking.set(CURLOPT_CUSTOMREQUEST, command.c_str());
  asking.set(CURLOPT_NOBODY, 1L);
  return asking.perform();
}

}  // namespace

Probe probe_relay(const DoorSettings& settings) { return ask_for(settings, "NOOP"); }

Probe probe_mailbox(const DoorSettings& settings, const std::string& folder) {
  return ask_for(settings, "EXAMINE " + folder);
}

Probe probe_page(const std::string& url, const std::string& ca_file, std::chrono::milliseconds patience) {
  Asking asking(url, patience);
  if (!ca_file.empty()) asking.set(CURLOPT_CAINFO, ca_file.c_str());
  asking.set(CURLOPT_FOLLOWLOCATION, 0L);
  return asking.perform();
}

}  // namespace tertius::mail
