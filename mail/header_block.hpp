#pragma once
// A block of header fields -> its fields, unfolded (RFC 5322 2.2). For blocks that stand alone: the fields of
// a delivery report, a returned header, and Content-Type, whose raw value mimetic does not keep. Stops at the
// first empty line; lines without a name are skipped. Linear time.

#include <string_view>
#include <vector>

#include "broker/letter.hpp"

namespace tertius::mail {

std::vector<HeaderField> read_header_block(std::string_view block);

// Up to and with the empty line that ends the block; all of the text where there is none.
std::size_t header_block_length(std::string_view text);

// The first value, case-insensitively; empty if absent.
std::string_view find_field(const std::vector<HeaderField>& fields, std::string_view name);

}  // namespace tertius::mail
