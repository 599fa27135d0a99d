#pragma once
// Requests to servers that strangers have named, one after the other over one connection, each waited for:
// for a thread of its own. As mail/http_post.hpp has it, redirects are not followed, no proxy is asked, and
// no socket is opened to an address that is not public. One thread at a time.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tertius::mail {

struct FetchSettings {
  std::string user_agent;
  std::string user, password;  // Basic or Digest, as the server wants it; empty: none
  bool allow_private = false;  // loopback and private networks too; http on loopback
  std::string ca_file = {};    // PEM; empty: the system's
  std::size_t most_body = 32'000'000;
  std::chrono::milliseconds patience{60'000};                // for one request
  std::function<bool()> is_given_up = [] { return false; };  // asked about once a second
};

struct FetchRequest {
  std::string method, url;
  std::vector<std::string> headers;  // "Name: value"
  std::string body;
};

struct Fetched {
  int status = 0;  // 0: there was no reply
  std::string body;
  std::string location;       // of a redirect, absolute
  std::string what;           // why there was none
  bool is_untrusted = false;  // its certificate
};

class HttpFetcher {
 public:
  explicit HttpFetcher(FetchSettings settings);
  ~HttpFetcher();
  HttpFetcher(const HttpFetcher&) = delete;
  HttpFetcher& operator=(const HttpFetcher&) = delete;

  Fetched fetch(const FetchRequest& request);

 private:
  struct Curl;
  std::unique_ptr<Curl> curl_;
};

}  // namespace tertius::mail
