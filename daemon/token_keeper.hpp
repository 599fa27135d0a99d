#pragma once
// Keeps an OAuth2 access token fresh: fetched at the start, again at four fifths of its life, and when the
// relay has refused it. A refresh token that the server changes is on the disk before the new access token is
// used: lost, only a person could make the next. Fetching blocks, so it has a thread of its own; all else is
// the io_context's.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "broker/result.hpp"
#include "mail/access_token.hpp"

namespace tertius::daemon {

struct TokenSource {
  mail::TokenClient client;                  // its refresh_token is the file's
  std::filesystem::path refresh_token_file;  // empty: client credentials
};

class TokenKeeper {
 public:
  // `told` hears each new token, and why there is none; a token that is still good outlives a failure to
  // renew it.
  using Told = std::function<void(Result<std::string>)>;
  TokenKeeper(boost::asio::io_context& io, TokenSource source, Told told);
  ~TokenKeeper();  // breaks off what is being fetched
  TokenKeeper(const TokenKeeper&) = delete;
  TokenKeeper& operator=(const TokenKeeper&) = delete;

  void start() { fetch(); }
  // The relay did not like it: another, but not more often than once a minute.
  void renew();

 private:
  void fetch();
  void take(const mail::TokenReply& reply);
  void take_token(const mail::AccessToken& token);
  void take_refusal(const mail::TokenRefusal& refusal);
  void fetch_after(std::chrono::seconds wait);

  boost::asio::io_context& io_;
  boost::asio::steady_timer timer_;
  TokenSource source_;
  Told told_;
  int failures_ = 0;  // in a row
  bool fetching_ = false;
  std::chrono::steady_clock::time_point fetched_at_{}, good_until_{};
  std::shared_ptr<std::atomic<bool>> ending_ = std::make_shared<std::atomic<bool>>(false);
  boost::asio::thread_pool worker_{1};
};

// Written beside it, forced to the disk and renamed over it, for us alone.
Done replace_secret_file(const std::filesystem::path& file, const std::string& secret);

}  // namespace tertius::daemon
