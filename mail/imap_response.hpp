#pragma once
// What a response of an IMAP server says (RFC 3501 7), as far as a client that reads letters asks. Pure; what
// is not what it looks for comes back empty.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap_reader.hpp"

namespace tertius::mail {

enum class ImapCondition { ok, no, bad, preauth, bye };

struct ImapStatus {
  ImapCondition condition{};
  std::string code;  // "UIDNEXT 12", without its brackets; or empty
  std::string text;  // in one line, of bounded length, without control characters
};

// Of what follows "* " or the tag.
std::optional<ImapStatus> find_status(std::string_view text);
// "UIDNEXT" in "UIDNEXT 12" -> 12; 1 up to 2^32 - 1.
std::optional<std::uint32_t> code_number(const ImapStatus& status, std::string_view name);
bool has_code(const ImapStatus& status, std::string_view name);  // "TRYCREATE"

// "* 12 EXISTS" and its like.
struct ImapCount {
  std::uint32_t number = 0;
  std::string_view what;
};
std::optional<ImapCount> find_count(std::string_view line);

struct ImapFetch {
  std::optional<std::uint32_t> uid;
  std::optional<std::uint64_t> size;  // RFC822.SIZE
  std::optional<ImapLiteral> body;    // BODY[]; none where it is NIL
};
// "* 12 FETCH (...)"; takes the literals.
std::optional<ImapFetch> read_fetch(ImapResponse response);

// "* SEARCH 2 84 882"
std::optional<std::vector<std::uint32_t>> read_search(std::string_view line);

// "* CAPABILITY IMAP4rev1 IDLE": the words behind it, in capitals.
std::optional<std::vector<std::string>> read_capability(std::string_view line);

}  // namespace tertius::mail
