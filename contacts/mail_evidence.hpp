#pragma once
// The file that `tertius mine-mail` leaves and `import` takes: a line for each contact with how often and how
// lately the two wrote. CSV, so that its owner can read it and strike lines out before it goes anywhere.
// Pure.

#include <span>
#include <string>
#include <string_view>

#include "broker/contact.hpp"
#include "broker/result.hpp"
#include "contacts/interactions.hpp"

namespace tertius::contacts {

// 1 - exp(-I/k): a letter each way this month is 0.22, seven are 0.83.
inline constexpr double interactions_of_a_tie = 12;  // k

std::string write_mail_evidence(std::span<const Interaction> interactions);

bool is_mail_evidence(std::string_view text);
Result<ContactFile> read_mail_evidence(std::string_view text);

}  // namespace tertius::contacts
