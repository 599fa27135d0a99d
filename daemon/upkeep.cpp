#include "daemon/upkeep.hpp"

#include <boost/asio/io_context.hpp>

#include "daemon/alerts.hpp"
#include "daemon/heartbeat.hpp"
#include "daemon/log.hpp"
#include "storage/sending_stop.hpp"
#include "storage/statistics.hpp"

namespace tertius::daemon {

namespace {

constexpr std::chrono::minutes between_looks{1};
constexpr std::chrono::hours too_long{1};

void look_at_outbox(Engine& engine) {
  const auto backlog = storage::count_backlog(engine.db, engine.now());
  if (!backlog.oldest || engine.now() < *backlog.oldest + too_long) return;
  if (storage::find_sending_stop(engine.db)) return;  // the operator's wish, or told already
  std::int64_t due = 0;
  for (const std::int64_t one : backlog.due) due += one;
  post_alert(engine, wording("Mail has waited for more than an hour"),
             {wording("{} mails are due, the oldest since {}.", std::to_string(due),
                      moment_wording(*backlog.oldest)),
              wording("The log says what the relay answers: {}", "journalctl -u tertius")});
}

void look_at_disk(Engine& engine, const UpkeepSettings& settings) {
  const auto free = settings.folder.empty() ? std::nullopt : free_bytes(settings.folder);
  if (!free || *free >= settings.least_free) return;
  post_alert(
      engine, wording("The disk is nearly full"),
      {wording("{} MB are left where the database is: {}", std::to_string(*free / 1'000'000),
               settings.folder.string()),
       wording("When nothing is left, letters are kept by the mail server before us, and come later.")});
}

}  // namespace

std::optional<std::uintmax_t> free_bytes(const std::filesystem::path& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  if (error) return std::nullopt;
  return space.available;
}

void look_after(Engine& engine, const UpkeepSettings& settings) {
  look_at_outbox(engine);
  look_at_disk(engine, settings);
}

UpkeepLoop::UpkeepLoop(boost::asio::io_context& io, DatabaseThread& database, UpkeepSettings settings)
    : database_(database), settings_(std::move(settings)), timer_(io) {}

void UpkeepLoop::start() {
  if (stopped_) return;
  database_.run<std::monostate>(
      [settings = settings_](Engine& engine) {
        if (has_turn(engine, clock_lease)) look_after(engine, settings);
        return std::monostate{};
      },
      [this](auto answer) {
        if (const auto* error = std::get_if<std::exception_ptr>(&answer))
          log_failure("looking after it all", *error);
        timer_.expires_after(between_looks);
        timer_.async_wait([this](boost::system::error_code cancelled) {
          if (!cancelled) start();
        });
      });
}

void UpkeepLoop::stop() {
  stopped_ = true;
  timer_.cancel();
}

}  // namespace tertius::daemon
