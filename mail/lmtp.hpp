#pragma once
// The server's side of LMTP (RFC 2033) as a pure machine: bytes in, bytes out, letters out, verdicts in. No
// letter is answered before the caller has given its verdicts, one for each recipient, after its commit; what
// was pipelined behind the letter waits until then. Only CRLF.CRLF ends a letter, so nothing a stranger
// writes can be taken for a second one. Everything is bounded: commands, recipients, letters, mistakes.
//
//   LmtpDialogue dialogue(...);           its greeting is in output()
//   loop: write output(), call wrote(n); receive(bytes) while wants_input();
//   take_letter() -> commit -> answer(verdicts); is_over(): write what is left and close.

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/dot_reader.hpp"
#include "mail/lmtp_command.hpp"

namespace tertius::mail {

struct ReceivedLetter {
  std::string sender;                   // empty is the null reverse-path "<>"
  std::vector<std::string> recipients;  // as written, each known; at least one
  std::string bytes;                    // dots unstuffed, line ends as they came
  bool checked = true;                  // by a mail server that takes out strangers' Authentication-Results
};

// What becomes of a letter for one recipient.
enum class Verdict {
  taken,    // 250: it is on disk
  busy,     // 451: come again
  failed,   // 451: our fault, come again
  unknown,  // 550 5.1.1
  refused,  // 554: never
};

struct LmtpLimits {
  std::size_t letter_bytes = 25'000'000;
  std::size_t recipients = 100;
  int mistakes = 20;  // then 421
};

struct LmtpHost {
  std::string name;                                       // ours, for the greeting
  std::function<bool(const std::string& address)> knows;  // is this a recipient here? Called within receive()
  std::function<bool()> is_busy;                          // 451 to MAIL; may be empty
};

class LmtpDialogue {
 public:
  LmtpDialogue(LmtpHost host, const LmtpLimits& limits);

  void receive(std::string_view bytes);
  bool wants_input() const { return !is_over() && !letter_ && !deciding_; }

  std::string_view output() const { return std::string_view(output_).substr(written_); }
  void wrote(std::size_t bytes);

  std::optional<ReceivedLetter> take_letter();
  // In the order of the letter's recipients. Precondition: a letter was taken and not yet answered.
  void answer(std::span<const Verdict> verdicts);

  // Says 421 and ends: shutting down, or silent for too long.
  void close(std::string_view why);
  bool is_over() const { return state_ == State::over; }

 private:
  enum class State { greeted, ready, mail, recipients, content, over };

  void advance();
  bool take_line();
  void obey(std::string_view line);
  void take_lhlo(std::string_view argument);
  void take_mail(std::string_view argument);
  void take_recipient(std::string_view argument);
  void take_data(std::string_view argument);
  void end_content();
  void reply(std::string_view text) { output_.append(text).append("\r\n"); }
  void mistake(std::string_view text);
  void reset();

  LmtpHost host_;
  LmtpLimits limits_;
  State state_ = State::greeted;
  std::string input_;
  std::string output_;
  std::size_t written_ = 0;
  ReceivedLetter draft_;
  DotReader content_;
  std::optional<ReceivedLetter> letter_;  // complete, not yet taken
  std::size_t deciding_ = 0;              // recipients of the letter taken and not yet answered
  bool skipping_line_ = false;
  int mistakes_ = 0;
};

}  // namespace tertius::mail
