#include "mail/dot_reader.hpp"

#include <algorithm>

namespace tertius::mail {

void DotReader::start(std::size_t limit) {
  state_ = State::line_start;
  limit_ = limit;
  size_ = 0;
  content_.clear();
}

void DotReader::keep(std::string_view bytes) {
  size_ += bytes.size();
  if (!is_too_large())
    content_.append(bytes);
  else
    std::string().swap(content_);
}

std::size_t DotReader::add(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && state_ != State::complete) {
    if (state_ == State::in_line) {
      const auto run = std::min(bytes.find('\r', used), bytes.size()) - used;
      keep(bytes.substr(used, run));
      used += run;
      if (used == bytes.size()) break;
    }
    step(bytes[used++]);
  }
  return used;
}

void DotReader::step(char c) {
  switch (state_) {
    case State::line_start:
      if (c == '.') {
        state_ = State::dot;
        return;
      }
      [[fallthrough]];
    case State::in_line:
      keep({&c, 1});
      state_ = c == '\r' ? State::cr : State::in_line;
      return;
    case State::cr:
      keep({&c, 1});
      state_ = c == '\n' ? State::line_start : c == '\r' ? State::cr : State::in_line;
      return;
    case State::dot:
      if (c == '\r') {
        state_ = State::dot_cr;
        return;
      }
      keep({&c, 1});  // the dot before it was stuffed
      state_ = State::in_line;
      return;
    case State::dot_cr:
      if (c == '\n') {
        state_ = State::complete;
        return;
      }
      keep("\r");
      keep({&c, 1});
      state_ = c == '\r' ? State::cr : State::in_line;
      return;
    case State::complete: return;
  }
}

}  // namespace tertius::mail
