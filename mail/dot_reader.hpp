#pragma once
// The content after DATA (RFC 5321 4.5.2), however the network cuts it: removes the stuffed dots, ends at
// CRLF.CRLF and at nothing else. Lone CR and lone LF are content. Over the limit it reads on and keeps
// nothing.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace tertius::mail {

class DotReader {
 public:
  void start(std::size_t limit);
  // How many of the bytes belong to the content; fewer than all only when is_complete().
  std::size_t add(std::string_view bytes);
  bool is_complete() const { return state_ == State::complete; }
  bool is_too_large() const { return size_ > limit_; }
  std::size_t size() const { return size_; }  // also of what was not kept
  std::string take() { return std::move(content_); }

 private:
  enum class State { line_start, in_line, cr, dot, dot_cr, complete };
  void keep(std::string_view bytes);
  void step(char c);

  State state_ = State::complete;
  std::size_t limit_ = 0;
  std::size_t size_ = 0;
  std::string content_;
};

}  // namespace tertius::mail
