#pragma once
// What a delivery status notification says (RFC 3464): whose mail failed, how, and which mail it was. Reads
// what bouncing servers really write: encoded reports, missing blank lines, addresses in angles. Never fails.

#include <string>
#include <string_view>
#include <vector>

#include "broker/letter.hpp"

namespace tertius::mail {

// `report` is the decoded body of message/delivery-status.
std::vector<FailedRecipient> read_delivery_status(std::string_view report);

// Exim's header X-Failed-Recipients, for its bounces hold no report: each address as failed.
std::vector<FailedRecipient> read_failed_recipients(std::string_view field);

// xtext (RFC 3461 4): "joe+2Bx@example.org" -> "joe+x@example.org". A "+" that begins no code of
// "+", "=" or "@" stays.
std::string decode_xtext(std::string_view text);

}  // namespace tertius::mail
