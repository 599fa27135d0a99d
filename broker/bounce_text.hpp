#pragma once
// What a bounce says that has no delivery report: qmail, Notes, old sendmail and Exchange, and the servers
// that write a letter. Pure; linear in the first eight thousand octets, where every known one has its reason.

#include <string_view>
#include <vector>

#include "broker/letter.hpp"

namespace tertius {

// The addresses named before the returned mail, each with the status of the text: a word that it is still
// tried ("4.0.0"), else the first enhanced one (RFC 3463), else the class of an SMTP reply ("550" is
// "5.0.0"), else what the words say. One without address where a status stands alone; empty where nothing is
// said. `addressee` (whom the bounce was sent to) is never among them.
std::vector<FailedRecipient> read_bounce_text(std::string_view text, std::string_view addressee);

}  // namespace tertius
