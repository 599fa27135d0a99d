#include "daemon/webhook_loop.hpp"

#include <boost/asio/io_context.hpp>
#include <utility>

#include "broker/webhook_signature.hpp"
#include "daemon/log.hpp"
#include "daemon/loops.hpp"
#include "web/api_json.hpp"

namespace tertius::daemon {

namespace {

constexpr int at_once = 50;
constexpr std::chrono::seconds lease{60};  // a post ends after fifteen

// https://www.standardwebhooks.com: the id stays over retries, so that what came twice is known.
mail::HttpPost signed_post(const storage::ClaimedDelivery& claimed, Time now) {
  const auto& [hook, delivery] = claimed;
  const std::string id = "msg_" + web::id_text(delivery.id);
  const auto signature = webhook_signature(hook.secret, id, now, delivery.body);
  return {.url = hook.url,
          .headers = {"Content-Type: application/json", "webhook-id: " + id,
                      "webhook-timestamp: " + std::to_string(unix_seconds(now)),
                      "webhook-signature: " + signature.value_or("")},
          .body = delivery.body};
}

}  // namespace

WebhookLoop::WebhookLoop(boost::asio::io_context& io, DatabaseThread& database, Clock clock,
                         mail::HttpPosterSettings settings)
    : database_(database), clock_(std::move(clock)), timer_(io) {
  CurlWatch::Hooks hooks;
  hooks.ready = [this](int fd, bool readable, bool writable) { poster_->ready(fd, readable, writable); };
  hooks.timer = [this] { poster_->timer(); };
  watch_ = std::make_shared<CurlWatch>(io, std::move(hooks));
  poster_ = std::make_unique<mail::HttpPoster>(std::move(settings), watch_->loop());
}

WebhookLoop::~WebhookLoop() { close(); }

void WebhookLoop::poke() {
  poked_ = true;
  claim_more();
}

void WebhookLoop::stop() {
  stopped_ = true;
  timer_.cancel();
}

void WebhookLoop::close() {
  stop();
  watch_->close();
  poster_.reset();
  on_their_way_ = 0;
}

void WebhookLoop::claim_more() {
  const int limit = at_once - on_their_way_;
  if (stopped_ || claiming_ || limit <= 0) return;
  claiming_ = true;
  poked_ = false;
  using Claimed = std::vector<storage::ClaimedDelivery>;
  database_.run<Claimed>(
      [limit](Engine& engine) { return storage::claim_deliveries(engine.db, engine.now(), lease, limit); },
      [this](auto answer) {
        claiming_ = false;
        if (const auto* error = std::get_if<std::exception_ptr>(&answer)) {
          log_failure("claiming webhooks", *error);
          return sleep();
        }
        send_all(std::move(std::get<Claimed>(answer)));
      });
}

void WebhookLoop::send_all(std::vector<storage::ClaimedDelivery> claimed) {
  if (stopped_) return;  // told again when the lease has run out
  for (auto& one : claimed) send(std::move(one));
  poked_ ? claim_more() : sleep();
}

void WebhookLoop::send(storage::ClaimedDelivery claimed) {
  ++on_their_way_;
  auto post = signed_post(claimed, clock_());
  claimed.delivery.body = {};
  poster_->post(std::move(post), [this, claimed = std::move(claimed)](mail::HttpReply reply) {
    settle(claimed, std::move(reply));
  });
}

void WebhookLoop::settle(storage::ClaimedDelivery claimed, mail::HttpReply reply) {
  database_.run<std::monostate>(
      [claimed = std::move(claimed), reply = std::move(reply)](Engine& engine) {
        settle_webhook(engine, claimed, reply);
        return std::monostate{};
      },
      [this](auto answer) {
        if (const auto* error = std::get_if<std::exception_ptr>(&answer))
          log_failure("settling a webhook", *error);  // its lease runs out
        settled();
      });
}

void WebhookLoop::settled() {
  if (on_their_way_ == 0) return;  // closed meanwhile
  --on_their_way_;
  ++finished_;
  claim_more();
  if (is_idle()) on_idle();
}

void WebhookLoop::sleep() {
  if (stopped_) return;
  timer_.expires_after(longest_sleep);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) claim_more();
  });
}

}  // namespace tertius::daemon
