#pragma once
// Keeps an OAuth2 access token for a relay or a mailbox fresh: fetched at the start, again at four fifths of
// its life, and when the server has refused it. A refresh token that the server changes is on the disk before
// the new access token is used: lost, only a person could make the next. Fetching blocks, so it has a thread
// of its own; all else is the io_context's.

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
  mail::TokenClient client;                  // without its secrets: those are the files'
  std::filesystem::path client_secret_file;  // empty: a public client
  std::filesystem::path refresh_token_file;  // empty: client credentials
  std::string of{"the relay"};               // whose tokens they are, for what is said
  std::chrono::seconds between{60};          // two fetches because of refusals, at least
};

struct TokenHooks {
  // Each new token, and why there is none; a token that is still good outlives a failure to renew it.
  std::function<void(Result<std::string>)> told;
  // What only a person can mend, as soon as it is known.
  std::function<void(const Failure&)> alarmed;
};

class TokenKeeper {
 public:
  TokenKeeper(boost::asio::io_context& io, TokenSource source, TokenHooks hooks);
  ~TokenKeeper();  // as stop()
  TokenKeeper(const TokenKeeper&) = delete;
  TokenKeeper& operator=(const TokenKeeper&) = delete;

  void start() { fetch(); }
  // The relay did not like it: another, but no storm of them (TokenSource::between).
  void renew();
  void stop();  // breaks off what is being fetched, and fetches no more

 private:
  void fetch();
  void take(const mail::TokenReply& reply);
  void take_token(const mail::AccessToken& token);
  void take_refusal(const mail::TokenRefusal& refusal);
  void read_secrets();
  void save_refresh_token();
  void fetch_after(std::chrono::seconds wait);

  boost::asio::io_context& io_;
  boost::asio::steady_timer timer_;
  TokenSource source_;
  TokenHooks hooks_;
  std::string in_file_;  // the refresh token as the file last had it
  int failures_ = 0;     // in a row
  bool fetching_ = false;
  std::chrono::steady_clock::time_point fetched_at_{}, good_until_{};
  std::shared_ptr<std::atomic<bool>> ending_ = std::make_shared<std::atomic<bool>>(false);
  boost::asio::thread_pool worker_{1};
};

}  // namespace tertius::daemon
