#include "daemon/watchdog.hpp"

#include <utility>

namespace tertius::daemon {

std::vector<std::string_view> Progress::stalled(std::chrono::steady_clock::time_point now,
                                                const std::vector<Worker>& workers) {
  std::vector<std::string_view> out;
  for (const Worker& worker : workers) {
    const auto [known, is_new] = seen_.try_emplace(worker.name, Seen{worker.finished, now});
    Seen& seen = known->second;
    if (is_new || !worker.has_work || worker.finished != seen.finished) seen = {worker.finished, now};
    if (now - seen.since > worker.patience) out.push_back(worker.name);
  }
  return out;
}

Watchdog::Watchdog(boost::asio::io_context& io, std::chrono::microseconds interval, WatchdogHooks hooks)
    : timer_(io), interval_(interval), hooks_(std::move(hooks)) {
  look();
}

void Watchdog::look() {
  std::string stalled;
  for (const auto who : progress_.stalled(std::chrono::steady_clock::now(), hooks_.workers()))
    stalled += (stalled.empty() ? "" : " and ") + std::string(who);
  if (stalled.empty()) hooks_.feed();
  if (stalled != stalled_) stalled.empty() ? hooks_.moving() : hooks_.stalled(stalled);
  stalled_ = std::move(stalled);
  timer_.expires_after(interval_);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) look();
  });
}

}  // namespace tertius::daemon
