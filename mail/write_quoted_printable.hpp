#pragma once
// Text -> quoted-printable (RFC 2045 6.7): LF, CR and CRLF all become CRLF, lines of at most 76, 7-bit. No
// output line starts with a dot or with "From ", and "=_" never occurs in it, which is what makes MIME
// boundaries safe. NUL is dropped.

#include <string>
#include <string_view>

namespace tertius::mail {

// Appends to `out`; what is appended ends in CRLF unless `text` is empty.
void write_quoted_printable(std::string& out, std::string_view text);

}  // namespace tertius::mail
