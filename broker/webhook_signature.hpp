#pragma once
// How a delivery to a webhook is signed, by the Standard Webhooks specification: "v1," and the HMAC-SHA256 of
// "id.timestamp.body" in base64, under the key that the secret "whsec_<base64>" holds. Pure.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "broker/time.hpp"

namespace tertius {

std::string webhook_secret(std::span<const unsigned char> key);

// Empty where the secret is none.
std::optional<std::string> webhook_signature(std::string_view secret, std::string_view id, Time at,
                                             std::string_view body);

}  // namespace tertius
