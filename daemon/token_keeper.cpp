#include "daemon/token_keeper.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <cstdio>

#include "daemon/log.hpp"

namespace tertius::daemon {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto waits = std::to_array<std::chrono::seconds>({1min, 5min, 15min, 1h});
constexpr std::chrono::seconds least_between{60};

}  // namespace

TokenKeeper::TokenKeeper(boost::asio::io_context& io, TokenSource source, Told told)
    : io_(io), timer_(io), source_(std::move(source)), told_(std::move(told)) {}

TokenKeeper::~TokenKeeper() {
  *ending_ = true;
  worker_.join();
}

void TokenKeeper::renew() {
  if (steady_clock::now() - fetched_at_ < least_between) return;
  fetch();
}

void TokenKeeper::fetch() {
  if (fetching_) return;
  fetching_ = true;
  timer_.cancel();
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

void TokenKeeper::take_token(const mail::AccessToken& token) {
  const bool has_file = !source_.refresh_token_file.empty();
  if (has_file && !token.refresh_token.empty() && token.refresh_token != source_.client.refresh_token) {
    if (const auto kept = replace_secret_file(source_.refresh_token_file, token.refresh_token); !kept)
      log_error("token", "why=" + log_value(kept.error().what));
    source_.client.refresh_token = token.refresh_token;
  }
  failures_ = 0;
  good_until_ = steady_clock::now() + token.lifetime;
  fetch_after(std::max(token.lifetime * 4 / 5, 30s));
  told_(token.token);
}

// A final refusal is asked again too, an hour later: the operator may have mended it meanwhile.
void TokenKeeper::take_refusal(const mail::TokenRefusal& refusal) {
  const auto step = refusal.is_final ? waits.size() - 1 : static_cast<std::size_t>(failures_++);
  fetch_after(waits[std::min(step, waits.size() - 1)]);
  log_warning("token", "why=" + log_value(refusal.text));
  if (refusal.is_final || steady_clock::now() >= good_until_)
    told_(Failure{"no access token for the relay: " + refusal.text,
                  refusal.is_final ? "A person has to sign in again and give a new refresh token." : ""});
}

void TokenKeeper::fetch_after(std::chrono::seconds wait) {
  timer_.expires_after(wait);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) fetch();
  });
}

Done replace_secret_file(const std::filesystem::path& file, const std::string& secret) {
  const std::filesystem::path beside = file.string() + ".new";
  const std::string line = secret + "\n";
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = fd >= 0 && ::fchmod(fd, 0600) == 0 &&
                       ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (written && ::rename(beside.c_str(), file.c_str()) == 0) return std::monostate{};
  return Failure{file.string() + " cannot be replaced", "let the daemon's user write in its folder"};
}

}  // namespace tertius::daemon
