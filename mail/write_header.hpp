#pragma once
// Header fields as they go on the wire: folded at 76, 7-bit (RFC 2047 encoded words of at most 75 bytes,
// split between code points), ending in CRLF. Values come from strangers, so no value can end its own line:
// in text, control characters (C0, DEL, C1, U+2028, U+2029) become spaces, runs of white space one space and
// none at either end; what turns the reading direction (U+202A-202E, U+2066-2069) and U+FEFF are dropped;
// each byte that is no UTF-8 becomes U+FFFD. An address or token with any of these is left out. Nothing here
// fails.

#include <span>
#include <string>
#include <string_view>

#include "broker/letter.hpp"

namespace tertius::mail {

// Free text, such as a subject.
void write_text_field(std::string& out, std::string_view name, std::string_view value);

// From, To, Cc, Reply-To. Mailboxes whose address does not parse are left out; the number written comes back,
// and where it is zero nothing is written at all.
std::size_t write_mailbox_field(std::string& out, std::string_view name, std::span<const Mailbox> mailboxes);

// Message ids and URLs, each in angle brackets; nothing where none is left. `separator` is "" or ",".
void write_bracketed_field(std::string& out, std::string_view name, std::span<const std::string> tokens,
                           std::string_view separator);

}  // namespace tertius::mail
