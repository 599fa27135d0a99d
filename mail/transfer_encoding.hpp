#pragma once
// Content-Transfer-Encoding (RFC 2045 6): tolerant decoders that take what mail really holds and never fail.
// What is not of the alphabet is skipped (base64) or kept as it stands (quoted-printable). Linear time, at
// most the input's size of output.

#include <cstddef>
#include <string>
#include <string_view>

namespace tertius::mail {

std::string decode_base64(std::string_view text);
std::string decode_quoted_printable(std::string_view text);

// Whether decode_transfer would change anything.
bool is_encoded(std::string_view encoding);

// By the field's value: "base64", "Quoted-Printable ". Anything else, 7bit, 8bit and binary too, is as it
// stands.
std::string decode_transfer(std::string_view body, std::string_view encoding);
// decode_transfer(...).size() without the memory of it; attachments are counted, never unpacked.
std::size_t decoded_size(std::string_view body, std::string_view encoding);

}  // namespace tertius::mail
