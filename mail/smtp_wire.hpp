#pragma once
// One mail and what a relay offers -> the commands and content that go on the wire. Pure. Envelope addresses
// are checked once more here, whoever made them: no control character ever reaches a command line, and no
// line end but CRLF reaches the content, so no relay can be talked into seeing a second mail in it (SMTP
// smuggling).

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "broker/delivery.hpp"
#include "mail/ports.hpp"

namespace tertius::mail {

// What the relay's EHLO promised.
struct RelayOffer {
  bool pipelining = false;
  bool eight_bit_mime = false;
  bool smtputf8 = false;
  bool dsn = false;
  std::optional<std::size_t> size;  // largest mail, where it names one

  friend bool operator==(const RelayOffer&, const RelayOffer&) = default;
};

// From the lines of the EHLO reply: "250-SIZE 1000\r\n", code and line end or not.
RelayOffer parse_offer(const std::vector<std::string>& ehlo_lines);

struct WireMail {
  std::string mail;       // "MAIL FROM:<...> ...\r\n"
  std::string recipient;  // "RCPT TO:<...> ...\r\n"
  std::string content;    // dot-stuffed, with the last dot
};

// Or, for a mail this relay can never take, what becomes of it.
std::variant<WireMail, DeliveryResult> make_wire_mail(const OutgoingMail& mail, const RelayOffer& offer);

// RFC 5321 4.5.2. Lone CR and lone LF become CRLF; ends in CRLF.
std::string dot_stuffed(std::string_view bytes);

}  // namespace tertius::mail
