#include "mail/libcurl.hpp"

#include <curl/curl.h>

#include <csignal>
#include <mutex>
#include <stdexcept>

namespace tertius::mail {

void start_libcurl() {
  static std::once_flag once;
  std::call_once(once, [] {
    std::signal(SIGPIPE, SIG_IGN);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl does not start");
  });
}

}  // namespace tertius::mail
