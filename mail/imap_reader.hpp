#pragma once
// Bytes from an IMAP server -> whole responses (RFC 3501 7), their literals taken out, however the network
// cuts them. A stranger may write them: lines are bounded, literals that are longer than we keep are passed
// over, all that are kept of one response are together no longer than the longest and a line, and what goes
// beyond that makes the reader broken for good.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertius::mail {

struct ImapLiteral {
  std::string bytes;
  bool is_cut = false;  // longer than we keep: there are no bytes
};

struct ImapResponse {
  std::string line;  // without its end; of a literal its length stands there: "* 1 FETCH (BODY[] {1234})"
  std::vector<ImapLiteral> literals;  // in their order
};

struct ImapLimits {
  std::size_t line = 1'000'000;  // without the literals; a SEARCH that finds 65,536 letters has 720,000
  std::size_t literal = 25'000'000;
  std::size_t literals = 100;  // in one response
};

class ImapReader {
 public:
  explicit ImapReader(const ImapLimits& limits) : limits_(limits) {}

  void add(std::string_view bytes);
  // The next whole response; empty while it is incomplete and once the reader is broken.
  std::optional<ImapResponse> take();
  bool is_broken() const { return broken_; }

 private:
  bool fill_literal();
  bool take_line(std::size_t end);
  void begin_literal(std::uint64_t length);

  ImapLimits limits_;
  std::string pending_;
  std::size_t at_ = 0, looked_ = 0;  // in pending_: what is not read yet, and where no line ends before
  std::uint64_t left_ = 0;           // of the last literal
  ImapResponse response_;
  bool broken_ = false;
};

}  // namespace tertius::mail
