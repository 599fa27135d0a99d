#pragma once
// Bytes from an SMTP server -> whole replies (RFC 5321 4.2), however the network cuts them. A stranger may
// write them: lines and replies are bounded, control characters in texts become spaces, and the first line
// that is no reply makes the reader broken for good.

#include <optional>
#include <string>
#include <string_view>

namespace tertius::mail {

struct SmtpReply {
  int code = 0;
  std::string enhanced;  // "5.1.1" or empty
  std::string text;      // of all lines, without codes, in one line
};

class ReplyReader {
 public:
  void add(std::string_view bytes) { pending_ += bytes; }
  // The next whole reply; empty while it is incomplete and once the reader is broken.
  std::optional<SmtpReply> take();
  bool is_broken() const { return broken_; }

 private:
  bool add_line(std::string_view line);

  std::string pending_;
  SmtpReply reply_;
  std::size_t lines_ = 0;
  bool broken_ = false;
};

}  // namespace tertius::mail
