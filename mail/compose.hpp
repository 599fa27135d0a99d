#pragma once
// Fields of a mail -> its bytes: RFC 5322, multipart/alternative (text first), UTF-8 in quoted-printable,
// CRLF, lines of at most 76 characters, 7-bit clean. Header values may come from strangers: CR, LF and NUL
// never reach the wire.

#include <optional>
#include <string>
#include <vector>

#include "broker/letter.hpp"
#include "broker/notice.hpp"
#include "broker/time.hpp"

namespace tertius::mail {

struct Composition {
  Mailbox from;  // the broker's one mailbox: "Alice Chen via Rowan Alumni"
  std::vector<Mailbox> to;
  std::vector<Mailbox> cc;        // the introduction: C, and R for T
  std::vector<Mailbox> reply_to;  // the token address; both people in the introduction, where we leave
  std::string subject;
  std::string message_id;  // without angle brackets
  std::vector<std::string> references;
  Time date{};
  std::string text;  // LF line ends
  std::string html;  // may be empty: then text/plain alone
  AutoSubmitted auto_submitted = AutoSubmitted::none;
  bool suppress_auto_replies = false;
  std::string unsubscribe_url;   // https; empty: no List-Unsubscribe
  std::string unsubscribe_mail;  // addr-spec for the mailto form; may be empty
  std::string loop_domain;       // X-Tertius-Loop: this broker
  std::string language;          // Content-Language
};

std::string compose(const Composition& mail);

}  // namespace tertius::mail
