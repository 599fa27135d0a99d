#pragma once
// A letter: one received mail, as mail::read_letter gives it and broker::recognise takes it. All text is
// UTF-8.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertius {

struct Mailbox {
  std::string name;     // display name, decoded; may be empty
  std::string address;  // addr-spec as written, domain in lower case

  friend bool operator==(const Mailbox&, const Mailbox&) = default;
};

struct HeaderField {
  std::string name;   // as written
  std::string value;  // unfolded, not decoded
};

struct Attachment {
  std::string name;
  std::string type;      // "application/pdf"
  std::size_t size = 0;  // decoded octets
};

// What SMTP or LMTP said around the letter; empty for a letter from a file.
struct Envelope {
  std::string sender;  // empty is the null reverse-path "<>" where `known`
  std::vector<std::string> recipients;
  bool known = false;
};

// One recipient of a delivery status notification (RFC 3464 2.3).
struct FailedRecipient {
  std::string address;  // Original-Recipient if given, else Final-Recipient
  std::string action;   // failed, delayed, delivered, relayed, expanded
  std::string status;   // "5.1.1"
  std::string diagnostic;
};

struct Letter {
  Envelope envelope;
  std::vector<HeaderField> headers;     // all of them, in order
  std::string message_id;               // without angle brackets
  std::vector<std::string> references;  // References, then In-Reply-To, without angle brackets
  std::string subject;                  // decoded
  std::vector<Mailbox> from, to, cc, reply_to;
  std::string content_type;     // of the whole letter, lower case: "multipart/report"
  std::string report_type;      // of multipart/report: "delivery-status"
  std::string text;             // the plain text; made from the HTML where there is no text part
  std::string html;             // empty where there is no HTML part
  std::string reply_html_text;  // html as plain text, without the nodes in which mail clients quote
  std::vector<Attachment> attachments;
  std::vector<FailedRecipient> failed_recipients;  // from message/delivery-status
  std::string returned_message_id;                 // of the mail a bounce returns, if it says so
  std::size_t parts = 0;
  std::string unreadable;  // not empty: over a limit or hopeless, and why; nothing is decided from it
};

// The first value of a header, case-insensitively; empty if absent.
std::string_view find_header(const Letter& letter, std::string_view name);

}  // namespace tertius
