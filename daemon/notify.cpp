#include "daemon/notify.hpp"

#include <systemd/sd-daemon.h>

#include <ctime>
#include <string>

namespace tertius::daemon {

namespace {

void tell(const std::string& state) { sd_notify(0, state.c_str()); }

std::string status_line(std::string_view status) {
  std::string out = "\nSTATUS=";
  for (const char c : status) out += c == '\n' ? ' ' : c;
  return out;
}

}  // namespace

void notify_ready(std::string_view status) { tell("READY=1" + status_line(status)); }

// Type=notify-reload compares the stamp with that of its signal, to know which reload this is.
void notify_reloading() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const auto microseconds = static_cast<long long>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000;
  tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds) +
       status_line("Reading the configuration again"));
}

void notify_stopping(std::string_view status) { tell("STOPPING=1" + status_line(status)); }
void notify_status(std::string_view status) { tell(status_line(status).substr(1)); }

std::optional<std::chrono::microseconds> watchdog_interval() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::microseconds{static_cast<std::int64_t>(microseconds)};
}

void feed_watchdog() { tell("WATCHDOG=1"); }

}  // namespace tertius::daemon
