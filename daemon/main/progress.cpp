#include "daemon/main/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace tertius::daemon {

namespace {

constexpr std::int64_t bar_width = 30;
constexpr std::chrono::milliseconds between_drawings{100};
constexpr std::chrono::seconds between_lines{10};
constexpr auto clear_line = "\r\033[K";

// Of `whole`. What was counted before may have grown since: it is never more than all.
std::int64_t share(std::int64_t done, std::int64_t total, std::int64_t whole) {
  return total <= 0 ? whole : std::clamp<std::int64_t>(done, 0, total) * whole / total;
}

}  // namespace

ProgressBar::ProgressBar()
    : on_terminal_(isatty(STDERR_FILENO) == 1), start_(std::chrono::steady_clock::now()), drawn_at_(start_) {}

void ProgressBar::show(std::int64_t done, std::int64_t total, const std::string& what, bool is_part_done) {
  if (on_terminal_) return draw(done, total, what);
  const auto now = std::chrono::steady_clock::now();
  if (!is_part_done && now - drawn_at_ < between_lines) return;
  drawn_at_ = now;
  std::cerr << what << (is_part_done ? " is done, " : ", ") << share(done, total, 100) << " % of all\n";
}

void ProgressBar::draw(std::int64_t done, std::int64_t total, const std::string& what) {
  const auto now = std::chrono::steady_clock::now();
  if (drawn_ && now - drawn_at_ < between_drawings) return;
  drawn_ = true;
  drawn_at_ = now;
  const auto full = static_cast<std::size_t>(share(done, total, bar_width));
  std::cerr << clear_line << '[' << std::string(full, '#') << std::string(bar_width - full, '.') << "] "
            << share(done, total, 100) << " %  " << what << std::flush;
}

void ProgressBar::end() {
  if (drawn_) std::cerr << clear_line << std::flush;
  drawn_ = false;
}

double ProgressBar::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

}  // namespace tertius::daemon
