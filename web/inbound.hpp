#pragma once
// POST /inbound: letters that a mail provider has received and hands on: raw (message/rfc822, with ?to= and
// ?from=), or in the forms in which Mailgun ("body-mime", "recipient", "sender") and SendGrid ("email",
// "envelope") post the whole letter. The token's owner is believed about the envelope, as a mail server is.
//
// Providers read the status alone. Mailgun tries again for eight hours but after 200 and 406; SendGrid for
// three days after 5xx, and throws away what any 4xx refuses, telling nobody. So a letter that is not there,
// most likely because the provider was told to post something else, is 503: it comes again once that is
// mended.

#include <functional>
#include <optional>
#include <span>
#include <variant>

#include "mail/lmtp.hpp"
#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::web {

// A letter of the longest kind, escaped for a form, with the form's other fields.
inline constexpr std::uint64_t most_inbound_bytes = 32'000'000;

bool is_inbound_path(std::string_view path);  // "/inbound"; Mailgun posts raw letters to what ends in "mime"
bool is_inbound(const HttpRequest& request);  // ... and a POST

// Without a token that may; by the header alone.
std::optional<HttpResponse> refuse_inbound(const HttpRequest& request, Desk& desk);

using KnowsRecipient = std::function<bool(const std::string&)>;
// The letter for those of its recipients that are known, or why it is not taken. Pure.
std::variant<mail::ReceivedLetter, HttpResponse> read_inbound(HttpRequest request, const Links& links,
                                                              const KnowsRecipient& knows);
HttpResponse inbound_answer(const Links& links, std::span<const mail::Verdict> verdicts);

}  // namespace tertius::web
