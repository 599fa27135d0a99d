#pragma once
// What systemd is told (sd_notify(3)). Without a NOTIFY_SOCKET nothing is told, and nothing goes wrong. Any
// thread. `status` is one line, as `systemctl status` shows it.

#include <chrono>
#include <optional>
#include <string_view>

namespace tertius::daemon {

void notify_ready(std::string_view status);
void notify_reloading();  // until the next notify_ready()
void notify_stopping(std::string_view status);
void notify_status(std::string_view status);

// How often systemd wants to hear that we live; nothing where it does not.
std::optional<std::chrono::microseconds> watchdog_interval();
void feed_watchdog();

}  // namespace tertius::daemon
