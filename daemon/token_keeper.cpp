#include "daemon/token_keeper.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>

#include "daemon/log.hpp"
#include "daemon/secret_file.hpp"

namespace tertius::daemon {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto waits = std::to_array<std::chrono::seconds>({1min, 5min, 15min, 1h});

}  // namespace

TokenKeeper::TokenKeeper(boost::asio::io_context& io, TokenSource source, TokenHooks hooks)
    : io_(io), timer_(io), source_(std::move(source)), hooks_(std::move(hooks)) {}

TokenKeeper::~TokenKeeper() {
  stop();
  worker_.join();
}

void TokenKeeper::stop() {
  *ending_ = true;
  timer_.cancel();
}

void TokenKeeper::renew() {
  if (steady_clock::now() - fetched_at_ < source_.between) return;
  fetch();
}

void TokenKeeper::fetch() {
  if (fetching_ || *ending_) return;
  fetching_ = true;
  timer_.cancel();
  read_secrets();
  fetched_at_ = steady_clock::now();
  boost::asio::post(worker_, [this, client = source_.client, ending = ending_] {
    auto reply = mail::fetch_token(client, [ending] { return ending->load(); });
    boost::asio::post(io_, [this, ending, reply = std::move(reply)] {
      if (!*ending) take(reply);
    });
  });
}

void TokenKeeper::take(const mail::TokenReply& reply) {
  fetching_ = false;
  if (const auto* token = std::get_if<mail::AccessToken>(&reply))
    take_token(*token);
  else
    take_refusal(std::get<mail::TokenRefusal>(reply));
}

// A file that has changed since we last read or wrote it has been changed by a person. Unchanged, it may hold
// an older token than ours: the one that could not be saved.
void TokenKeeper::read_secrets() {
  if (!source_.client_secret_file.empty())
    if (const auto secret = read_secret_file(source_.client_secret_file))
      source_.client.client_secret = secret.value();
  if (source_.refresh_token_file.empty()) return;
  const auto token = read_secret_file(source_.refresh_token_file);
  if (token && token.value() != in_file_) source_.client.refresh_token = in_file_ = token.value();
}

void TokenKeeper::save_refresh_token() {
  if (source_.refresh_token_file.empty() || source_.client.refresh_token == in_file_) return;
  const auto saved = replace_secret_file(source_.refresh_token_file, source_.client.refresh_token);
  if (saved) {
    in_file_ = source_.client.refresh_token;
    return;
  }
  log_error("token", "why=" + log_value(saved.error().what));
  hooks_.alarmed({"The new refresh token cannot be saved: " + saved.error().what, saved.error().hint});
}

void TokenKeeper::take_token(const mail::AccessToken& token) {
  if (!token.refresh_token.empty()) source_.client.refresh_token = token.refresh_token;
  save_refresh_token();
  failures_ = 0;
  good_until_ = steady_clock::now() + token.lifetime;
  fetch_after(std::max(token.lifetime * 4 / 5, 30s));
  hooks_.told(token.token);
}

// A final refusal is asked again too, an hour later: the operator may have mended it meanwhile. The token
// there is serves as long as it is good; then its end is told.
void TokenKeeper::take_refusal(const mail::TokenRefusal& refusal) {
  const auto step = refusal.is_final ? waits.size() - 1 : static_cast<std::size_t>(failures_++);
  const auto left = std::chrono::ceil<std::chrono::seconds>(good_until_ - steady_clock::now());
  const auto wait = waits[std::min(step, waits.size() - 1)];
  fetch_after(left > 0s ? std::min(wait, left) : wait);
  log_warning("token", "why=" + log_value(refusal.text));
  const Failure none{"no access token for " + source_.of + ": " + refusal.text,
                     refusal.is_final ? "A person has to sign in again and give a new refresh token." : ""};
  if (left <= 0s)
    hooks_.told(none);
  else if (refusal.is_final)
    hooks_.alarmed(none);
}

void TokenKeeper::fetch_after(std::chrono::seconds wait) {
  timer_.expires_after(wait);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) fetch();
  });
}

}  // namespace tertius::daemon
