#pragma once
// How far something long has come, on standard error: a bar that is drawn over itself on a terminal, and
// elsewhere, where each drawing would be a line, a line for each part that is done and one every ten seconds.

#include <chrono>
#include <cstdint>
#include <string>

namespace tertius::daemon {

class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar() { end(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::int64_t done, std::int64_t total, const std::string& what, bool is_part_done);
  void end();  // leaves the terminal's line empty
  double seconds() const;

 private:
  void draw(std::int64_t done, std::int64_t total, const std::string& what);

  bool on_terminal_, drawn_ = false;
  std::chrono::steady_clock::time_point start_, drawn_at_;
};

}  // namespace tertius::daemon
