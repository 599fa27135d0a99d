#pragma once
// POSTs to servers that strangers have named, by libcurl, without ever blocking: many at once, each answered
// by its status line. Redirects are not followed, no proxy is asked, and no socket is opened to an address
// that is not public (mail/reach.hpp). It has no event loop of its own, as mail::Door has none. One thread.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mail/door.hpp"

namespace tertius::mail {

struct HttpPost {
  std::string url;
  std::vector<std::string> headers;  // "Name: value"
  std::string body;
};

struct HttpReply {
  int status = 0;                       // 0: there was none
  std::string line;                     // its first line, or why there was none
  std::chrono::seconds retry_after{0};  // RFC 9110 10.2.3: what it asks for; 0: nothing
};

struct HttpPosterSettings {
  std::string user_agent;
  bool allow_private = false;                  // loopback and private networks too; http on loopback
  std::string ca_file = {};                    // PEM; empty: the system's
  std::chrono::milliseconds patience{15'000};  // from the name's resolving to the end of the reply
};

class HttpPoster {
 public:
  using Replied = std::function<void(HttpReply)>;

  HttpPoster(HttpPosterSettings settings, DoorLoop loop);
  ~HttpPoster();  // what is under way is dropped, and its `replied` not called
  HttpPoster(const HttpPoster&) = delete;
  HttpPoster& operator=(const HttpPoster&) = delete;

  // `replied` is called once, from ready() or timer().
  void post(HttpPost what, Replied replied);
  void ready(int fd, bool readable, bool writable);
  void timer();

 private:
  struct Curl;
  std::unique_ptr<Curl> curl_;
};

}  // namespace tertius::mail
